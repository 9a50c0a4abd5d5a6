"""How much memory the index of search vectors is made with: little is faster while it fits the cache."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from psycopg2 import sql

from ckanext.roadmap.loading.datastore import one

SMALL = "8MB"
"""The words gathered so far are looked through for every word of a row: a small tree of them stays in the
processor's own cache (measured: a fourth less time). Each time it is full it is written into the index, at
places all over it, which is dear once these are not in the server's memory."""
FITS = """
    SELECT current_setting('maintenance_work_mem'),
        pg_relation_size(%s::regclass) / 2 < 0.8 * pg_size_bytes(current_setting('shared_buffers'))"""
SET = "SELECT set_config('maintenance_work_mem', %s, false)"


@contextmanager
def gin_memory(cursor: Any, table: sql.Identifier) -> Generator[None]:
    """While inside, the session's indexes are made with the memory that suits this table's search index."""
    cursor.execute(FITS, (table.as_string(cursor),))
    before, fits = one(cursor)
    if fits:
        cursor.execute(SET, (SMALL,))
    yield
    cursor.execute(SET, (before,))
