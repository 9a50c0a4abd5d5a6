"""Tables that people save: CSV in any of their encodings, and workbooks."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any
from zipfile import BadZipFile

from python_calamine import CalamineError, CalamineWorkbook

from ckanext.roadmap.domain.content import Content, Fingerprint, cell, together
from ckanext.roadmap.sources.sheet_csv import csv_lines
from ckanext.roadmap.sources.workbook import is_too_large

_MOST_TITLES = 5
_LOOKED_AT = 20


def csv_content(content: bytes, asked: frozenset[str]) -> Content:
    """The content of a CSV or TSV.

    :raises ValueError: there is nothing in it
    :raises ListError: it can't be read
    """
    return _table((line for _, line in csv_lines(content)), asked)


def is_delimited(content: bytes) -> bool:
    """Whether lines are cells side by side, and not words: the first ones have as many, and more than one."""
    widths = [len(line) for _, line in islice(csv_lines(content), _LOOKED_AT) if _is_filled(line)]
    return len(widths) > 1 and widths[0] > 1 and set(widths) == {widths[0]}


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
    first = list(islice(filled, _MOST_TITLES + 1))
    if not first:
        raise ValueError
    titles = _titles(first)
    taken = Fingerprint(_trimmed(first[titles]), asked)
    for line in chain(first[titles + 1 :], filled):
        taken.add(line)
    return taken.content()


def _titles(lines: Sequence[Sequence[Any]]) -> int:
    """How many lines stand above the names of the columns: a title, the day of the report."""
    titles = next((place for place, line in enumerate(lines) if any(map(cell, line[1:]))), 0)
    return titles if titles < len(lines) else 0


def _is_filled(line: Sequence[Any]) -> bool:
    return any(map(cell, line))


def _trimmed(header: Sequence[Any]) -> list[Any]:
    names = list(header)
    while names and not cell(names[-1]):
        names.pop()
    return names
