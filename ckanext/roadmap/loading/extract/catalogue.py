"""The rows of a dataset of another portal."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.sources.catalogues import CATALOGUES, Catalogue, catalogue_for
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.tabular import Tabular
from ckanext.roadmap.sources.tabular.normal import as_table
from ckanext.roadmap.sources.work import work_folder

from .base import Extract, Extractor, Probe, extractor
from .files import TableExtract


@extractor
class CatalogueExtractor(Extractor):
    """The connection leads to a catalogue; the plan's table is what that catalogue knows the dataset by."""

    kind = "catalogue"
    schemes = tuple(CATALOGUES)
    harvester = "roadmap_portal"

    @contextmanager
    def opened(self) -> Generator[Extract]:
        """The dataset; nothing is asked before rows are wanted."""
        way = Way(self.access.url, self.access.limits, self.access.reach, self.access.options)
        with work_folder("catalogue") as folder:
            extract = CatalogueExtract(self.plan, self.access.catalogue or catalogue_for(way), folder)
            with self.access.watch(extract):
                yield extract


class CatalogueExtract(TableExtract):
    """The rows of one dataset."""

    def __init__(self, plan: LoadPlan, catalogue: Catalogue, folder: Path) -> None:
        super().__init__(plan)
        self._catalogue, self._folder = catalogue, folder

    def probe(self) -> Probe | None:
        """Only reading the rows can tell."""
        return None

    def fetch(self) -> Tabular:
        """All rows, as one table; there, numbers are often written as texts, so their look decides."""
        names = tuple(column.source for column in self.plan.columns)
        return as_table(
            lambda: self._catalogue.records(self.plan.table), names, self._folder / "rows.csv", typed=False
        )
