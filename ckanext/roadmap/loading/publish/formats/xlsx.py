"""XLSX: typed cells, as many sheets as the rows need."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO

from ckanext.roadmap.loading.publish.arrow import pa, pc
from ckanext.roadmap.loading.publish.decode import Batch, Schema

from . import xlsx_cells as cells
from . import xlsx_parts as parts
from .base import FileFormat, UnfitError, file_format

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
MOST_BYTES = 1 << 30
STEP = 1 << 12


@file_format
class Xlsx(FileFormat):
    """Rows for people with a spreadsheet; a sheet's heading is repeated on each further sheet."""

    name, label = "xlsx", "XLSX"
    mimetype = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    tells_null = False

    def __init__(self, path: Path, schema: Schema) -> None:
        super().__init__(path, schema)
        self._zip = zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._sheet: IO[bytes] | None = None
        self._sheets = self._rows = self._bytes = 0

    def write(self, batch: Batch) -> None:
        """Adds rows, to further sheets once one is full."""
        if len(self.schema.names) > MOST_COLUMNS:
            raise UnfitError(
                "xlsx_columns",
                "Too many columns for a sheet.",
                most=MOST_COLUMNS,
                found=len(self.schema.names),
            )
        begin = 0
        while begin < batch.rows:
            if self._sheet is None or self._rows >= MOST_ROWS or self._bytes >= MOST_BYTES:
                self._next_sheet()
            many = min(STEP, batch.rows - begin, MOST_ROWS - self._rows)
            texts = [one.slice(begin, many) for one in batch.texts]
            typed = [one.slice(begin, many) for one in batch.values]
            written = [cells.column(*pair) for pair in zip(texts, typed, strict=True)]
            self._put(cells.rows(written))
            self._rows, begin = self._rows + many, begin + many

    def close(self) -> None:
        """Ends sheet and workbook."""
        if self._sheet is None:
            self._next_sheet()
        self._end_sheet()
        for name, content in parts.workbook(self._sheets).items():
            self._zip.writestr(name, content)
        self._zip.close()

    def abandon(self) -> None:
        """Lets it go."""
        if self._sheet is not None:
            self._sheet.close()
        self._zip.close()

    def _next_sheet(self) -> None:
        self._end_sheet()
        self._sheets += 1
        self._sheet = self._zip.open(f"xl/worksheets/sheet{self._sheets}.xml", "w")
        self._rows, self._bytes = 1, 0
        self._put(parts.SHEET_BEGINS.encode())
        names = pa.array(self.schema.names, pa.string())
        heading = pc.binary_join(pa.ListArray.from_arrays([0, len(names)], cells.texts(names)), "")
        self._put(cells.rows([heading]))

    def _end_sheet(self) -> None:
        if self._sheet is not None:
            self._put(parts.SHEET_ENDS.encode())
            self._sheet.close()

    def _put(self, data: bytes | memoryview) -> None:
        if self._sheet is not None:
            self._sheet.write(data)
            self._bytes += len(data)
