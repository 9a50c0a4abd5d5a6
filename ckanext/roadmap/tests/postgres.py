"""Throw-away databases of tests that need a real PostgreSQL and no CKAN: a ministry's and a DataStore."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import sql

ADMIN = os.environ.get("ROADMAP_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:25433/postgres")


def connect(url: str) -> Any:
    """An autocommitting connection."""
    connection = psycopg2.connect(url, connect_timeout=5)
    connection.autocommit = True
    return connection


def rows(url: str, statement: Any, *values: object) -> list[tuple[Any, ...]]:
    """Run one statement and give its rows."""
    connection = connect(url)
    try:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def admin(database: str) -> str:
    """The superuser's address of a database."""
    return ADMIN.rsplit("/", 1)[0] + f"/{database}"


def as_role(role: str, password: str, database: str) -> str:
    """A role's address of a database."""
    return f"postgresql://{role}:{password}@{ADMIN.rsplit('/', 1)[0].rsplit('@', 1)[-1]}/{database}"


@contextmanager
def database(prefix: str, owner: str | None = None) -> Iterator[str]:
    """A database that exists for the length of the block."""
    name = f"{prefix}_{secrets.token_hex(4)}"
    create = sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name))
    rows(ADMIN, create + sql.SQL(" OWNER {}").format(sql.Identifier(owner)) if owner else create)
    try:
        yield name
    finally:
        rows(ADMIN, sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def role(prefix: str) -> Iterator[tuple[str, str]]:
    """A login with a password that no other text holds."""
    name, password = f"{prefix}_{secrets.token_hex(4)}", f"S{secrets.token_hex(12)}"
    rows(
        ADMIN, sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(sql.Identifier(name), sql.Literal(password))
    )
    try:
        yield name, password
    finally:
        rows(ADMIN, sql.SQL("DROP ROLE IF EXISTS {}").format(sql.Identifier(name)))


def permit(name: str, write: str, read: str) -> None:
    """Make a database a DataStore by CKAN's own script."""
    import ckanext.datastore

    script = (Path(next(iter(ckanext.datastore.__path__))) / "set_permissions.sql").read_text()
    body = script.split("\\connect {datastoredb}")[1]
    values = {
        "datastoredb": name,
        "maindb": "postgres",
        "mainuser": write,
        "writeuser": write,
        "readuser": read,
    }
    for key, value in values.items():
        body = body.replace("{" + key + "}", f'"{value}"')
    body = body.replace('REVOKE CONNECT ON DATABASE "postgres"', '-- REVOKE CONNECT ON DATABASE "postgres"')
    rows(admin(name), body)
