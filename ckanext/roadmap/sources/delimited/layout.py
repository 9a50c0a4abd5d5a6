"""How a delimited file is laid out, by all of its records."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ckanext.roadmap.sources.errors import SourceError

from .encoding import BLOCK, MARKS, encoding_of
from .tally import DELIMITERS, Tally

UNKNOWN = -1
LONGEST = csv.field_size_limit()
AS_IS = ("utf-8", "utf-8-sig")


@dataclass(frozen=True, slots=True)
class Layout:
    """What one needs to know to read the file.

    :ivar header: names of the columns
    :ivar records: number of rows below the header; UNKNOWN after a glance
    :ivar plain: the bytes are such that every reader takes them alike
    """

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    records: int
    plain: bool


def look(path: Path) -> Layout:
    """Reads the whole file once.

    :raises SourceError: it is empty, no text, or its records are not alike
    """
    encoding = encoding_of(path)
    tally = Tally()
    try:
        for block in utf8_lines(path, encoding):
            tally.take(block)
        head = _head(path, encoding)
    except UnicodeDecodeError:
        raise SourceError(
            "file_encoding",
            f"The file is no text in {encoding}.",
            "Save it as CSV in UTF-8.",
            encoding=encoding,
        ) from None
    if not head.strip():
        raise SourceError(
            "file_empty", "The file has no header.", "Write the columns' names in its first line."
        )
    if tally.inside:
        raise SourceError("file_quotes", "A quoted value of the file does not end.", "Mend its quotes.")
    records = tally.lines - tally.blanks
    delimiter = _delimiter(head, tally, records)
    header = _cells(head, delimiter)
    if not header:
        raise SourceError(
            "file_rows",
            f"The rows of the file cannot be read (a name in its header has more than {LONGEST} letters).",
            "Save it as CSV in UTF-8, with quotes around values that hold delimiters or line ends.",
            detail=f"> {LONGEST}",
        )
    if tally.signs[delimiter] != records * (len(header) - 1):
        raise _ragged(path, encoding, delimiter, len(header))
    plain = tally.is_plain(delimiter) and encoding in AS_IS
    return Layout(path, encoding, delimiter, tuple(header), records - 1, plain)


def glance(path: Path, size: int) -> Layout | None:
    """The layout of a plain UTF-8 file with commas, by its first bytes; None: only all of them can tell.

    The rest is to be looked at as it is read (`plain_batches`). A file that is not larger is not glanced at.
    """
    with path.open("rb") as file:
        head = file.read(size)
    whole = head[: head.rfind(b"\n") + 1]
    if len(head) < size or not whole or any(whole.startswith(mark) for mark, _ in MARKS[1:]):
        return None
    tally, encoding = Tally(), "utf-8-sig" if whole.startswith(codecs.BOM_UTF8) else "utf-8"
    try:
        text = whole.decode(encoding)
    except UnicodeDecodeError:
        return None
    tally.take(text.encode())
    if "\0" in text or tally.blanks:
        return None
    delimiter = _delimiter(text, tally, tally.lines)
    header = _cells(text, delimiter)
    fits = tally.inside or tally.signs[delimiter] == tally.lines * (len(header) - 1)
    if delimiter != "," or len(header) < 2 or not fits or not tally.is_plain(delimiter):
        return None
    return Layout(path, encoding, delimiter, tuple(header), UNKNOWN, True)


def utf8_lines(path: Path, encoding: str, size: int = BLOCK) -> Iterator[bytes]:
    """The file's bytes in UTF-8, cut behind line ends; the last line gets one if it has none."""
    decoder = codecs.getincrementaldecoder(encoding)() if encoding not in AS_IS else None
    rest = b""
    with path.open("rb") as file:
        if encoding == "utf-8-sig":
            file.seek(len(codecs.BOM_UTF8))
        while block := file.read(size):
            data = rest + (decoder.decode(block).encode() if decoder else block)
            cut = data.rfind(b"\n") + 1
            rest = data[cut:]
            if cut:
                yield data[:cut]
    if decoder:
        rest += decoder.decode(b"", final=True).encode()
    if rest:
        yield rest + b"\n"


def _head(path: Path, encoding: str) -> str:
    """The first block's text, without the blank lines that some programs put before the header."""
    return next(utf8_lines(path, encoding), b"").decode().lstrip("\r\n")


def _delimiter(head: str, tally: Tally, records: int) -> str:
    """The sign that stands between as many cells in all records as in the header; else the header's own."""
    cells = {sign: len(_cells(head, sign)) for sign in DELIMITERS}
    return max(
        DELIMITERS, key=lambda sign: (tally.signs[sign] == records * (cells[sign] - 1) > 0, cells[sign])
    )


def _cells(head: str, delimiter: str) -> list[str]:
    """Of the first record; none where one of them is longer than any name."""
    try:
        return next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter), list[str]())
    except csv.Error:
        return []


def _ragged(path: Path, encoding: str, delimiter: str, width: int) -> SourceError:
    lines = (line for block in utf8_lines(path, encoding) for line in io.StringIO(block.decode(), newline=""))
    reader, wrong = csv.reader(lines, delimiter=delimiter), list[str]()
    with suppress(csv.Error):  # a cell beyond what the reader takes: the line is known all the same
        wrong = next((record for record in reader if record and len(record) != width), wrong)
    return SourceError(
        "row_ragged",
        f"Line {reader.line_num} of the file has {len(wrong)} cells; its header has {width}.",
        "Mend that row; a value that holds the delimiter must stand in quotes.",
        line=reader.line_num,
        found=len(wrong),
        expected=width,
    )
