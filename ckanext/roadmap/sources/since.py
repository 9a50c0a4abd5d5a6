"""What an interface tells of changes, laid over what was published before: rows by their key."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from ckanext.roadmap.sources.arrow import compute as pc
from ckanext.roadmap.sources.arrow import csv as arrow_csv
from ckanext.roadmap.sources.arrow import pa

ROWS = 10_000
BLOCK = 8 << 20
DAY = re.compile(r"\d{4}-\d\d-\d\d")
BETWEEN = "\x1f"
MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)([+-]\d\d)?(:?\d\d)?")


@dataclass(frozen=True, slots=True)
class Base:
    """What was published last, as its file holds it.

    :ivar watermark: the newest time of change in it
    :ivar types: the DataStore's types of its columns
    """

    watermark: str
    path: Path
    sha256: str
    types: tuple[str, ...]

    def is_whole(self) -> bool:
        """Whether the file is still the one that was published."""
        try:
            with self.path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == self.sha256
        except OSError:
            return False


def asked_form(watermark: str, overlap: int = 0) -> str:
    """A watermark as interfaces take it: a moment in the form of ISO 8601, anything else as it is.

    :param overlap: by how many minutes to go back, for what was written late; where it is a day or a moment
    """
    found = MOMENT.fullmatch(watermark)
    text = watermark
    if found:
        day, clock, zone, minutes = found.groups()
        text = f"{day}T{clock}" + (f"{zone}:{(minutes or '00').lstrip(':')}" if zone else "")
    return _earlier(text, overlap) if overlap else text


def collected(batches: Iterable[Sequence[Any]], names: Sequence[str]) -> Any:
    """Batches of columns as one table of texts."""
    schema = pa.schema([(name, pa.large_string()) for name in names])
    parts = [
        pa.Table.from_arrays([column.cast(pa.large_string()) for column in columns], schema=schema)
        for columns in batches
    ]
    return pa.concat_tables(parts) if parts else schema.empty_table()


def published(path: Path, names: Sequence[str]) -> Any:
    """The rows of a published file; nothing is NULL, `""` is the empty text."""
    return arrow_csv.read_csv(
        path,
        read_options=arrow_csv.ReadOptions(block_size=BLOCK),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            include_columns=list(names),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def laid_over(before: Any, changed: Any, key: Sequence[str]) -> Any:
    """The rows of before, those with a changed key in their new form, and the new ones.

    A row that an interface gives twice, since it changed while its pages were read, counts as it came last.
    """
    last = pa.table({"key": _keys(changed, key), "row": pa.array(range(changed.num_rows))})
    newest = changed.take(last.group_by("key").aggregate([("row", "max")])["row_max"])
    stays = pc.invert(pc.is_in(_keys(before, key), value_set=_keys(newest, key)))
    return pa.concat_tables([before.filter(stays), newest])


def ordered(table: Any, key: Sequence[str]) -> Iterator[list[Any]]:
    """The rows by their key, some thousand at a time: the same rows are the same bytes, however they came."""
    if not table.num_rows:
        return
    order = pc.sort_indices(table, sort_keys=[(name, "ascending") for name in key])
    for batch in table.take(order).combine_chunks().to_batches(max_chunksize=ROWS):
        yield list(batch.columns)


def _earlier(text: str, minutes: int) -> str:
    try:
        moment = datetime.fromisoformat(text) - timedelta(minutes=minutes)
    except (ValueError, OverflowError):
        return text
    return moment.date().isoformat() if DAY.fullmatch(text) else moment.isoformat()


def _keys(table: Any, key: Sequence[str]) -> Any:
    """The key of each row in one text."""
    columns = [table[name].combine_chunks() for name in key]
    separator = pa.scalar(BETWEEN, pa.large_string())
    return pc.binary_join_element_wise(*columns, separator, null_handling="replace", null_replacement="")
