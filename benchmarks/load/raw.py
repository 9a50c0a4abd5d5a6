"""The measure of all things: COPY of the file into a plain table."""

from __future__ import annotations

import time
from pathlib import Path

import psycopg2

from .data import COLUMNS


def copy(store: str, path: Path) -> float:
    """Seconds of one COPY into a new table without index, committed."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    connection = psycopg2.connect(store)
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS raw_copy; CREATE TABLE raw_copy ({columns})")
        connection.commit()
        begun = time.perf_counter()
        with path.open("rb") as file:
            cursor.copy_expert("COPY raw_copy FROM STDIN WITH (FORMAT csv, HEADER)", file, size=1 << 20)
        connection.commit()
        seconds = time.perf_counter() - begun
        cursor.execute("DROP TABLE raw_copy")
        connection.commit()
    connection.close()
    return seconds
