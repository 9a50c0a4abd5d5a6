"""Staging tables: made for one run, swept away when a run left one behind."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import errors, sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.loading.datastore import LOCK_SPACE, STAGING, diff, fresh, old, raw
from ckanext.roadmap.loading.plan import FullText, LoadPlan
from ckanext.roadmap.loading.publish import sweep_parts
from ckanext.roadmap.sources.work import sweep_work

from .errors import StageError

NUMBERS_AT_ONCE = 10_000


def ensure_schema(connection: Connection) -> bool:
    """The staging schema, made if it is not there; whether it was made."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", (STAGING,))
        missing = cursor.fetchone() is None
        if missing:
            try:
                cursor.execute(sql.SQL("CREATE SCHEMA IF NOT EXISTS {}").format(sql.Identifier(STAGING)))
            except (errors.InsufficientPrivilege, errors.UniqueViolation) as error:
                connection.rollback()
                if isinstance(error, errors.UniqueViolation):
                    return False
                raise StageError(
                    "schema_refused",
                    f"The DataStore's write role may not create the schema {STAGING}.",
                    f"Let a superuser run: CREATE SCHEMA {STAGING} AUTHORIZATION <write role>.",
                    schema=STAGING,
                ) from None
    connection.commit()
    return missing


def drop_schema(connection: Connection) -> None:
    """Takes the staging schema away, unless somebody has put a table into it."""
    if connection.closed:
        return
    with suppress(errors.DependentObjectsStillExist), connection, connection.cursor() as cursor:
        cursor.execute(sql.SQL("DROP SCHEMA {}").format(sql.Identifier(STAGING)))


def create_raw(cursor: Any, plan: LoadPlan, types: tuple[str, ...]) -> sql.Identifier:
    """An empty, unlogged table for rows that will be compared; part of the transaction that fills it."""
    table = raw(plan.resource_id)
    return _create(cursor, table, "CREATE UNLOGGED TABLE {} (_id serial, {})", plan, types)


def create_fresh(cursor: Any, plan: LoadPlan, types: tuple[str, ...]) -> sql.Identifier:
    """An empty table in the form that CKAN wants; part of the transaction that fills it."""
    vector = "tsvector DEFAULT ''" if plan.full_text is FullText.OFF else "tsvector"
    statement = f"CREATE TABLE {{}} (_id serial, _full_text {vector}, {{}})"
    return _create(cursor, fresh(plan.resource_id), statement, plan, types)


def _create(
    cursor: Any, table: sql.Identifier, statement: str, plan: LoadPlan, types: tuple[str, ...]
) -> sql.Identifier:
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind))
        for name, kind in zip(plan.names, types, strict=True)
    ]
    try:
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
        cursor.execute(sql.SQL(statement).format(table, sql.SQL(", ").join(columns)))
    except (errors.UndefinedObject, errors.SyntaxError) as error:
        raise StageError(
            "type_unknown",
            f"A column has a type that the DataStore does not know: {error.diag.message_primary}.",
            "Use text, int4, int8, numeric, float8, bool, date, timestamp or jsonb in the mapping.",
            detail=error.diag.message_primary,
        ) from None
    # one number at a time would cost a fifth of the COPY
    sequence = sql.Identifier(STAGING, f"{table.strings[1]}__id_seq")
    cursor.execute(sql.SQL("ALTER SEQUENCE {} CACHE {}").format(sequence, sql.Literal(NUMBERS_AT_ONCE)))
    return table


def drop(cursor: Any, resource_id: str) -> None:
    """Takes all staging tables of a resource away."""
    for table in (raw, fresh, diff, old):
        cursor.execute(sql.SQL("DROP TABLE IF EXISTS {} CASCADE").format(table(resource_id)))


def sweep(connection: Connection, folder: Path) -> list[str]:
    """Drops staging tables and temporary files that no running load holds.

    :returns: the resources whose tables were dropped
    """
    swept: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", (STAGING,))
        for resource_id in sorted({name.split("_", 1)[1] for (name,) in cursor.fetchall() if "_" in name}):
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", (LOCK_SPACE, resource_id))
            if (cursor.fetchone() or [False])[0]:
                drop(cursor, resource_id)
                swept.append(resource_id)
            connection.commit()
    sweep_parts(folder)
    sweep_work()
    return swept


def discard(connection: Connection, resource_id: str) -> None:
    """Forgets what was staged, whatever state the connection is in."""
    if connection.closed:
        return
    connection.rollback()
    try:
        with connection.cursor() as cursor:
            drop(cursor, resource_id)
        connection.commit()
    except psycopg2.Error:
        connection.rollback()
