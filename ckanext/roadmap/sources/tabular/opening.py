"""Which format a file has: as the mapping says, as its name ends, as its bytes begin."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile

from ckanext.roadmap.sources.errors import SourceError

from .base import Ask, Tabular, formats, opener_of

PAGES = (b"<!doctype html", b"<html", b"<head", b"<body")
BOOKS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb", "content.xml": "ods"}
MARKS = {b"PAR1": "parquet", b"\x1f\x8b": "gz", b"\xd0\xcf\x11\xe0": "xls"}


def open_file(path: Path, ask: Ask) -> Tabular:
    """A file as a table.

    :raises SourceError: it is no table, a page for people, cut off, or too large unpacked
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if not start:
        raise SourceError(
            "file_empty", "The file is empty.", "Write the columns' names in its first line."
        )  # fmt: skip
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(PAGES):
        raise SourceError(
            "file_page", f"In the place of {ask.name} came a page for people (HTML).",
            "The address may ask for a login or show an error: open it, and give the file's own address.",
            name=ask.name,
        )  # fmt: skip
    kind = _kind(path, start, ask)
    opener = opener_of(kind)
    if opener is None:
        raise SourceError(
            "file_format_unknown", f"The file {ask.name} has no format that can be read ({kind}).",
            f"Give it as one of {', '.join(formats())}.", name=ask.name, kind=kind,
            known=", ".join(formats()),
        )  # fmt: skip
    return opener(path, ask)


def _kind(path: Path, start: bytes, ask: Ask) -> str:
    if named := ask.options.get("format"):
        return str(named)
    ending = PurePosixPath(ask.name).suffix.lower().lstrip(".")
    return ending if opener_of(ending) else _by_bytes(path, start)


def _by_bytes(path: Path, start: bytes) -> str:
    if start.startswith(b"PK"):
        return _packed(path)
    if marked := next((kind for mark, kind in MARKS.items() if start.startswith(mark)), None):
        return marked
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        return "xml"
    if text.startswith((b"{", b"[")):
        return "jsonl" if text.startswith(b"{") and b'}\n{"' in start.replace(b"\r", b"") else "json"
    return "csv"


def _packed(path: Path) -> str:
    try:
        with ZipFile(path) as archive:
            names = set(archive.namelist())
    except BadZipFile:
        return "zip"
    return next((kind for part, kind in BOOKS.items() if part in names), "zip")
