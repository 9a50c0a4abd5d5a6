"""An interface that gives records page by page."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.tabular import Tabular
from ckanext.roadmap.sources.work import work_folder

from .base import Extractor, extractor
from .errors import AgainError
from .since import ApiExtract, KeyedExtract


@extractor
class ApiExtractor(Extractor):
    """`api+https://HOST/base/`; the mapping's table is the path behind it."""

    kind = "api"
    schemes = ("api",)
    harvester = "roadmap_api"
    _whole = False

    def closer(self) -> ApiExtractor | None:
        """The same interface read whole, where only its changes were asked for."""
        if self._whole or self.plan.base is None:
            return None
        made = ApiExtractor(self.plan, self.access)
        made._whole = True
        return made

    @contextmanager
    def browsed(self, most: int) -> Generator[Tabular]:
        """The first records, with all that they have."""
        with self.opened() as extract:
            yield extract.browse(most)

    @contextmanager
    def opened(self) -> Generator[ApiExtract]:
        """The interface; nothing is asked before rows are wanted."""
        if self.plan.base and not self._whole and not self.plan.base.is_whole():
            raise AgainError
        way = Way(self.access.url, self.access.limits, self.access.reach, self.access.options)
        with work_folder("api") as folder:
            extract = self._extract(way, folder)
            with self.access.watch(extract):
                yield extract

    def _extract(self, way: Way, folder: Path) -> ApiExtract:
        if self.plan.read.get("since"):
            return KeyedExtract(self.plan, way, folder, self._whole)
        return ApiExtract(self.plan, way, folder)
