"""The rows of a delimited file: as bytes where nothing has to be changed, else as columns of texts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ckanext.roadmap.sources.arrow import csv as arrow_csv
from ckanext.roadmap.sources.arrow import pa
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.flat import Flat

from .layout import UNKNOWN, Layout, utf8_lines
from .tally import Tally

SIZE = 256 * 1024
BLOCK = 8 << 20
COUNTS = re.compile(r"(?:Row #\d+: )?Expected \d+ columns, got \d+")
"""What may be told of Arrow's complaint about a row; behind it stands the row."""


class NotPlainError(Exception):
    """A file that looked plain at a glance is not: it has to be looked at whole."""


def plain_batches(layout: Layout) -> Iterator[bytes]:
    """A plain file's rows without its header: whole records, each ended by LF.

    :raises NotPlainError: only after a glance; what breaks a record's form is left to who reads the batches
    """
    waiting: list[bytes] = []
    inside, header = False, True
    tally = Tally(counted="") if layout.records == UNKNOWN else None
    for lines in utf8_lines(layout.path, layout.encoding, SIZE):
        if tally:
            _look_on(tally, lines, layout.delimiter)
        batch, inside = (lines, tally.inside) if tally and b"\r" not in lines else _unix(lines, inside)
        waiting.append(batch)
        if inside:
            continue
        flat = tally is not None and tally.flat and len(waiting) == 1
        whole, waiting = b"".join(waiting), []
        if header:
            whole, header = _without_header(whole), False
        if whole:
            yield Flat(whole) if flat else whole
    if tally and tally.inside:
        raise NotPlainError


def block_columns(records: bytes, layout: Layout, names: Sequence[str]) -> list[Any]:
    """Columns of these names of some whole records, as Arrow's texts."""
    table = arrow_csv.read_csv(
        pa.BufferReader(records),
        read_options=arrow_csv.ReadOptions(
            block_size=len(records) + 1, use_threads=False, column_names=list(layout.header)
        ),
        parse_options=_parsing(layout),
        convert_options=_converting(layout, names),
    )
    return [column.combine_chunks() for column in table.columns]


def text_columns(layout: Layout, names: Sequence[str]) -> Iterator[list[Any]]:
    """Columns of these names as Arrow's texts, some thousand rows at a time; NULL is nothing, `""` is not."""
    source = pa.PythonFile(_Blocks(layout), mode="r")
    try:
        reader = arrow_csv.open_csv(
            source,
            read_options=arrow_csv.ReadOptions(block_size=BLOCK, use_threads=False),
            parse_options=_parsing(layout),
            convert_options=_converting(layout, names),
        )
        for batch in reader:
            yield list(batch.columns)
    except pa.ArrowInvalid as error:
        found = COUNTS.search(str(error))
        detail = found[0] if found else type(error).__name__
        raise SourceError(
            "file_rows",
            f"The rows of the file cannot be read ({detail}).",
            "Save it as CSV in UTF-8, with quotes around values that hold delimiters or line ends.",
            detail=detail,
        ) from None


def _parsing(layout: Layout) -> Any:
    return arrow_csv.ParseOptions(delimiter=layout.delimiter, newlines_in_values=True)


def _converting(layout: Layout, names: Sequence[str]) -> Any:
    return arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(layout.header, pa.string()),
        include_columns=list(names),
        null_values=[""],
        strings_can_be_null=True,
        quoted_strings_can_be_null=False,
    )


def _look_on(tally: Tally, lines: bytes, delimiter: str) -> None:
    tally.take(lines)
    if not tally.is_plain(delimiter):
        raise NotPlainError


def _unix(lines: bytes, inside: bool) -> tuple[bytes, bool]:
    """Line ends outside quotes as LF, and whether a quoted value is still open at the end."""
    if b'"' not in lines:
        return (lines if inside else lines.replace(b"\r\n", b"\n")), inside
    if b"\r" not in lines:
        return lines, inside ^ (lines.count(b'"') % 2 == 1)
    pieces = lines.split(b'"')
    for number in range(int(inside), len(pieces), 2):
        pieces[number] = pieces[number].replace(b"\r\n", b"\n")
    return b'"'.join(pieces), inside ^ (len(pieces) % 2 == 0)


def _without_header(records: bytes) -> bytes:
    end = records.find(b"\n")
    while records.count(b'"', 0, end) % 2:
        end = records.find(b"\n", end + 1)
    return records[end + 1 :]


class _Blocks:
    """The file in UTF-8 as Arrow reads it."""

    closed = False

    def __init__(self, layout: Layout) -> None:
        self._blocks = utf8_lines(layout.path, layout.encoding)
        self._rest = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end."""
        while not self._rest:
            block = next(self._blocks, None)
            if block is None:
                return b""
            self._rest = block
        given, self._rest = self._rest[:size], self._rest[size:]
        return given

    def close(self) -> None:
        """Lets the file go."""
        self.closed = True
