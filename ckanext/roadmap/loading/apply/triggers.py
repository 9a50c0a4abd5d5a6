"""Triggers of a live table: kept over a swap, silent while the portal itself writes."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from psycopg2 import sql

TRIGGERS = (
    "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = %s AND NOT tgisinternal ORDER BY tgname"
)
ENABLED = (
    "SELECT tgname FROM pg_trigger "
    "WHERE tgrelid = %s AND NOT tgisinternal AND tgenabled = 'O' ORDER BY tgname"
)
FULL_TEXT = (
    "CREATE TRIGGER zfulltext BEFORE INSERT OR UPDATE ON {} "
    "FOR EACH ROW EXECUTE PROCEDURE populate_full_text_trigger()"
)


def definitions(cursor: Any, oid: int) -> list[str]:
    """How the table's triggers are made."""
    cursor.execute(TRIGGERS, (oid,))
    return [definition for (definition,) in cursor.fetchall()]


def full_text(table: sql.Identifier, cursor: Any) -> str:
    """CKAN's own trigger."""
    return sql.SQL(FULL_TEXT).format(table).as_string(cursor)


@contextmanager
def silent(cursor: Any, table: sql.Identifier, oid: int) -> Generator[None]:
    """A swap fires none of them, so a merge must not either; a fault rolls all back anyway."""
    cursor.execute(ENABLED, (oid,))
    names = [name for (name,) in cursor.fetchall()]
    _alter(cursor, table, "DISABLE", names)
    yield
    _alter(cursor, table, "ENABLE", names)


def _alter(cursor: Any, table: sql.Identifier, verb: str, names: list[str]) -> None:
    for name in names:
        cursor.execute(sql.SQL("ALTER TABLE {} " + verb + " TRIGGER {}").format(table, sql.Identifier(name)))
