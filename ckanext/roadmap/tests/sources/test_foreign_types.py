"""Oracle and SQL Server without a server: types as SQLAlchemy reflects them, what is asked, what their errors mean."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
import sqlglot
from sqlalchemy.dialects import mssql, mysql, oracle
from sqlglot import exp

from ckanext.roadmap.loading.extract.database import _plain
from ckanext.roadmap.loading.extract.types import datastore_type
from ckanext.roadmap.sources.database import explain, reading
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.guards import GUARDS
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.source_types import type_name
from ckanext.roadmap.tests.acceptance.processes import free_port
from ckanext.roadmap.tests.sources import tds

ORACLE: list[tuple[Any, str]] = [
    (oracle.NUMBER(), "numeric"), (oracle.NUMBER(10, 0), "numeric"), (oracle.NUMBER(12, 2), "numeric"),
    (sa.INTEGER(), "numeric"), (oracle.FLOAT(binary_precision=20), "numeric"), (sa.DOUBLE_PRECISION(), "numeric"),
    (oracle.BINARY_DOUBLE(), "float8"), (oracle.BINARY_FLOAT(), "float8"), (oracle.DATE(), "timestamp"),
    (oracle.TIMESTAMP(), "timestamp"), (oracle.TIMESTAMP(timezone=True), "timestamptz"),
    (oracle.TIMESTAMP(local_timezone=True), "timestamptz"), (oracle.CLOB(), "text"), (oracle.RAW(16), "text"),
    (oracle.VARCHAR2(20), "text"), (oracle.INTERVAL(), "text"),
]  # fmt: skip
MSSQL: list[tuple[Any, str]] = [
    (mssql.DATETIME2(7), "timestamp"), (mssql.DATETIMEOFFSET(), "timestamptz"), (mssql.SMALLDATETIME(), "timestamp"),
    (mssql.MONEY(), "numeric"), (mssql.SMALLMONEY(), "numeric"), (mssql.NVARCHAR(None), "text"), (mssql.BIT(), "bool"),
    (mssql.UNIQUEIDENTIFIER(), "text"), (mssql.TINYINT(), "int4"), (sa.BIGINT(), "int8"), (sa.DECIMAL(18, 4), "numeric"),
    (sa.DATE(), "date"), (mssql.TIME(), "text"), (mssql.ROWVERSION(), "text"), (mssql.XML(), "text"),
]  # fmt: skip
MYSQL: list[tuple[Any, str]] = [
    (mysql.TINYINT(1), "int2"), (mysql.BIGINT(unsigned=True), "numeric"), (mysql.INTEGER(unsigned=True), "int8"),
    (mysql.BIT(8), "text"), (mysql.JSON(), "json"), (mysql.TIMESTAMP(), "timestamptz"), (mysql.DATETIME(), "timestamp"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("database", "kind", "there"),
    [
        (name, *pair)
        for name, pairs in (("oracle", ORACLE), ("mssql", MSSQL), ("mysql", MYSQL))
        for pair in pairs
    ],
    ids=str,
)
def test_no_type_loses_anything(database: str, kind: Any, there: str):
    assert datastore_type(type_name(kind, database)) == there


@pytest.mark.parametrize(
    ("dialect", "spoken", "kind", "asked"),
    [
        (oracle.dialect(), "oracle", oracle.TIMESTAMP(timezone=True), "sys_extract_utc(t.at)"),
        (oracle.dialect(), "oracle", oracle.TIMESTAMP(local_timezone=True), "sys_extract_utc(t.at)"),
        (oracle.dialect(), "oracle", oracle.TIMESTAMP(), "t.at"),
        (mssql.dialect(), "tsql", mssql.DATETIMEOFFSET(), "CAST(switchoffset(t.at, '+00:00') AS DATETIME2)"),
        (mssql.dialect(), "tsql", mssql.DATETIME2(), "t.at"),
    ],
)  # fmt: skip
def test_instants_are_asked_for_in_utc(dialect: Any, spoken: str, kind: Any, asked: str):
    """A driver that leaves the zone of an instant out would move it; Oracle's refuses zones with names."""
    column = sa.Table("t", sa.MetaData(), sa.Column("at", kind)).c.at
    select = sa.select(_plain(column, "timestamptz").label("seen"))
    text = str(select.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
    assert f"SELECT {asked} AS seen" in text.replace("[at]", "at").replace('"at"', "at")
    assert isinstance(sqlglot.parse_one(text, dialect=spoken), exp.Select)


URL = "oracle://portal_reader:Maxfiy-88@db.vazirlik.example:1521/?service_name=EDU"
FAULTS: list[tuple[str, tuple[object, ...]]] = [
    ("login_refused", ("ORA-01017: invalid credential or not authorized; logon denied",)),
    ("login_refused", ("ORA-28000: The account is locked.\nHelp: https://docs.oracle.com/error-help/db/ora-28000/",)),
    ("database_missing", ('DPY-6001: Service "EDU" is not registered with the listener at host "db" port 1521.',)),
    ("not_permitted", ("ORA-01031: insufficient privileges",)),
    ("timeout", ("DPY-4024: call timeout of 3000 ms exceeded",)),
    ("timeout", ("ORA-01013: user requested cancel of current operation",)),
    ("writes", ("ORA-01456: may not perform insert, delete, update operation inside a READ ONLY transaction",)),
    ("unreachable", ("DPY-6005: cannot connect to database. [Errno 111] Connection refused",)),
    ("login_refused", (18456, b"Login failed for user 'portal_reader'.DB-Lib error message 20018, severity 14:\n")),
    ("database_missing", (4060, b'Cannot open database "EDU" requested by the login. The login failed.')),
    ("not_permitted", (229, b"The SELECT permission was denied on the object 'schools', database 'EDU'")),
    ("locked", (1222, b"Lock request time out period exceeded.")),
    ("timeout", (20003, b"DB-Lib error message 20003, severity 6:\nAdaptive Server connection timed out (db)\n")),
    ("unreachable", (20009, b"Unable to connect: TDS server is unavailable or does not exist (db.vazirlik.example)")),
]  # fmt: skip


@pytest.mark.parametrize(("code", "arguments"), FAULTS, ids=str)
def test_errors_are_told_apart(code: str, arguments: tuple[object, ...]):
    """As oracledb and pymssql raise them: a text with its code, or a number and bytes."""
    found = explain(Exception(*arguments), URL)
    assert found.code == code
    assert not [one for one in ("portal_reader", "Maxfiy", "vazirlik") if one in f"{found} {found.params}"]


@pytest.mark.parametrize(
    ("number", "text", "at", "code"),
    [
        (18456, "Login failed for user 'portal_reader'.", tds.LOGIN, "login_refused"),
        (229, "The SELECT permission was denied on the object 'schools'.", tds.BATCH, "not_permitted"),
        (1222, "Lock request time out period exceeded.", tds.BATCH, "locked"),
    ],
)
def test_what_sql_server_refuses_by_its_real_driver(number: int, text: str, at: int, code: str):
    with tds.refusing(number, text, at) as (port, asked):
        url = f"mssql://portal_reader:Maxfiy-88@127.0.0.1:{port}/EDU"
        with pytest.raises(SourceError) as caught, reading(url, Limits(connect=3, statement=5)):
            pass
    assert caught.value.code == code
    assert ("use [EDU]" in asked) == (at == tds.BATCH)
    assert not [one for one in ("portal_reader", "Maxfiy", "127.0.0.1") if one in str(caught.value.params)]


@pytest.mark.parametrize("kind", ["mssql", "oracle"])
def test_a_server_that_is_not_there_by_the_real_drivers(kind: str):
    url = f"{kind}://portal_reader:Maxfiy-88@127.0.0.1:{free_port()}/EDU"
    with pytest.raises(SourceError) as caught, reading(url, Limits(connect=2, statement=5)):
        pass
    assert caught.value.code == "unreachable"
    assert not [one for one in ("portal_reader", "Maxfiy", "127.0.0.1") if one in str(caught.value.params)]


def test_an_answer_of_oracle_is_not_waited_for_without_end():
    connection = SimpleNamespace()
    GUARDS["oracle"].prepare(connection, Limits(statement=7))
    assert connection.call_timeout == 7000
