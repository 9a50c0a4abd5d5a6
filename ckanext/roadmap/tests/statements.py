"""Counts SQL statements, so that a page's number of them can be held flat."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from ckan import model


@contextmanager
def recorded() -> Iterator[list[str]]:
    """The statements sent to CKAN's database inside the block."""
    statements: list[str] = []

    def listen(_connection, _cursor, statement, *_rest):
        statements.append(statement)

    sa.event.listen(model.meta.engine, "before_cursor_execute", listen)
    try:
        yield statements
    finally:
        sa.event.remove(model.meta.engine, "before_cursor_execute", listen)
