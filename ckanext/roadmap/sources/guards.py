"""How a session of each kind of database is kept from writing and from waiting for ever.

The account should have SELECT on approved views and nothing more; these are the second wall.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import URL

from .limits import Limits


@dataclass(frozen=True, slots=True)
class Guard:
    """One kind of database.

    :ivar driver: the SQLAlchemy name of the driver
    :ivar connect: arguments of the driver's connect
    :ivar isolation: what makes the session one snapshot; None: it has none to set
    :ivar statements: said to each new session
    :ivar prepare: what is set at a driver's connection itself
    """

    driver: str
    connect: Callable[[Limits], dict[str, Any]] = field(default=lambda _limits: {})
    isolation: str | None = None
    statements: Callable[[Limits], tuple[str, ...]] = field(default=lambda _limits: ())
    url: Callable[[URL], URL] = field(default=lambda url: url)
    prepare: Callable[[Any, Limits], None] = field(default=lambda _connection, _limits: None)


def _postgres(limits: Limits) -> dict[str, Any]:
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


def _mysql(limits: Limits) -> dict[str, Any]:
    return {"connect_timeout": limits.connect, "read_timeout": limits.statement, "charset": "utf8mb4"}


def _mysql_statements(limits: Limits) -> tuple[str, ...]:
    """The server itself ends what nobody waits for; MariaDB and MySQL name that limit differently."""
    ends = (
        f"/*M!100101 , SESSION max_statement_time = {limits.overall} */ "
        f"/*!50708 , SESSION max_execution_time = {limits.overall * 1000} */"
    )
    return (
        "SET SESSION TRANSACTION READ ONLY",
        "SET SESSION time_zone = '+00:00'",
        f"SET SESSION lock_wait_timeout = {limits.lock}",
        f"SET SESSION net_write_timeout = 600 {ends}",
    )


def _oracle(connection: Any, limits: Limits) -> None:
    """The longest that one answer of the server is waited for, in milliseconds."""
    connection.call_timeout = limits.statement * 1000


def _sqlite_file(url: URL) -> URL:
    """Opens the file for reading only; one that is not there is not made."""
    return url.set(database=f"file:{url.database}").update_query_dict({"mode": "ro", "uri": "true"})


GUARDS = {
    "postgresql": Guard("postgresql+psycopg2", _postgres, "REPEATABLE READ"),
    "mysql": Guard("mysql+pymysql", _mysql, "REPEATABLE READ", _mysql_statements),
    "mariadb": Guard("mariadb+pymysql", _mysql, "REPEATABLE READ", _mysql_statements),
    "sqlite": Guard(
        "sqlite+pysqlite",
        lambda limits: {"timeout": limits.lock},
        statements=lambda _limits: ("PRAGMA query_only = ON",),
        url=_sqlite_file,
    ),
    "oracle": Guard(
        "oracle+oracledb",
        lambda limits: {"tcp_connect_timeout": limits.connect},
        statements=lambda _limits: ("SET TRANSACTION READ ONLY",),
        prepare=_oracle,
    ),
    "mssql": Guard(
        "mssql+pymssql",
        lambda limits: {"login_timeout": limits.connect, "timeout": limits.statement, "charset": "UTF-8"},
        statements=lambda limits: (f"SET LOCK_TIMEOUT {limits.lock * 1000}",),
    ),
}
