"""What every kind of catalogue gives: its datasets page by page, and where to go on.

A kind is a class in a file of its own, with the decorator `@catalogue`, imported in `__init__`. An address is
`KIND+https://HOST/`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from ckanext.roadmap.domain.origin import Origin, Remark
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.sources.http.login import without_login
from ckanext.roadmap.sources.places import Way

from .asking import Asker


@dataclass(frozen=True, slots=True)
class Page:
    """Some datasets.

    :ivar next: where the next page begins; empty: this was the last
    :ivar total: how many datasets the catalogue says it has (None: it does not say)
    :ivar remarks: what was not understood of the page as a whole
    """

    items: Sequence[Origin]
    next: str = ""
    total: int | None = None
    remarks: tuple[Remark, ...] = ()


Record = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of a dataset there."""

    name: str
    title: Text = Text()


@dataclass(frozen=True, slots=True)
class RowsLook:
    """The columns of a dataset, and how many rows it has."""

    columns: tuple[RowColumn, ...]
    rows: int


class Catalogue(ABC):
    """One catalogue.

    :cvar scheme: what its addresses begin with
    :cvar has_rows: whether its datasets have rows that can be loaded, beside files
    """

    scheme: ClassVar[str]
    has_rows: ClassVar[bool] = False

    def __init__(self, way: Way) -> None:
        self.way, self.base = way, without_login(way.url)
        self.asker = Asker(way, self.base)

    @abstractmethod
    def page(self, at: str) -> Page:
        """A page of datasets; each time the same order.

        :param at: where it begins, as the page before told; empty: at the beginning
        :raises SourceError: it cannot be read
        """

    def look(self, key: str) -> RowsLook:
        """Columns and number of the rows of a dataset; a catalogue of files has none."""
        return RowsLook((), 0)

    def records(self, key: str) -> Iterator[Record]:
        """The rows of a dataset."""
        return iter(())

    def beyond(self, at: str) -> str:
        """Where to go on after a page that cannot be read; empty: nowhere."""
        return ""


Kind = TypeVar("Kind", bound=type[Catalogue])
CATALOGUES: dict[str, type[Catalogue]] = {}


def catalogue(kind: Kind) -> Kind:
    """Registers a kind of catalogue."""
    CATALOGUES[kind.scheme] = kind
    return kind


def is_catalogue(url: str) -> bool:
    """Whether an address leads to a catalogue."""
    return _kind(url) in CATALOGUES


def catalogue_for(way: Way) -> Catalogue:
    """The catalogue that an address leads to."""
    return CATALOGUES[_kind(way.url)](way)


def _kind(url: str) -> str:
    return urlsplit(url).scheme.partition("+")[0]
