"""Tuples into batches: whole columns at a time, so that most cells are never touched in Python."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

SPECIAL = ('"', ",", "\n", "\r", "\\")


def encode(rows: Sequence[Sequence[Any]]) -> bytes:
    """Rows as one batch."""
    return _joined([_column(cells) for cells in zip(*rows, strict=True)]) if rows else b""


def encode_columns(columns: Sequence[Any]) -> bytes:
    """Columns of Arrow's texts as one batch."""
    return _joined([_texts(tuple(column.to_pylist()), column.null_count > 0) for column in columns])


def _joined(columns: Sequence[Iterable[str]]) -> bytes:
    lines = map(",".join, zip(*columns, strict=True))
    return ("\n".join(lines) + "\n").encode()


def encode_all(parts: Iterable[Sequence[Sequence[Any]]]) -> Iterator[bytes]:
    """Parts of rows as batches."""
    return (batch for batch in map(encode, parts) if batch)


def _column(cells: tuple[Any, ...]) -> Iterable[str]:
    kinds: set[type[Any]] = {type(cell) for cell in cells}
    empty = type(None) in kinds
    kinds.discard(type(None))
    if kinds == {str}:
        return _texts(cells, empty)
    written = _writer(kinds)
    if empty:
        return ["" if cell is None else written(cell) for cell in cells]
    return map(written, cells)


def _texts(cells: tuple[Any, ...], empty: bool) -> Iterable[str]:
    """Texts need quotes only if one of them holds a sign that has a meaning, or nothing at all."""
    whole = "".join(cell for cell in cells if cell is not None) if empty else "".join(cells)
    if "" not in cells and not any(sign in whole for sign in SPECIAL):
        return ["" if cell is None else cell for cell in cells] if empty else cells
    return ["" if cell is None else quoted(cell) for cell in cells]


def _writer(kinds: set[type[Any]]) -> Callable[[Any], str]:
    return WRITERS.get(next(iter(kinds)), _other) if len(kinds) == 1 else _mixed


def _mixed(cell: object) -> str:
    return WRITERS.get(type(cell), _other)(cell)


def _other(cell: object) -> str:
    return quoted(str(cell))


def quoted(text: str) -> str:
    """A text in quotes; a NUL, which no PostgreSQL text can hold, is left for COPY to refuse."""
    return '"' + text.replace('"', '""') + '"'


def _bytes(cell: bytes | bytearray | memoryview) -> str:
    return "\\x" + bytes(cell).hex()


def _json(cell: Any) -> str:
    return quoted(json.dumps(cell, ensure_ascii=False))


def _clock(cell: timedelta) -> str:
    """A time of day or a length of time, as hours, minutes and seconds."""
    total = abs(cell)
    hours, rest = divmod(total.days * 86400 + total.seconds, 3600)
    part = f".{total.microseconds:06d}" if total.microseconds else ""
    return f"{'-' if cell < timedelta() else ''}{hours:02d}:{rest // 60:02d}:{rest % 60:02d}{part}"


WRITERS: dict[type[Any], Callable[[Any], str]] = {
    int: str, float: repr, bool: str, UUID: str, dict: _json, list: _json, tuple: _json, timedelta: _clock,
    bytes: _bytes, bytearray: _bytes, memoryview: _bytes, str: quoted, Decimal: str, date: date.isoformat,
    datetime: str, time: str,
}  # fmt: skip
