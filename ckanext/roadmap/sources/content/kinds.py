"""Which format a published file has: told by its bytes, whatever somebody calls it.

The same bytes are the same content, also when a catalogue's record gives them another format.
"""

from __future__ import annotations

import io
from zipfile import BadZipFile, ZipFile

PAGES = (b"<!doctype html", b"<html", b"<head", b"<body", b"<svg")
_MARKS = {
    b"PAR1": "parquet", b"\x1f\x8b": "gz", b"\xd0\xcf\x11\xe0": "book", b"%PDF": "bytes", b"{\\rtf": "bytes",
}  # fmt: skip
_BOOKS = ("xl/workbook.xml", "xl/workbook.bin")
_SHEETS = b"application/vnd.oasis.opendocument.spreadsheet"
_PAPERS = ("[Content_Types].xml", "mimetype")
_CONTROLS = bytes({*range(9), *range(14, 32)} - {0})
_START = 4096


def kind_of(content: bytes) -> str:
    """One of `book`, `zip`, `gz`, `parquet`, `json`, `xml`, `text`; else `bytes`."""
    start = content[:_START]
    if start.startswith(b"PK"):
        return _packed(content)
    if marked := next((kind for mark, kind in _MARKS.items() if start.startswith(mark)), None):
        return marked
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith((b"{", b"[")):
        return "json"
    if text.startswith(b"<"):
        return "bytes" if text.lower().startswith(PAGES) else "xml"
    return "text" if _is_text(start) else "bytes"


def _packed(content: bytes) -> str:
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
            if names.intersection(_BOOKS):
                return "book"
            if not names.intersection(_PAPERS):
                return "zip"
            is_sheets = "mimetype" in names and archive.open("mimetype").read(100).strip() == _SHEETS
    except (BadZipFile, OSError, RuntimeError):
        return "bytes"
    return "book" if is_sheets else "bytes"


def _is_text(start: bytes) -> bool:
    """Text has no marks of control; in UTF-16 each second byte may be empty."""
    empty = start.count(0)
    if empty and not start.startswith((b"\xff\xfe", b"\xfe\xff")) and empty < len(start) // 3:
        return False
    return not any(sign in _CONTROLS for sign in start.translate(None, b"\0")) or bool(empty)
