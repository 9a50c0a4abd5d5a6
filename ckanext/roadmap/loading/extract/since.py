"""An interface that can be asked for what has changed since the last load."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path
from typing import Any

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.sources import api, since
from ckanext.roadmap.sources.arrow import pa
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.tabular import Tabular
from ckanext.roadmap.sources.tabular.normal import Record, as_table

from .base import Probe
from .errors import AgainError
from .files import TableExtract
from .header import require
from .records import encode_columns


class ApiExtract(TableExtract):
    """The records of one path."""

    def __init__(self, plan: LoadPlan, way: Way, folder: Path) -> None:
        super().__init__(plan)
        self.way, self._folder, self._came = way, folder, 0

    def came(self) -> dict[str, int]:
        """How many records are here by now."""
        return {"rows": self._came}

    def probe(self) -> Probe | None:
        """An interface can only be read."""
        return None

    @property
    def read(self) -> dict[str, Any]:
        """How it is asked."""
        return dict(self.plan.read)

    def browse(self, most: int) -> Tabular:
        """The first records, with all that they have."""
        first = list(islice(self.records(), most))
        return as_table(lambda: first, None, self._folder / "records.csv")

    def records(self) -> Iterator[Record]:
        """Each record, page by page."""
        for record in api.read_records(self.way, self.plan.table, self.read):
            self._came += 1
            yield record

    def fetch(self) -> Tabular:
        """All pages, as one table."""
        names = tuple(column.source for column in self.plan.columns)
        return as_table(self.records, names, self._folder / "records.csv")


class KeyedExtract(ApiExtract):
    """Rows in the order of their key, be they read whole or laid over those of the last load."""

    def __init__(self, plan: LoadPlan, way: Way, folder: Path, whole: bool) -> None:
        super().__init__(plan, way, folder)
        self._base = None if whole else plan.base

    @property
    def since(self) -> str | None:
        """From which moment on changes are asked for; None: all is read."""
        return self._base.watermark if self._base else None

    @property
    def read(self) -> dict[str, Any]:
        """How it is asked: with the moment, if there is one."""
        read = dict(self.plan.read)
        if self._base:
            told = read["since"]
            moment = since.asked_form(self._base.watermark, told.get("overlap", 0))
            read["parameters"] = {**(read.get("parameters") or {}), told["parameter"]: moment}
        return read

    @property
    def types(self) -> tuple[str, ...]:
        """Those of all rows; the changed ones alone may look otherwise."""
        return self._base.types if self._base else super().types

    @property
    def rows(self) -> int:
        """How many rows the table has."""
        return self._all.num_rows

    def batches(self) -> Iterator[bytes]:
        """Every row, those that have not changed from the last load's file."""
        return map(encode_columns, since.ordered(self._all, self.plan.key))

    @cached_property
    def _all(self) -> Any:
        table, names = self.table, self.plan.names
        require(table, self.plan)
        found = since.collected(table.columns([column.source for column in self.plan.columns]), names)
        if self._base is None:
            return found
        try:
            before = since.published(self._base.path, names)
        except pa.ArrowInvalid:
            raise AgainError from None
        return since.laid_over(before, found, self.plan.key)
