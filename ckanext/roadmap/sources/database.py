"""A PostgreSQL database as a source: a guarded connection that can only read.

The account should have SELECT on approved views and nothing more; the session guards here are the second
wall: read-only transactions, and a time limit on connecting, on locks, on statements and on idling.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from .errors import SourceError
from .scrub import scrub, secrets_of

FAULTS = {
    "28P01": (
        "login_refused",
        "The source refused the account.",
        "Check user and password of the connection.",
    ),
    "28000": ("login_refused", "The source refused the account.", "Check user, password and pg_hba.conf."),
    "3D000": (
        "database_missing",
        "The source has no such database.",
        "Check the connection's database name.",
    ),
    "42501": (
        "not_permitted",
        "The account may not read this table.",
        "Grant it USAGE on the schema and SELECT on the table or view.",
    ),
    "57014": (
        "timeout",
        "The source did not answer within the time limit.",
        "Raise ckanext.roadmap.load.statement_timeout, or load a smaller view.",
    ),
    "25006": ("writes", "Reading this view would write at the source.", "Name a view that only reads."),
    "55P03": ("locked", "The source table is locked by another transaction.", "Try again when it is free."),
}
MESSAGES = {
    "password authentication failed": "28P01",
    "no pg_hba.conf entry": "28000",
    "does not exist": "3D000",
    "no password supplied": "28P01",
}


@dataclass(frozen=True, slots=True)
class Limits:
    """Time limits of one load, in seconds."""

    connect: int = 10
    lock: int = 10
    statement: int = 3600
    overall: int = 7200


def open_engine(url: str, limits: Limits) -> Engine:
    """An engine whose sessions can only read; nothing is connected yet."""
    try:
        return sa.create_engine(
            _driver_url(url),
            poolclass=NullPool,
            hide_parameters=True,
            isolation_level="REPEATABLE READ",
            connect_args=_guards(limits),
        )
    except (ArgumentError, ValueError):
        raise SourceError(
            "url_invalid",
            "The connection's URL is not one of a PostgreSQL database.",
            "Write it as postgresql://USER:PASSWORD@HOST:PORT/DATABASE in the portal's configuration.",
        ) from None  # the cause would repeat the URL in a traceback


def _driver_url(url: str) -> URL:
    parsed = make_url(url)
    if parsed.get_backend_name() != "postgresql":
        raise ArgumentError(parsed.get_backend_name())
    return parsed.set(drivername="postgresql+psycopg2")


@contextmanager
def reading(url: str, limits: Limits) -> Generator[Connection]:
    """A read-only snapshot of the source; faults come out as SourceError, scrubbed."""
    engine = open_engine(url, limits)
    try:
        with engine.connect().execution_options(postgresql_readonly=True) as connection:
            yield connection
    except SQLAlchemyError as error:
        raise explain(error, url) from None
    finally:
        engine.dispose()


def explain(error: Exception, url: str) -> SourceError:
    """The fault behind a driver's error, in words that hold no secret."""
    origin = error.orig if isinstance(error, DBAPIError) and error.orig else error
    text = scrub(str(origin), secrets_of(url))
    code = getattr(origin, "pgcode", None) or next((c for m, c in MESSAGES.items() if m in str(origin)), "")
    name, message, remedy = FAULTS.get(
        str(code),
        (
            "unreachable",
            "The source cannot be read.",
            "Check that it runs and can be reached from the portal.",
        ),
    )
    return SourceError(name, message, remedy, detail=text.splitlines()[0][:300] if text else "")


def _guards(limits: Limits) -> dict[str, object]:
    settings = {
        "default_transaction_read_only": "on",
        "statement_timeout": f"{limits.statement}s",
        "lock_timeout": f"{limits.lock}s",
        "idle_in_transaction_session_timeout": f"{limits.statement}s",
        "DateStyle": "ISO,YMD",
        "IntervalStyle": "iso_8601",
        "TimeZone": "UTC",
        "extra_float_digits": "1",
        "bytea_output": "hex",
    }
    return {
        "connect_timeout": limits.connect,
        "application_name": "ckanext-roadmap",
        "client_encoding": "utf8",
        "keepalives": 1,
        "keepalives_idle": 30,
        "keepalives_interval": 10,
        "keepalives_count": 3,
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
    }
