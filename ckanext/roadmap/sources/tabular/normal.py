"""Records of any origin as one plain CSV: types, checks and reading are those of every file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, TextIO, cast

from ckanext.roadmap.sources.delimited import look

from .base import Tabular, unreadable
from .delimited import DelimitedTable

Record = Mapping[str, Any]
ROW = "_roadmap_row"
"""A column of our own: a row without a single value would be an empty line, which counts for nothing."""
LONGEST_EXPONENT = 400
MEANING = ('"', ",", "\n", "\r", "\\")


def as_table(
    records: Callable[[], Iterable[Record]], wanted: Sequence[str] | None, path: Path, typed: bool = True,
    name: str = "-",
) -> Tabular:  # fmt: skip
    """Records as a table.

    :param records: gives them from the first on at each call
    :param wanted: dotted paths of the values that are wanted; none: every name of every record
    :param path: where the CSV may be written
    :param typed: whether a text at the source is one; else its look decides
    :param name: what an error calls them
    :raises SourceError: a value is nested beyond all measure
    """
    texts, found = set[str](), set[str]()
    try:
        names = tuple(wanted) if wanted is not None else _all_names(records())
        with path.open("w", encoding="utf-8", newline="") as file:
            _write(file, names, records(), texts, found)
    except RecursionError:
        raise unreadable("a list of records", name, "nested too deep") from None
    table = DelimitedTable(look(path), frozenset(texts) if typed else frozenset(), frozenset({ROW}))
    if table.rows:
        table.header = tuple(name for name in names if name in found)
    return table


def _write(
    file: TextIO, names: Sequence[str], records: Iterable[Record], texts: set[str], found: set[str]
) -> None:
    file.write(",".join(map(_quoted, (*names, ROW))) + "\n")
    for record in records:
        cells: list[str] = []
        for name in names:
            there, value = value_at(record, name)
            if there:
                found.add(name)
            if isinstance(value, str):
                texts.add(name)
            cells.append(cell(value))
        file.write(",".join(cells) + ",1\n")


def value_at(record: Record, path: str) -> tuple[bool, Any]:
    """Whether a record has a value of that name, or at that dotted path, and the value."""
    if path in record:
        return True, record[path]
    here: Any = record
    for step in path.split("."):
        if not isinstance(here, Mapping) or step not in here:
            return False, None
        here = cast("Record", here)[step]
    return True, here


def cell(value: object) -> str:
    """A value as a cell of PostgreSQL's CSV: nothing for NULL, `""` for an empty text."""
    if value is None:
        return ""
    text = written(value)
    return _quoted(text) if text == "" or any(sign in text for sign in MEANING) else text


def written(value: object) -> str:
    """A value as a text of which nothing is lost."""
    for kinds, write in WRITERS:
        if isinstance(value, kinds):
            return write(value)
    return str(value)


def _all_names(records: Iterable[Record]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for record in records:
        names.update(dict.fromkeys(_paths(record)))
    return tuple(names)


def _paths(record: Record, inside: str = "") -> Iterator[str]:
    for name, value in record.items():
        if isinstance(value, Mapping):
            yield from _paths(cast("Record", value), f"{inside}{name}.")
        else:
            yield f"{inside}{name}"


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _decimal(value: Decimal) -> str:
    exponent = value.as_tuple().exponent
    short = isinstance(exponent, int) and abs(exponent) <= LONGEST_EXPONENT
    return format(value, "f") if short else str(value)


def _float(value: float) -> str:
    return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=written)


WRITERS: tuple[tuple[type | tuple[type, ...], Callable[[Any], str]], ...] = (
    (str, str),
    (bool, lambda value: "true" if value else "false"),
    (int, str),
    (Decimal, _decimal),
    (float, _float),
    (datetime, lambda value: value.isoformat(sep=" ")),
    ((date, time), lambda value: value.isoformat()),
    ((dict, list, tuple), _json),
)
