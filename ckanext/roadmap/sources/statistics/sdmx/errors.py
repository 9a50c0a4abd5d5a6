"""What an SDMX service or message may be that is no table."""

from __future__ import annotations

from ckanext.roadmap.sources.errors import SourceError

NARROW = (
    "Ask for less: name codes in read.select, or a period in read.parameters (startPeriod); "
    "or let read.format be csv."
)
WORDS = {
    "sdmx_nothing": (
        "The service has no such dataflow, or no data for these codes and periods.",
        "Check the mapping's table (AGENCY,FLOW,VERSION), read.select and read.parameters.",
    ),
    "sdmx_too_large": ("The service does not give so much at once.", NARROW),
    "sdmx_cut": ("The message says that it is not whole (code {told}).", NARROW),
    "sdmx_query": (
        "The service refused the question (status {status}).",
        "Check the mapping's table, read.select and read.parameters.",
    ),
    "sdmx_form": (
        "The service gives the data in no form that is asked for (status {status}).",
        "Let read.format be generic or csv.",
    ),
    "sdmx_version": (
        "The message is not by SDMX 2.1 but by {version}.",
        "Ask the keeper of the source for SDMX-ML 2.1 or SDMX-CSV.",
    ),
    "sdmx_error": (
        "In the place of data came an error message of the service (code {told}).",
        "Check the mapping's table, read.select and read.parameters.",
    ),
    "sdmx_no_data": (
        "The message {name} is of another kind than expected: {found}.",
        "Name the file with the data as the table, the one with the structures in read.structure.",
    ),
    "sdmx_delete": ("The message deletes observations and is no table.", "Give the whole data set."),
    "sdmx_structure": (
        "The structures of the data cannot be read ({detail}).",
        "Name a file or query in read.structure that gives the data structure with its code lists.",
    ),
    "sdmx_structure_many": (
        "Which structure the data have cannot be told; the message has {found}.",
        "Name a file or query in read.structure that gives one data structure.",
    ),
    "sdmx_structure_large": (
        "The structures of the data are larger than {most} bytes.",
        "Let read.structure give less: datastructure/AGENCY/ID/VERSION?references=children.",
    ),
    "sdmx_missing": (
        "SDMX structures cannot be read: the library sdmx1 is not installed.",
        "Install it, or leave out read.select and the columns of words.",
    ),
}  # fmt: skip


class SdmxError(SourceError):
    """Something else than a table."""

    def __init__(self, code: str, **params: object) -> None:
        message, remedy = WORDS[code]
        super().__init__(code, message.format(**params), remedy, **params)
