"""Cubes and series of statistics offices."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager

from ckanext.roadmap.loading.plan import SourceAccess
from ckanext.roadmap.sources import statistics
from ckanext.roadmap.sources.look import Clock, Look, timed
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.tabular import Tabular
from ckanext.roadmap.sources.tabular.normal import Record
from ckanext.roadmap.sources.work import work_folder

from .base import Extractor, Probe, extractor
from .since import ApiExtract


class StatisticsExtract(ApiExtract):
    """The values of one table."""

    def probe(self) -> Probe | None:
        """What its place tells of a file; others can only be read."""
        found = statistics.signs_of(self.way, self.plan.table, self.plan.read)
        return None if found is None else {**found, "read": dict(self.plan.read)}

    def records(self) -> Iterator[Record]:
        """Each value."""
        wanted = tuple(column.source for column in self.plan.columns)
        return statistics.read_values(self.way, self.plan.table, self.plan.read, wanted)


@extractor
class StatisticsExtractor(Extractor):
    """`pxweb+https://HOST/api/v1/uz/`, `sdmx+https://HOST/rest/`, `sdmx-file+drop:///FOLDER`."""

    kind = "statistics"
    schemes = tuple(statistics.DIALECTS)
    harvester = "roadmap_statistics"

    @classmethod
    def look(cls, access: SourceAccess, table: str, clock: Clock) -> Look:
        """As its kind of source tells."""
        return timed(cls.kind, lambda: statistics.check_table(_way(access), table, clock))

    @contextmanager
    def browsed(self, most: int) -> Generator[Tabular]:
        """The first values, with all that they have."""
        with self.opened() as extract:
            yield extract.browse(most)

    @contextmanager
    def opened(self) -> Generator[StatisticsExtract]:
        """The source; nothing is asked before rows are wanted."""
        with work_folder("statistics") as folder:
            extract = StatisticsExtract(self.plan, _way(self.access), folder)
            with self.access.watch(extract):
                yield extract

    def about(self) -> statistics.About:
        """What the office tells of the table, where its kind of source has words for it."""
        return statistics.about_table(_way(self.access), self.plan.table, self.plan.read)


def _way(access: SourceAccess) -> Way:
    return Way(access.url, access.limits, access.reach, access.options)
