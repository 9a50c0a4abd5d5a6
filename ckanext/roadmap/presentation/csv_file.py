"""CSV of a declared table: stable keys and codes, the same bytes in every language of the portal."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from .tables import Row, Table

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def lines(table: Table, rows: Iterable[Row]) -> Iterator[str]:
    """The file line by line (RFC 4180, UTF-8 with a byte order mark, so that Excel reads Cyrillic)."""
    columns = table.file_columns
    yield _BYTE_ORDER_MARK + _line([column.key for column in columns])
    for row in rows:
        yield _line([safe(column.value(row)) for column in columns])


def _line(cells: list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()


def safe(value: object) -> str:
    """A value as a cell that no spreadsheet takes for a formula."""
    text = written(value)
    is_number = isinstance(value, int | float)
    return f"'{text}" if text.startswith(_FORMULA_STARTS) and not is_number else text


def written(value: object) -> str:
    """A value as text, the same in every language of the portal."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple | set | frozenset):
        return ";".join(sorted(str(part) for part in value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
    return str(value)
