"""Faults of a file that holds a table."""

from __future__ import annotations

from ckanext.roadmap.domain.errors import ListError


def fault(code: str, row: int, column: str, text: str, remedy: str) -> ListError:
    """A refusal by row and column."""
    return ListError(code, text, row=row, column=column or "-", remedy=remedy)
