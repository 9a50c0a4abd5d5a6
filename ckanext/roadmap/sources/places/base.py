"""What every place gives: a cheap look at a file, and the file itself, whole or not at all.

A kind of place is a class in a file of its own, with the decorator `@place`, imported in `__init__`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar, TypeVar
from urllib.parse import urlsplit

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.look import Answer, Clock
from ckanext.roadmap.sources.reach import Reach

Look = dict[str, object]
"""What tells of a change without reading a file; equal looks mean equal files."""


@dataclass(frozen=True, slots=True, repr=False)
class Way:
    """How to get to a place: its address with its secret, and the bounds.

    :ivar options: what the operator's configuration says beside the address
    """

    url: str
    limits: Limits = Limits()
    reach: Reach = Reach()
    options: Mapping[str, str] = field(default_factory=dict[str, str])


@dataclass(frozen=True, slots=True)
class Brought:
    """A whole file on the portal's disk, the name that it has at its place, and what the place calls it."""

    path: Path
    name: str
    media: str = ""


class Place(ABC):
    """Where one file lies.

    :cvar schemes: the schemes of the URLs that lead there
    """

    schemes: ClassVar[tuple[str, ...]]

    def __init__(self, way: Way, name: str) -> None:
        self.way, self.name = way, name

    def names(self) -> list[str] | None:
        """The files that lie there, by name; None: the place can't tell."""
        return None

    @abstractmethod
    def look(self) -> Look | None:
        """What is told of the file without reading it; None: only reading it can tell."""

    @abstractmethod
    def check(self, clock: Clock) -> Answer:
        """What can be told of the place before a file is read; nothing is changed there.

        The name may be empty: then the connection's own address is looked at.

        :raises SourceError: it can't be reached, or refuses
        """

    @abstractmethod
    def bring(self, into: Path) -> Brought:
        """The whole file.

        :param into: a folder
        :raises SourceError: it is not there, is still being written, is too large, or broke off
        """


Kind = TypeVar("Kind", bound=type[Place])
_PLACES: dict[str, type[Place]] = {}


def place(kind: Kind) -> Kind:
    """Registers a kind of place."""
    _PLACES.update(dict.fromkeys(kind.schemes, kind))
    return kind


def schemes() -> tuple[str, ...]:
    """The schemes of all places."""
    return tuple(_PLACES)


def place_for(way: Way, name: str) -> Place:
    """The place that an address leads to."""
    return _PLACES[urlsplit(way.url).scheme](way, name)


def too_large(name: str, most: int) -> SourceError:
    """The error of a file that is larger than the operator lets the portal take."""
    return SourceError(
        "file_too_large", f"The file {name} is larger than {most} bytes.",
        "Give it in parts or as CSV, or let the operator raise ckanext.roadmap.load.most_bytes.",
        name=name, most=most,
    )  # fmt: skip
