"""The stream's CSV back into typed columns: by the declared types, never losing a sign of a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from .arrow import Column, Kind, pa, pa_csv, pc

BLOCK = 2 << 20
ROWS = 1 << 13
FIRST = 8
"""How many times as many rows tell the types before any is written."""
ROOMS = (18, 38, 76)
"""Digits that a decimal of 8, 16 and 32 bytes has."""
SIZED = re.compile(r"numeric\((\d+)(?:,\s*(\d+))?\)")
PLAIN_NUMBER = r"^[+-]?\d+(\.\d+)?$"
TRUE, FALSE = pa.array(["t", "true"]), pa.array(["f", "false"])
FIXED: dict[str, Kind] = {
    "int2": pa.int16(),
    "int4": pa.int32(),
    "int8": pa.int64(),
    "float4": pa.float32(),
    "float8": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "time": pa.time64("us"),
    "timestamp": pa.timestamp("us"),
    "timestamptz": pa.timestamp("us", "UTC"),
}


@dataclass(frozen=True, slots=True)
class Schema:
    """Names, the DataStore's types, and the type in which each column is kept without loss."""

    names: tuple[str, ...]
    types: tuple[str, ...]
    kept: tuple[Kind, ...]

    @property
    def arrow(self) -> Any:
        """As Arrow has it; the DataStore's type is told beside."""
        return pa.schema(
            [
                pa.field(name, kept, metadata={"datastore_type": kind})
                for name, kind, kept in zip(self.names, self.types, self.kept, strict=True)
            ]
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows: each column as written and as typed."""

    texts: tuple[Column, ...]
    values: tuple[Column, ...]

    @property
    def rows(self) -> int:
        """How many."""
        return len(self.texts[0])


class OutgrownError(Exception):
    """A row does not fit the types that the rows before it have."""


class Measure:
    """In which types the rows seen so far are kept without loss.

    A column whose values its type cannot hold here (such as the date `infinity`) is kept as text. A number
    without declared digits gets as many after the point as its values have, and room for 18, 38 or 76 in all.
    """

    def __init__(self, names: tuple[str, ...], types: tuple[str, ...]) -> None:
        self._names, self._types = names, types
        self._kept: list[Kind | None] = [_declared(kind) for kind in types]
        self._digits = {number: (1, 0) for number, kind in enumerate(types) if kind == "numeric"}

    def take(self, texts: tuple[Column, ...]) -> None:
        """Looks at further rows."""
        for number, text in enumerate(texts):
            kind = self._kept[number]
            if number not in self._digits and kind is not None and not _fits(text, kind):
                self._kept[number] = None
        self.take_digits(texts)

    def take_digits(self, texts: tuple[Column, ...]) -> None:
        """Looks at what casting alone would not tell of them."""
        for number, found in self._digits.items():
            self._digits[number] = _digits(texts[number], found)

    @property
    def schema(self) -> Schema:
        """By all rows so far."""
        measured = {number: _roomy(*found) for number, found in self._digits.items()}
        kept = (measured.get(number, kind) or pa.string() for number, kind in enumerate(self._kept))
        return Schema(self._names, self._types, tuple(kept))


def schema_of(path: Path, names: tuple[str, ...], types: tuple[str, ...]) -> Schema:
    """By all rows of the stream's file, which are read once for it."""
    measure = Measure(names, types)
    for texts in _texts(path, names):
        measure.take(texts)
    return measure.schema


def measured(path: Path, names: tuple[str, ...], types: tuple[str, ...]) -> Measure:
    """By the first rows of the stream's file."""
    measure = Measure(names, types)
    for texts in islice(_texts(path, names), FIRST):
        measure.take(texts)
    return measure


def batches(path: Path, schema: Schema, measure: Measure | None = None) -> Iterator[Batch]:
    """The rows of the stream's file, typed.

    :param measure: what the schema was told by, if not by all rows
    :raises OutgrownError: the rows after those need another one
    """
    for texts in _texts(path, schema.names):
        if measure is not None:
            measure.take_digits(texts)
            if measure.schema != schema:
                raise OutgrownError
        try:
            values = tuple(typed(text, kind) for text, kind in zip(texts, schema.kept, strict=True))
        except pa.ArrowInvalid:
            raise OutgrownError from None
        yield Batch(texts, values)


def typed(text: Column, kind: Kind) -> Column:
    """A column in its type.

    :raises pyarrow.ArrowInvalid: a value does not fit
    """
    return SPECIAL.get(str(kind), _cast)(text, kind)


def _cast(text: Column, kind: Kind) -> Column:
    return text if kind == pa.string() else pc.cast(text, kind)


def _boolean(text: Column, _kind: Kind) -> Column:
    yes, no = pc.is_in(text, TRUE), pc.is_in(text, FALSE)
    if pc.any(pc.and_(text.is_valid(), pc.invert(pc.or_(yes, no)))).as_py():
        raise pa.ArrowInvalid("neither true nor false")
    return pc.if_else(text.is_valid(), yes, pa.scalar(None, pa.bool_()))


def _time(text: Column, kind: Kind) -> Column:
    moment = pc.binary_join_element_wise("1970-01-01", text, " ")
    return pc.cast(pc.cast(moment, pa.timestamp("us")), kind)


SPECIAL: dict[str, Callable[[Column, Kind], Column]] = {"bool": _boolean, "time64[us]": _time}


def _declared(kind: str) -> Kind | None:
    if sized := SIZED.fullmatch(kind):
        return _decimal(int(sized[1]) - int(sized[2] or 0), int(sized[2] or 0))
    return FIXED.get(kind)


def _decimal(whole: int, fraction: int) -> Kind | None:
    if whole < 0 or whole + fraction > pa.decimal256(76).precision:
        return None
    digits = max(whole + fraction, 1)
    return (pa.decimal128 if digits <= pa.decimal128(38).precision else pa.decimal256)(digits, fraction)


def _roomy(whole: int, fraction: int) -> Kind | None:
    """Room for what later versions of the table may bring, so that their files keep their types."""
    room = next((most for most in ROOMS if 0 <= whole <= most - fraction), None)
    return None if room is None else _decimal(room - fraction, fraction)


def _fits(text: Column, kind: Kind) -> bool:
    try:
        typed(text, kind)
    except pa.ArrowInvalid:
        return False
    return True


def _digits(text: Column, most: tuple[int, int]) -> tuple[int, int]:
    """Most digits before and after the point; -1 before it: some value is no plain number."""
    if most[0] < 0 or not pc.all(pc.match_substring_regex(text, PLAIN_NUMBER)).as_py():
        return (-1, 0) if most[0] < 0 or text.null_count < len(text) else most
    whole = pc.max(pc.utf8_length(pc.replace_substring_regex(text, r"^[+-]|\.\d*$", ""))).as_py()
    fraction = pc.max(pc.utf8_length(pc.replace_substring_regex(text, r"^[+-]?\d+\.?", ""))).as_py()
    return max(most[0], whole or 0), max(most[1], fraction or 0)


def _texts(path: Path, names: tuple[str, ...]) -> Iterator[tuple[Column, ...]]:
    """The columns as texts, some thousand rows at a time; Arrow's own reader runs far ahead of its caller."""
    read = pa_csv.ReadOptions(use_threads=False, block_size=1 << 30, column_names=list(names))
    parse = pa_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False)
    convert = pa_csv.ConvertOptions(
        column_types={name: pa.string() for name in names}, null_values=[""],
        strings_can_be_null=True, quoted_strings_can_be_null=False,
    )  # fmt: skip
    for records in _records(path):
        block = pa_csv.read_csv(pa.BufferReader(records), read, parse, convert).combine_chunks()
        for begin in range(0, block.num_rows, ROWS):
            yield tuple(one.chunk(0) for one in block.slice(begin, ROWS).columns)


def _records(path: Path) -> Iterator[bytes]:
    """The file after its heading, in pieces that end where a record ends."""
    with path.open("rb") as file:
        file.readline()
        rest = b""
        while more := file.read(BLOCK):
            rest += more
            end = _last_end(rest)
            if end:
                yield rest[:end]
                rest = rest[end:]


def _last_end(data: bytes) -> int:
    """Where the last whole record ends: a line break inside quotes ends none. 0: no record is whole."""
    inside, end = data.count(b'"') % 2 == 1, len(data)
    while end > 0:
        quote = data.rfind(b'"', 0, end)
        found = -1 if inside else data.rfind(b"\n", quote + 1, end)
        if found >= 0:
            return found + 1
        inside, end = not inside, quote
    return 0
