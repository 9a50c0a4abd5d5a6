"""Cubes and series of statistics offices."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path

from ckanext.roadmap.sources import statistics
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.tabular import Tabular
from ckanext.roadmap.sources.tabular.normal import Record

from .base import Extractor, extractor
from .since import ApiExtract


class StatisticsExtract(ApiExtract):
    """The values of one table."""

    def records(self) -> Iterator[Record]:
        """Each value."""
        return statistics.read_values(self.way, self.plan.table, self.plan.read)


@extractor
class StatisticsExtractor(Extractor):
    """`pxweb+https://HOST/api/v1/uz/`, `series+https://HOST/folder/`; the mapping's table is the path."""

    kind = "statistics"
    schemes = tuple(statistics.DIALECTS)
    harvester = "roadmap_statistics"

    @contextmanager
    def browsed(self, most: int) -> Generator[Tabular]:
        """The first values, with all that they have."""
        with self.opened() as extract:
            yield extract.browse(most)

    @contextmanager
    def opened(self) -> Generator[StatisticsExtract]:
        """The source; nothing is asked before rows are wanted."""
        way = Way(self.access.url, self.access.limits, self.access.reach, self.access.options)
        with tempfile.TemporaryDirectory(prefix="roadmap-statistics-") as folder:
            extract = StatisticsExtract(self.plan, way, Path(folder))
            with self.access.watch(extract):
                yield extract
