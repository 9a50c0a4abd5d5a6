"""One SDMX file on the web, on an SFTP server or in a drop folder, and perhaps one with its structures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from ckanext.roadmap.sources.look import Answer, Clock
from ckanext.roadmap.sources.places import Way, place_for
from ckanext.roadmap.sources.places.base import too_large
from ckanext.roadmap.sources.statistics.base import Ask, dialect
from ckanext.roadmap.sources.statistics.glances import check, signs
from ckanext.roadmap.sources.tabular.normal import Record
from ckanext.roadmap.sources.work import work_folder

from .reading import observations
from .records import records
from .structure import Structure
from .structures import MOST_BYTES, read_structure


@check("sdmx-file")
def check_file(way: Way, path: str, clock: Clock) -> Answer:
    """As its place tells."""
    return place_for(inner(way), path).check(clock)


@signs("sdmx-file")
def signs_of_file(way: Way, path: str, read: Mapping[str, Any]) -> Mapping[str, object] | None:
    """What its place tells of the data, and of the structures beside them."""
    found: dict[str, object] = {}
    for name in filter(None, (path, str(read.get("structure") or ""))):
        look = place_for(inner(way), name).look()
        if look is None:
            return None
        found[name] = look
    return found


@dialect("sdmx-file")
def read_file(ask: Ask) -> Iterator[Record]:
    """A record an observation; with `read.structure` their codes have words.

    :raises SourceError: there is no such file, or it can't be read whole
    """
    with work_folder("sdmx") as folder:
        structure = _structure(ask, folder)
        path, name = _brought(ask, ask.path, folder)
        with path.open("rb") as file:
            yield from records(observations(file, name, structure.measure), structure, ask.wanted)


def _structure(ask: Ask, folder: Path) -> Structure:
    name = str(ask.read.get("structure") or "")
    if not name:
        return Structure()
    path, name = _brought(ask, name, folder)
    if path.stat().st_size > MOST_BYTES:
        raise too_large(name, MOST_BYTES)
    return read_structure(path.read_bytes(), name)


def _brought(ask: Ask, name: str, folder: Path) -> tuple[Path, str]:
    place = place_for(inner(ask.way), name)
    place.look()  # by what it tells a large file is fetched on, and one that changes meanwhile is refused
    brought = place.bring(folder)
    return brought.path, brought.name


def inner(way: Way | None) -> Way:
    """The way to a file behind our own prefix of its kind."""
    if way is None:
        raise ValueError("a file needs a way to it")
    return replace(way, url=way.url.partition("+")[2])
