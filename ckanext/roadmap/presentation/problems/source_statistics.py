"""Cubes, series and SDMX of statistics offices: why one was not read."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

_NARROW = _(
    "Ask for less: name codes in read.select, or a period in read.parameters (startPeriod); "
    "or let read.format be csv."
)
_QUESTION = _("Check the mapping's table, read.select and read.parameters.")

SOURCE_STATISTICS: dict[str, Problem] = {
    "cube_select": Problem(
        _("The cube has no {variable} {value}."), _("Correct read.select in the mapping.")
    ),
    "cube_unlisted": Problem(
        _("The server does not list the values of {variable}: there are too many."),
        _("Name those that are wanted in read.select."),
    ),
    "cube_language": Problem(
        _("The cube is not to be had in the language {language} as in the connection's own."),
        _(
            "The connection's address must end in a language (/api/v1/uz/), and the cube must have the same "
            "variables and values in both; else leave it out of read.languages."
        ),
    ),
    "sdmx_nothing": Problem(
        _("The service has no such dataflow, or no data for these codes and periods."),
        _("Check the mapping's table (AGENCY,FLOW,VERSION), read.select and read.parameters."),
    ),
    "sdmx_too_large": Problem(_("The service does not give so much at once."), _NARROW),
    "sdmx_cut": Problem(_("The message says that it is not whole (code {told})."), _NARROW),
    "sdmx_query": Problem(_("The service refused the question (status {status})."), _QUESTION),
    "sdmx_form": Problem(
        _("The service gives the data in no form that is asked for (status {status})."),
        _("Let read.format be generic or csv."),
    ),
    "sdmx_version": Problem(
        _("The message is not by SDMX 2.1 but by {version}."),
        _("Ask the keeper of the source for SDMX-ML 2.1 or SDMX-CSV."),
    ),
    "sdmx_error": Problem(
        _("In the place of data came an error message of the service (code {told})."), _QUESTION
    ),
    "sdmx_no_data": Problem(
        _("The message {name} is of another kind than expected: {found}."),
        _("Name the file with the data as the table, the one with the structures in read.structure."),
    ),
    "sdmx_delete": Problem(
        _("The message deletes observations and is no table."), _("Give the whole data set.")
    ),
    "sdmx_structure": Problem(
        _("The structures of the data cannot be read ({detail})."),
        _("Name a file or query in read.structure that gives the data structure with its code lists."),
    ),
    "sdmx_structure_many": Problem(
        _("Which structure the data have cannot be told; the message has {found}."),
        _("Name a file or query in read.structure that gives one data structure."),
    ),
    "sdmx_structure_large": Problem(
        _("The structures of the data are larger than {most} bytes."),
        _("Let read.structure give less: datastructure/AGENCY/ID/VERSION?references=children."),
    ),
    "sdmx_missing": Problem(
        _("SDMX structures cannot be read: the library sdmx1 is not installed."),
        _("Install it, or leave out read.select and the columns of words."),
    ),
}
