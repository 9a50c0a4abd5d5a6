"""An SDMX 2.1 REST service: the structure of a dataflow, then its data, in parts where all is too much."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from ckanext.roadmap.sources import api
from ckanext.roadmap.sources.api.paging import with_parameters
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import Question
from ckanext.roadmap.sources.look import Answer, Clock
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.statistics.base import Ask, dialect
from ckanext.roadmap.sources.statistics.glances import check
from ckanext.roadmap.sources.tabular.normal import Record

from .errors import SdmxError
from .parts import parts
from .reading import observations
from .records import records
from .structure import Structure, selected, wants_words
from .structures import read_structure

SPECIFIC = "application/vnd.sdmx.structurespecificdata+xml;version=2.1"
GENERIC = "application/vnd.sdmx.genericdata+xml;version=2.1"
CSV = "application/vnd.sdmx.data+csv;version=1.0.0"
STRUCTURES = "application/vnd.sdmx.structure+xml;version=2.1"
FORMS: dict[str, tuple[str, ...]] = {
    "": (f"{SPECIFIC}, {GENERIC};q=0.8", GENERIC, "application/xml"),
    "generic": (GENERIC,),
    "csv": (CSV, "application/vnd.sdmx.data+csv", "text/csv"),
}
NOT_THAT = (406, 415)
TOLD = {404: "sdmx_nothing", 413: "sdmx_too_large"}
REFUSED = (400, 403, 414, 501)


@dataclass(frozen=True, slots=True)
class Flow:
    """A dataflow as a mapping names it: ID, or AGENCY,ID,VERSION."""

    agency: str
    id: str
    version: str

    @classmethod
    def parse(cls, text: str) -> Flow:
        """Two parts are agency and id."""
        told = [part.strip() for part in text.strip("/").split(",")]
        agency, name, version = ["all", *told, "latest"] if len(told) == 1 else [*told, "latest"][:3]
        return cls(agency, name, version)

    @property
    def itself(self) -> str:
        """The question for the dataflow alone."""
        return f"dataflow/{self.agency}/{self.id}/{self.version}"

    @property
    def structure(self) -> str:
        """The question for the structure with all that it refers to."""
        return f"{self.itself}?references=descendants"

    @property
    def data(self) -> str:
        """The dataflow in a question for data."""
        return self.id if self.agency == "all" else f"{self.agency},{self.id},{self.version}"


@check("sdmx")
def check_service(way: Way, path: str, clock: Clock) -> Answer:
    """Whether the service has the dataflow."""
    return api.check(way, Flow.parse(path).itself if path else "", clock)


@dialect("sdmx")
def read_service(ask: Ask) -> Iterator[Record]:
    """A record an observation.

    :raises SourceError: the service does not give the data whole
    """
    flow, select = Flow.parse(ask.path), selected(ask.select)
    structure = _structure(ask, flow, bool(select) or wants_words(ask.wanted))
    key = structure.key(select)
    found = _asked(ask, flow, key, structure)
    try:
        first = next(found, None)
    except SourceError as error:
        if error.code != "sdmx_too_large":
            raise
        found, first = _in_parts(ask, flow, structure, select), None
    whole = found if first is None else chain([first], found)
    return records(whole, structure, ask.wanted)


def _in_parts(
    ask: Ask, flow: Flow, structure: Structure, select: Mapping[str, list[str]]
) -> Iterator[dict[str, str]]:
    """The same in parts; a part of which the service has nothing is none."""
    structure = structure if structure.dimensions else _structure(ask, flow, True)
    pieces = parts(structure, select)
    if len(pieces) < 2:
        raise SdmxError("sdmx_too_large")
    for piece in pieces:
        try:
            yield from _asked(ask, flow, structure.key(piece), structure)
        except SourceError as error:
            if error.code == "sdmx_too_large":
                yield from _in_parts(ask, flow, structure, piece)
            elif error.code != "sdmx_nothing":
                raise


def _asked(ask: Ask, flow: Flow, key: str, structure: Structure) -> Iterator[dict[str, str]]:
    url = with_parameters(ask.at(f"data/{flow.data}/{key}"), ask.read.get("parameters") or {})
    forms = FORMS.get(str(ask.read.get("format") or ""), FORMS[""])
    with tempfile.TemporaryFile(prefix="roadmap-sdmx-") as file:
        for place, form in enumerate(forms):
            try:
                ask.client.bring(url, file, Question(headers={"Accept": form}))
                break
            except SourceError as error:
                told = _told(error)
                if told.code != "sdmx_form" or place + 1 == len(forms):
                    raise told from None
        yield from observations(file, flow.id, structure.measure)


def _structure(ask: Ask, flow: Flow, needed: bool) -> Structure:
    """The dataflow's structure; data of which neither codes nor words are asked can do without."""
    path = str(ask.read.get("structure") or flow.structure)
    try:
        body = ask.client.get(ask.at(path), Question(headers={"Accept": STRUCTURES})).body
        return read_structure(body, flow.id, flow.id)
    except SourceError as error:
        if needed or ask.read.get("structure"):
            raise _told(error) from None
        return Structure()


def _told(error: SourceError) -> SourceError:
    """An answer that is no success, in the words of this kind of service."""
    status = error.params.get("status")
    if error.code != "source_status" or not isinstance(status, int):
        return error
    if status in NOT_THAT:
        return SdmxError("sdmx_form", status=status)
    if status in REFUSED:
        return SdmxError("sdmx_query", status=status)
    return SdmxError(TOLD[status]) if status in TOLD else error
