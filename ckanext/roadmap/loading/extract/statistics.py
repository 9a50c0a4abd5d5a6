"""Cubes and series of statistics offices."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from ckanext.roadmap.sources import statistics
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.tabular.normal import Record

from .base import Extract, Extractor, extractor
from .since import ApiExtract


class StatisticsExtract(ApiExtract):
    """The values of one table."""

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

    @contextmanager
    def opened(self) -> Generator[Extract]:
        """The source; nothing is asked before rows are wanted."""
        with tempfile.TemporaryDirectory(prefix="roadmap-statistics-") as folder:
            extract = StatisticsExtract(self.plan, self._way(), Path(folder))
            with self.access.watch(extract):
                yield extract

    def about(self) -> statistics.About:
        """What the office tells of the table, where its kind of source has words for it."""
        return statistics.about_table(self._way(), self.plan.table, self.plan.read)

    def _way(self) -> Way:
        return Way(self.access.url, self.access.limits, self.access.reach, self.access.options)
