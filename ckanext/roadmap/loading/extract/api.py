"""An interface that gives records page by page."""

from __future__ import annotations

import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.sources import api
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.tabular import Tabular
from ckanext.roadmap.sources.tabular.normal import as_table

from .base import Extract, Extractor, Probe, extractor
from .files import TableExtract


@extractor
class ApiExtractor(Extractor):
    """`api+https://HOST/base/`; the mapping's table is the path behind it."""

    kind = "api"
    schemes = ("api",)
    harvester = "roadmap_api"

    @contextmanager
    def opened(self) -> Generator[Extract]:
        """The interface; nothing is asked before rows are wanted."""
        way = Way(self.access.url, self.access.limits, self.access.reach, self.access.options)
        with tempfile.TemporaryDirectory(prefix="roadmap-api-") as folder:
            extract = ApiExtract(self.plan, way, Path(folder))
            with self.access.watch(extract):
                yield extract


class ApiExtract(TableExtract):
    """The records of one path."""

    def __init__(self, plan: LoadPlan, way: Way, folder: Path) -> None:
        super().__init__(plan)
        self._way, self._folder = way, folder

    def probe(self) -> Probe | None:
        """An interface can only be read."""
        return None

    def fetch(self) -> Tabular:
        """All pages, as one table."""
        names = tuple(column.source for column in self.plan.columns)
        return as_table(
            lambda: api.read_records(self._way, self.plan.table, self.plan.read),
            names,
            self._folder / "records.csv",
        )
