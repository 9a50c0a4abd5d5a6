"""What every kind of source gives: the types of its columns, and its rows in batches.

A batch is a piece of UTF-8 CSV in PostgreSQL's form: whole records, each ended by LF, with commas; nothing
between two commas is NULL, `""` is the empty string. So it can be hashed, filed and copied without a cell
being touched. `records.encode` makes batches of tuples.

A kind of source is a class in a file of its own, with the decorator `@extractor`, named in `__init__`. The
files are loaded one after another until one knows the address: so the agent at a ministry needs the libraries
of its own sources alone.
"""

from __future__ import annotations

import importlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, runtime_checkable
from urllib.parse import urlsplit

from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess
from ckanext.roadmap.sources.about import About
from ckanext.roadmap.sources.checks import unknown
from ckanext.roadmap.sources.look import Clock, Look

from .errors import ExtractError
from .header import types_in

if TYPE_CHECKING:
    from ckanext.roadmap.sources.catalogue import Offered
    from ckanext.roadmap.sources.tabular import Tabular

Probe = dict[str, object]
"""What tells of a change without reading the rows; equal probes of one mapping mean equal rows."""


class Extract(Protocol):
    """A source that is open, at one instant."""

    @property
    def types(self) -> tuple[str, ...]:
        """The DataStore's type of each of the plan's columns."""
        ...

    def probe(self) -> Probe | None:
        """A cheap look; None: only reading the rows can tell."""
        ...

    def batches(self) -> Iterator[bytes]:
        """The rows, in the plan's columns; the same rows come in the same order each time."""
        ...


@runtime_checkable
class ReadBefore(Protocol):
    """A source that was read before it is loaded."""

    @property
    def read_at(self) -> datetime:
        """When."""
        ...


@runtime_checkable
class ReadSince(Protocol):
    """A source that may be asked for its changes alone."""

    @property
    def since(self) -> str | None:
        """From which moment on; None: all was read."""
        ...


class Extractor(ABC):
    """A kind of source.

    :cvar kind: its name
    :cvar schemes: the schemes of the URLs that it reads
    :cvar harvester: the type of the harvest sources that gather it
    """

    kind: ClassVar[str]
    schemes: ClassVar[tuple[str, ...]] = ()
    harvester: ClassVar[str] = "roadmap_database"

    def __init__(self, plan: LoadPlan, access: SourceAccess) -> None:
        self.plan, self.access = plan, access

    @classmethod
    def look(cls, access: SourceAccess, table: str, clock: Clock) -> Look:
        """What can be told of the source before it is read; nothing is changed there, and no row is read.

        What is asked over the web is looked at as an interface; other kinds bring their own.

        :param table: the table, file or path of one of its mappings; empty: there is none
        :raises SourceError: it can't be reached, or refuses
        """
        if not is_web(access.url):
            raise unknown(cls.kind)
        web: Any = importlib.import_module("ckanext.roadmap.loading.extract.web_look")
        return web.look(cls.kind, access, table, clock)

    @abstractmethod
    def opened(self) -> AbstractContextManager[Extract]:
        """The source, open for the length of the block; faults come out as SourceError, scrubbed."""

    def offered(self) -> list[Offered] | None:
        """What a mapping of the connection may name, whatever the plan names; None: the source can't tell.

        :raises SourceError: it can't be asked
        """
        return None

    def browsed(self, most: int) -> AbstractContextManager[Tabular] | None:
        """Everything that the table has, whatever the plan names; None: the plan must name it.

        :param most: how many rows are wanted, where fewer can be had
        """
        return None

    def glimpse(self, most: int) -> tuple[str, ...]:
        """The DataStore's type of each of the plan's columns, read from as few rows as the source allows.

        :param most: how many rows are enough
        :raises SourceError: the source can't be read, or lacks a column
        """
        browsed = self.browsed(most)
        if browsed is None:
            with self.opened() as source:
                return source.types
        with browsed as table:
            return types_in(table, self.plan)

    def about(self) -> About:
        """What the source tells of the table beside its rows.

        :raises SourceError: it can't be asked
        """
        return About()

    def closer(self) -> Extractor | None:
        """The same source read with more care, where a fault may come of reading it fast; None: it cannot."""
        return None


Kind = TypeVar("Kind", bound=type[Extractor])
KINDS: list[str] = []
"""Files of this room that are not loaded yet; the fewer libraries one needs, the earlier it comes."""
_LACKING: list[str] = []
_LOADING = Lock()
_BY_KIND: dict[str, type[Extractor]] = {}
_BY_SCHEME: dict[str, type[Extractor]] = {}


def extractor(kind: Kind) -> Kind:
    """Registers a kind of source."""
    _BY_KIND[kind.kind] = kind
    for scheme in kind.schemes:
        _BY_SCHEME[scheme] = kind
    return kind


def extractor_for(plan: LoadPlan, access: SourceAccess) -> Extractor:
    """The kind that an access names, else the one that reads its URL.

    :raises ExtractError: there is none
    """
    return kind_of(access)(plan, access)


def is_web(url: str) -> bool:
    """Whether a source is asked over the web: the head of an answer holds rows."""
    return urlsplit(url).scheme.rpartition("+")[2] in ("http", "https")


def load_all() -> None:
    """Load every kind of source whose libraries are installed."""
    with _LOADING:
        while KINDS:
            _load_next()


def _found(kind: str, scheme: str) -> type[Extractor] | None:
    with _LOADING:
        while (found := _known(kind, scheme)) is None and KINDS:
            _load_next()
    return found


def _load_next() -> None:
    name = KINDS.pop(0)
    try:
        importlib.import_module(f"{__package__}.{name}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.startswith("ckanext"):
            raise
        _LACKING.append(error.name)


def _known(kind: str, scheme: str) -> type[Extractor] | None:
    return _BY_KIND.get(kind) if kind else _BY_SCHEME.get(scheme)


def kind_of(access: SourceAccess) -> type[Extractor]:
    """The class of what reads a source.

    :raises ExtractError: there is none
    """
    scheme = urlsplit(access.url).scheme.partition("+")[0]
    found, missing = _found(access.kind, scheme), sorted(set(_LACKING))
    if found is None and missing:
        raise ExtractError(
            "driver_missing",
            f"Libraries for this kind of source are not installed: {', '.join(missing)}.",
            "Install the extra of that kind.",
            driver=", ".join(missing),
        )
    if found is None:
        raise ExtractError(
            "source_unknown",
            f"There is no way to read a source of the kind {access.kind or scheme!r}.",
            f"Known: {', '.join(sorted(_BY_SCHEME))}.",
            kind=access.kind or scheme,
            known=", ".join(sorted(_BY_SCHEME)),
        )
    return found
