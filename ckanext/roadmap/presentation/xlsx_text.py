"""A declared table as a workbook; every cell is text, so that nothing in it is run."""
# pyright: reportMissingTypeStubs=false, reportUnknownMemberType=false

from __future__ import annotations

import io
from collections.abc import Iterable

from xlsxwriter import Workbook

from .csv_file import written
from .tables import Row, Table

_WIDTH = 24


def workbook(table: Table, rows: Iterable[Row]) -> bytes:
    """The file, with the keys of the columns in its first row."""
    file = io.BytesIO()
    columns = table.file_columns
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(table.name)
        sheet.set_column(0, len(columns) - 1, _WIDTH)
        sheet.freeze_panes(1, 1)
        bold = book.add_format({"bold": True})
        for place, column in enumerate(columns):
            sheet.write_string(0, place, column.key, bold)
        for number, row in enumerate(rows, 1):
            for place, column in enumerate(columns):
                sheet.write_string(number, place, written(column.value(row)))
    return file.getvalue()
