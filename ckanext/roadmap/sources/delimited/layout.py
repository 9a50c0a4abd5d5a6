"""How a delimited file is laid out, by all of its records."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ckanext.roadmap.sources.errors import SourceError

from .encoding import BLOCK, encoding_of

DELIMITERS = ",;\t|"
ENDS = {b"\n", b"\r"}
AS_IS = ("utf-8", "utf-8-sig")


@dataclass(frozen=True, slots=True)
class Layout:
    """What one needs to know to read the file.

    :ivar header: names of the columns
    :ivar records: number of rows below the header
    :ivar plain: the bytes are such that every reader takes them alike
    """

    path: Path
    encoding: str
    delimiter: str
    header: tuple[str, ...]
    records: int
    plain: bool


@dataclass(slots=True)
class _Tally:
    """What is counted outside quotes."""

    signs: dict[str, int] = field(default_factory=lambda: dict.fromkeys(DELIMITERS, 0))
    lines: int = 0
    blanks: int = 0
    inside: bool = False
    odd: bool = False
    before: set[bytes] = field(default_factory=set[bytes])
    after: set[bytes] = field(default_factory=set[bytes])

    def take(self, lines: bytes) -> None:
        """Counts a block of whole lines."""
        pieces = lines.split(b'"')
        outside = pieces[int(self.inside) :: 2]
        last_is_outside = (len(pieces) % 2 == 1) != self.inside
        self.after.update(piece[:1] for piece in outside[0 if self.inside else 1 :] if piece)
        self.before.update(piece[-1:] for piece in (outside[:-1] if last_is_outside else outside) if piece)
        text = b"\0".join(outside).replace(b"\r\n", b"\n")
        self.odd |= b"\r" in text or b"\\." in text
        self.blanks += _blank_lines(text, self.inside)
        self.lines += text.count(b"\n")
        for sign in DELIMITERS:
            self.signs[sign] += text.count(sign.encode())
        self.inside ^= len(pieces) % 2 == 0


def look(path: Path) -> Layout:
    """Reads the whole file once.

    :raises SourceError: it is empty, no text, or its records are not alike
    """
    encoding = encoding_of(path)
    tally = _Tally()
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
    header = next(csv.reader(io.StringIO(head, newline=""), delimiter=delimiter))
    if tally.signs[delimiter] != records * (len(header) - 1):
        raise _ragged(path, encoding, delimiter, len(header))
    edges = {delimiter.encode(), *ENDS}
    plain = not tally.odd and not tally.blanks and tally.before <= edges and tally.after <= edges
    return Layout(path, encoding, delimiter, tuple(header), records - 1, plain and encoding in AS_IS)


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


def _blank_lines(text: bytes, inside: bool) -> int:
    lead = 0 if inside else len(text) - len(text.lstrip(b"\n"))
    body = text[lead:]
    blank = lead
    while b"\n\n" in body:
        shorter = body.replace(b"\n\n", b"\n")
        blank += len(body) - len(shorter)
        body = shorter
    return blank


def _head(path: Path, encoding: str) -> str:
    """The first block's text, without the blank lines that some programs put before the header."""
    return next(utf8_lines(path, encoding), b"").decode().lstrip("\r\n")


def _delimiter(head: str, tally: _Tally, records: int) -> str:
    """The sign that stands between as many cells in all records as in the header; else the header's own."""
    cells = {
        sign: len(next(csv.reader(io.StringIO(head, newline=""), delimiter=sign), list[str]()))
        for sign in DELIMITERS
    }
    return max(
        DELIMITERS, key=lambda sign: (tally.signs[sign] == records * (cells[sign] - 1) > 0, cells[sign])
    )


def _ragged(path: Path, encoding: str, delimiter: str, width: int) -> SourceError:
    lines = (line for block in utf8_lines(path, encoding) for line in io.StringIO(block.decode(), newline=""))
    reader = csv.reader(lines, delimiter=delimiter)
    wrong = next((record for record in reader if record and len(record) != width), list[str]())
    return SourceError(
        "row_ragged",
        f"Line {reader.line_num} of the file has {len(wrong)} cells; its header has {width}.",
        "Mend that row; a value that holds the delimiter must stand in quotes.",
        line=reader.line_num,
        found=len(wrong),
        expected=width,
    )
