"""JSON and JSON Lines of any size, record by record; a number keeps all its digits."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from ckanext.roadmap.sources.delimited.encoding import encoding_of
from ckanext.roadmap.sources.errors import SourceError

from .base import Ask, Tabular, table_format, unreadable
from .normal import Record, as_table

DEEPEST = 4
MOST_NESTED = 100
"""Brackets within brackets: no record needs so many, and a parser pays for each with all those around it."""
BLOCK = 1 << 20
BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
LIBRARY: Any = importlib.import_module("ijson")


@table_format("json", "geojson")
def open_json(path: Path, ask: Ask) -> Tabular:
    """A list of objects, at the path that the mapping names (`record: result.data`) or the first there is."""
    name = str(ask.options.get("record") or "")
    _refuse_deep(path, ask)
    try:
        prefix = _named(path, name, ask) if name else _found(path, ask)
        return as_table(
            lambda: _items(path, prefix, ask), ask.wanted, ask.scratch / "records.csv", name=ask.name
        )
    except LIBRARY.JSONError as error:
        raise unreadable("JSON", ask.name, type(error).__name__) from None


@table_format("jsonl", "ndjson")
def open_lines(path: Path, ask: Ask) -> Tabular:
    """An object a line."""
    return as_table(lambda: _lines(path, ask), ask.wanted, ask.scratch / "records.csv", name=ask.name)


def _refuse_deep(path: Path, ask: Ask) -> None:
    depth, inside, rest = 0, False, b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            block = (rest + block).replace(b"\\\\", b"")
            rest = b"\\" if block.endswith(b"\\") else b""  # what it escapes comes with the next block
            pieces = block.removesuffix(rest).replace(b'\\"', b"").split(b'"')
            for bracket in b"".join(pieces[int(inside) :: 2]).translate(None, BRACKETS).replace(b"{}", b""):
                depth += 1 if bracket in b"[{" else -1
                if depth > MOST_NESTED:
                    raise unreadable("JSON", ask.name, "nested too deep")
            inside ^= len(pieces) % 2 == 0


def _named(path: Path, name: str, ask: Ask) -> str:
    with path.open("rb") as file:
        found = any(event == "start_array" and prefix == name for prefix, event, _ in LIBRARY.parse(file))
    if not found:
        raise no_records(ask.name)
    return f"{name}.item"


def _found(path: Path, ask: Ask) -> str:
    """The prefix of the first list of objects."""
    opened = ""
    with path.open("rb") as file:
        for prefix, event, _value in LIBRARY.parse(file):
            if opened and event == "start_map" and prefix == opened:
                return opened
            if event == "start_array" and str(prefix).count(".") < DEEPEST:
                opened = f"{prefix}.item" if prefix else "item"
    if opened == "item":
        return opened
    raise no_records(ask.name)


def _items(path: Path, prefix: str, ask: Ask) -> Iterator[Record]:
    with path.open("rb") as file:
        yield from _objects(LIBRARY.items(file, prefix), ask)


def _lines(path: Path, ask: Ask) -> Iterator[Record]:
    number = 0
    try:
        with path.open(encoding=encoding_of(path)) as file:
            for number, line in enumerate(file, 1):  # noqa: B007  # the number is told by the error
                if line.strip():
                    yield from _objects([json.loads(line, parse_float=Decimal)], ask)
    except (ValueError, RecursionError) as error:
        raise unreadable("JSON Lines", ask.name, f"line {number}: {type(error).__name__}") from None


def _objects(values: Iterable[Any], ask: Ask) -> Iterator[Record]:
    for value in values:
        if not isinstance(value, Mapping):
            raise no_records(ask.name)
        yield cast("Record", value)


def no_records(name: str) -> SourceError:
    """The error of a document without a list of objects where one is expected."""
    return SourceError(
        "file_no_records", f"No list of records was found in {name}.",
        "Name the place of the list in the mapping, for example read: {record: result.data}.", name=name,
    )  # fmt: skip
