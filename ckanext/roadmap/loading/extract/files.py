"""A file that lies somewhere else: brought whole, then read as a table."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess
from ckanext.roadmap.sources import places, tabular
from ckanext.roadmap.sources.catalogue import Offered
from ckanext.roadmap.sources.delimited import plain_batches
from ckanext.roadmap.sources.look import Clock, Look, timed
from ckanext.roadmap.sources.tabular import Ask, Tabular
from ckanext.roadmap.sources.work import work_folder

from .base import Extractor, Probe, extractor
from .header import require, types_in
from .records import encode_columns


@extractor
class FileExtractor(Extractor):
    """A file in any format that can be read, on the web, on an SFTP server or in a drop folder."""

    kind = "file"
    schemes = places.schemes()
    harvester = "roadmap_file"

    def offered(self) -> list[Offered] | None:
        """The files of a folder."""
        names = self._place().names()
        return None if names is None else [Offered("", name, "file") for name in names]

    @classmethod
    def look(cls, access: SourceAccess, table: str, clock: Clock) -> Look:
        """As its place tells."""
        way = places.Way(access.url, access.limits, access.reach, access.options)
        kind = urlsplit(access.url).scheme
        return timed(kind, lambda: places.place_for(way, table).check(clock))

    @contextmanager
    def opened(self) -> Generator[FileExtract]:
        """The file; nothing is fetched before something of it is asked."""
        with work_folder("file") as folder:
            extract = FileExtract(self.plan, self.access, self._place(), folder)
            with self.access.watch(extract):
                yield extract

    @contextmanager
    def browsed(self, most: int) -> Generator[Tabular]:
        """The file with all of its columns; it is fetched whole."""
        with self.opened() as extract:
            yield extract.browse(most)

    def _place(self) -> places.Place:
        way = places.Way(self.access.url, self.access.limits, self.access.reach, self.access.options)
        return places.place_for(way, self.plan.table)


class TableExtract(ABC):
    """A table on the portal's disk, in the plan's columns."""

    def __init__(self, plan: LoadPlan) -> None:
        self.plan = plan

    @abstractmethod
    def fetch(self) -> Tabular:
        """The table, from its source."""

    def browse(self, most: int) -> Tabular:
        """The table with every column that it has, at least its first *most* rows."""
        return self.fetch()

    @cached_property
    def table(self) -> Tabular:
        """The table, fetched once."""
        return self.fetch()

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return self.table.rows

    @property
    def types(self) -> tuple[str, ...]:
        """Declared ones as they are, the others by what lies in the columns."""
        return self._types

    @cached_property
    def _types(self) -> tuple[str, ...]:
        return types_in(self.table, self.plan)

    def batches(self) -> Iterator[bytes]:
        """The file's own bytes where its form is ours, else its cells written anew."""
        table = self.table
        require(table, self.plan)
        names = [column.source for column in self.plan.columns]
        layout = table.layout
        if layout and layout.plain and layout.delimiter == "," and list(layout.header) == names:
            return plain_batches(layout)
        return map(encode_columns, table.columns(names))


class FileExtract(TableExtract):
    """A file at its place."""

    def __init__(self, plan: LoadPlan, access: SourceAccess, place: places.Place, folder: Path) -> None:
        super().__init__(plan)
        self._access, self._place, self._folder = access, place, folder

    def came(self) -> dict[str, int]:
        """How much of it is here by now."""
        files = [path for path in self._folder.rglob("*") if path.is_file()]
        return {"bytes": sum(path.stat().st_size for path in files)}

    def probe(self) -> Probe | None:
        """What its place tells of it, and how it is to be read."""
        found = self._place.look()
        return None if found is None else {**found, "read": dict(self.plan.read)}

    def fetch(self) -> Tabular:
        """The file, brought and opened."""
        return self._opened(tuple(column.source for column in self.plan.columns))

    def browse(self, most: int) -> Tabular:
        """The whole file."""
        return self._opened(None)

    def _opened(self, wanted: tuple[str, ...] | None) -> Tabular:
        brought = self._place.bring(self._folder)
        return tabular.open_file(brought.path, self._ask(brought.name, wanted))

    def _ask(self, name: str, wanted: tuple[str, ...] | None) -> Ask:
        reach = self._access.reach
        return Ask(self._folder, name, wanted, self.plan.read, reach.bytes, reach.ratio)
