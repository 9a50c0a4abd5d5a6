"""Makes small tables for tests: CSV and XLSX of the same cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from openpyxl import Workbook

from ckanext.roadmap.domain.errors import ListError


def as_csv(rows: list[list[object]]) -> bytes:
    """The cells as CSV."""
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


def as_xlsx(rows: list[list[object]]) -> bytes:
    """The cells as the first sheet of a workbook."""
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


def table(header: tuple[str, ...], *rows: dict[str, object]) -> list[list[object]]:
    """Rows given by column, under their header."""
    return [list(header), *[[row.get(name, "") for name in header] for row in rows]]


def told(caught: pytest.ExceptionInfo[ListError]) -> tuple[str, int, str]:
    """Code, row and column of an error, after seeing that its text holds them and a remedy."""
    return said(caught.value)


@contextmanager
def read_or_refused() -> Iterator[None]:
    """What is read within is either taken, or refused in words; nothing else may happen."""
    try:
        yield
    except ListError as error:
        said(error)


def said(error: ListError) -> tuple[str, int, str]:
    """Code, row and column of an error, after seeing that its text holds them and a remedy."""
    assert error.row >= 1
    assert error.column
    assert f"Row {error.row}, column {error.column}: " in str(error)
    assert len(str(error).split(": ", 1)[1]) > 20, "the text says what to do"
    return error.code, error.row, error.column
