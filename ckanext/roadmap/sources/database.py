"""A database as a source: a guarded connection that can only read."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DataError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from .errors import SourceError
from .faults import VALUES, code_of, number_of
from .guards import GUARDS, Guard
from .limits import Limits
from .scrub import scrub, secrets_of, without_values

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


def open_engine(url: str, limits: Limits) -> Engine:
    """An engine whose sessions can only read; nothing is connected yet."""
    try:
        parsed = make_url(url)
        guard = GUARDS[parsed.get_backend_name()]
        engine = sa.create_engine(
            guard.url(parsed.set(drivername=guard.driver)),
            poolclass=NullPool,
            hide_parameters=True,
            connect_args=guard.connect(limits),
            **({"isolation_level": guard.isolation} if guard.isolation else {}),
        )
    except (ArgumentError, ValueError, KeyError):
        raise SourceError(
            "url_invalid",
            "The connection's URL is not one of a database that can be read.",
            "Write it as KIND://USER:PASSWORD@HOST:PORT/DATABASE in the portal's configuration; "
            f"KIND is one of {', '.join(GUARDS)}.",
            kinds=", ".join(GUARDS),
        ) from None  # the cause would repeat the URL in a traceback
    except ModuleNotFoundError as error:
        raise SourceError(
            "driver_missing",
            f"The driver {error.name} of this kind of database is not installed.",
            "Install the extension with the extra of that database.",
            driver=error.name,
        ) from None
    events: Any = event
    events.listen(engine, "connect", _restrict(guard, limits))
    return engine


def _restrict(guard: Guard, limits: Limits) -> Callable[[Any, object], None]:
    statements = guard.statements(limits)

    def restrict(connection: Any, _record: object) -> None:
        guard.prepare(connection, limits)
        cursor = connection.cursor()
        for statement in statements:
            cursor.execute(statement)
        cursor.close()

    return restrict


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
    code = code_of(origin)
    if isinstance(error, DataError) or code.startswith("22") or number_of(origin) in VALUES:
        text = without_values(text)
    name, message, remedy = FAULTS.get(
        code,
        (
            "unreachable",
            "The source cannot be read.",
            "Check that it runs and can be reached from the portal.",
        ),
    )
    return SourceError(name, message, remedy, detail=text.splitlines()[0][:300] if text else "")
