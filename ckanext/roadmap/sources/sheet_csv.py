"""Lines of a CSV as offices save it: UTF-8, UTF-16 or CP1251, with commas, semicolons or tabs."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from .sheet_errors import fault

_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_DELIMITERS = ",;\t"


def csv_lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each record with the number of its first line.

    :raises ListError: bytes that are no text, or quoting that does not end
    """
    text = _decoded(content)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    before = 0
    try:
        for line in reader:
            yield before + 1, line
            before = reader.line_num
    except csv.Error as error:
        raise fault("csv", reader.line_num, "", f"{error}.", "Mend the quoting of this row.") from error


def _decoded(content: bytes) -> str:
    try:
        if content.startswith(_WIDE_MARKS):
            return content.decode("utf-16")
        if wide := _wide_without_mark(content):
            return content.decode(wide)
        return _narrow(content)
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        remedy = "Save the file as CSV in UTF-8."
        raise fault("encoding", row, "", "The text is neither UTF-8, UTF-16 nor CP1251.", remedy) from error


def _narrow(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1251")


def _wide_without_mark(content: bytes) -> str | None:
    """UTF-16 tells itself by the zero bytes beside the Latin letters of the header."""
    head = content[:64]
    if len(head) < 4 or b"\0" not in head:
        return None
    return "utf-16-le" if head[1::2].count(0) >= head[::2].count(0) else "utf-16-be"


def _delimiter(text: str) -> str:
    """What separates the cells: of the marks outside quotes, the one that most lines hold."""
    outside = "".join(text[:4000].split('"')[::2])
    lines = outside.splitlines()
    return max(_DELIMITERS, key=lambda mark: (sum(mark in line for line in lines), outside.count(mark)))
