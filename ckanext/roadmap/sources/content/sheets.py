"""Tables that people save: CSV in any of their encodings, and workbooks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from ckanext.roadmap.domain.content import Content, Fingerprint, cell, together
from ckanext.roadmap.sources.sheet_csv import csv_lines
from ckanext.roadmap.sources.workbook import is_too_large


def csv_content(content: bytes, asked: frozenset[str]) -> Content:
    """The content of a CSV or TSV.

    :raises ValueError: there is nothing in it
    :raises ListError: it can't be read
    """
    return _table((line for _, line in csv_lines(content)), asked)


def book_content(content: bytes, asked: frozenset[str]) -> Content:
    """The content of a workbook, all its filled sheets together; their names and looks don't count.

    :raises ValueError: it can't be read
    """
    try:
        if content.startswith(b"PK") and _is_xlsx_too_large(content):
            raise ValueError
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=True) for name in book.sheet_names]
    except (CalamineError, OSError, LookupError, RuntimeError) as error:
        raise ValueError from error
    return together([_table(sheet, asked) for sheet in sheets if any(map(_is_filled, sheet))])


def _is_xlsx_too_large(content: bytes) -> bool:
    try:
        return is_too_large(content)
    except BadZipFile:
        return False  # an ODS has no such parts


def _table(lines: Iterable[Sequence[Any]], asked: frozenset[str]) -> Content:
    filled: Iterator[Sequence[Any]] = filter(_is_filled, lines)
    header = next(filled, None)
    if header is None:
        raise ValueError
    taken = Fingerprint(_trimmed(header), asked)
    for line in filled:
        taken.add(line)
    return taken.content()


def _is_filled(line: Sequence[Any]) -> bool:
    return any(map(cell, line))


def _trimmed(header: Sequence[Any]) -> list[Any]:
    names = list(header)
    while names and not cell(names[-1]):
        names.pop()
    return names
