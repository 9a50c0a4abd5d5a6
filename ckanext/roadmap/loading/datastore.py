"""The DataStore as the load engine sees it: one guarded connection, the lock of a resource, its names."""

from __future__ import annotations

import hashlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.sources.scrub import without_values

from .errors import BusyError, LoadError

STAGING = "roadmap_staging"
LOCK_SPACE = 0x0DA7A
LONGEST = 6 * 3600
SETTINGS = (
    "-c DateStyle=ISO,YMD -c IntervalStyle=iso_8601 -c TimeZone=UTC -c client_connection_check_interval=2s "
    "-c tcp_keepalives_idle=20 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4"
)
"""A host that vanishes without a word would else hold a table for hours: it is missed after 40 seconds."""


class DatastoreError(LoadError):
    """The DataStore refused a step that is not the data's fault."""

    phase = "start"


def open_datastore(url: str, read_only: bool = False, statement_seconds: int = LONGEST) -> Connection:
    """A connection of our own to the DataStore.

    :param statement_seconds: how long one statement may take
    """
    address = url.replace("postgresql+psycopg2://", "postgresql://", 1)
    try:
        connection = psycopg2.connect(
            address,
            connect_timeout=10,
            options=f"{SETTINGS} -c statement_timeout={statement_seconds}s",
            application_name="ckanext-roadmap load",
            keepalives_idle=20,
            keepalives_interval=5,
            keepalives_count=4,  # if the DataStore vanishes
        )
    except psycopg2.OperationalError:
        raise DatastoreError(
            "datastore_unreachable", "The DataStore cannot be reached.", "Check that its PostgreSQL runs."
        ) from None
    connection.set_session(readonly=read_only)
    return connection


def prepare(store: Connection, megabytes: int) -> None:
    """Indexes and comparisons of this session may use more than the server's default.

    What is staged is lost in a crash anyway: only what goes live waits until it is on the disk.
    """
    with store.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO off")
        for name, size in (("maintenance_work_mem", megabytes), ("work_mem", megabytes // 2)):
            cursor.execute("SELECT set_config(%s, %s, false)", (name, f"{size}MB"))
    store.commit()


def refused(error: psycopg2.Error, phase: str) -> DatastoreError:
    """The fault of a step that the DataStore refused."""
    text = (error.diag.message_primary or type(error).__name__)[:300]
    if isinstance(error, psycopg2.DataError):
        text = without_values(text)
    fault = DatastoreError(
        "datastore_refused",
        f"The DataStore refused a step: {text}.",
        "Nothing was changed; the load is tried again, and a lasting fault needs the portal's operator.",
        detail=text,
    )
    fault.phase = phase
    return fault


@contextmanager
def locked(connection: Connection, resource_id: str) -> Generator[None]:
    """Holds the resource for this session; a killed process lets it go with its connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", (LOCK_SPACE, resource_id))
        held = one(cursor)[0]
    connection.commit()
    if not held:
        raise BusyError
    try:
        yield
    finally:
        if not connection.closed:
            connection.rollback()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", (LOCK_SPACE, resource_id))
            connection.commit()


def one(cursor: Any) -> tuple[Any, ...]:
    """The row that a statement surely gave."""
    row = cursor.fetchone()
    if row is None:
        raise DatastoreError("no_row", "The DataStore gave no row.", "Report this as a fault.")
    return row


def live_oid(cursor: Any, resource_id: str) -> int | None:
    """Identity of the table served now; None: there is none."""
    cursor.execute("SELECT to_regclass(%s)::oid::bigint", (live(resource_id).as_string(cursor),))
    return one(cursor)[0]


def live(resource_id: str) -> sql.Identifier:
    """The table that readers see."""
    return sql.Identifier("public", resource_id)


def raw(resource_id: str) -> sql.Identifier:
    """The staging table that takes the stream.

    CKAN looks for tables by name in every schema, so a staging table never has the resource's own name.
    """
    return sql.Identifier(STAGING, f"raw_{resource_id}")


def fresh(resource_id: str) -> sql.Identifier:
    """The staging table that will become the live one."""
    return sql.Identifier(STAGING, f"new_{resource_id}")


def old(resource_id: str) -> sql.Identifier:
    """The table that was the live one, waiting to be dropped."""
    return sql.Identifier(STAGING, f"old_{resource_id}")


def diff(resource_id: str) -> sql.Identifier:
    """Which rows of staging and of the live table differ."""
    return sql.Identifier(STAGING, f"diff_{resource_id}")


def index_name(resource_id: str, fields: str) -> str:
    """The name CKAN gives to an index of these (quoted) fields; another one would be built twice."""
    return hashlib.sha1((resource_id + fields).encode()).hexdigest()  # noqa: S324


def field_list(names: Sequence[str]) -> sql.Composed:
    """Quoted column names with commas."""
    return sql.SQL(", ").join(sql.Identifier(name) for name in names)


def quoted(name: str) -> str:
    """A name as CKAN quotes it."""
    return '"' + name.replace('"', '""') + '"'
