"""SQLite: a file of this machine."""

from __future__ import annotations

import os
import sqlite3

from sqlalchemy.engine import Connection

from .base import Answer, Check, check


@check
class SqliteCheck(Check):
    """The portal's own user may write or not; the clock is the portal's."""

    backend = "sqlite"

    def ask(self, connection: Connection) -> Answer:
        """Version, and whether the file can be written to."""
        files = [row[2] for row in connection.exec_driver_sql("PRAGMA database_list") if row[2]]
        written = any(os.access(file, os.W_OK) for file in files)
        return Answer(f"SQLite {sqlite3.sqlite_version}", None, ("WRITE",) if written else ())
