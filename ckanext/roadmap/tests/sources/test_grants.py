"""The scripts of technical guides, run on real servers: the account can read the views and nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import psycopg2
import pymysql
import pytest
import sqlalchemy as sa

from ckanext.roadmap.sources.database import reading
from ckanext.roadmap.sources.grants import ACCOUNT, Script, View, Wish, grants_for
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.table import reflect
from ckanext.roadmap.tests import own_mariadb, own_postgres, postgres

VIEWS = (View("open_data", "schools", ("id", 'tuman "nomi"')), View("open_data", "o`quvchilar", ("n",)))
PASSWORD = "Maxfiy-parol-88"


def scripts(dbms: str, tls: bool = False, **values: str) -> dict[str, str]:
    """By step, with what the ministry alone knows filled in."""
    kind = grants_for(dbms)
    assert kind
    known = {"PASSWORD": PASSWORD, "READER-ADDRESS": "127.0.0.1", "DATABASE": "register", **values}
    return {one.step: filled(one, known) for one in kind.scripts(Wish(VIEWS, tls))}


def filled(script: Script, known: dict[str, str]) -> str:
    return re.sub(r"<([A-Z0-9-]+)>", lambda match: known[match[1]], script.text)


def statements(text: str) -> list[str]:
    return [one.strip() for one in text.split(";\n") if one.strip(" \n;")]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("PostgreSQL 15", "postgresql"), ("Postgres Pro", "postgresql"), ("MySQL", "mysql"), ("MariaDB 10", "mysql"),
        ("MS SQL Server 2019", "mssql"), ("Oracle 19c", "oracle"), ("1C", None), ("", None),
    ],
)  # fmt: skip
def test_the_register_s_words_find_the_system(told: str, code: str | None):
    found = grants_for(told)
    assert (found.code if found else None) == code


@pytest.mark.parametrize("dbms", ["mssql", "oracle"])
def test_scripts_that_no_server_here_can_run_name_everything(dbms: str):
    """There is no server of these to be had here: what can be told from the text alone."""
    kind = grants_for(dbms)
    assert kind
    views = (View("open_data", "schools", ("id", "name")), View("open_data", "Pupils ]", ("N",)))
    found = {one.step: one.text for one in kind.scripts(Wish(views))}
    assert list(found) == ["views", "account", "rights", "allowed", "refused"]
    assert found["views"].count("VIEW") == found["allowed"].count("SELECT") == 2
    assert "[Pupils ]]]" in found["views"] if dbms == "mssql" else '"Pupils ]"' in found["views"]
    assert not re.search(r"\b(INSERT|UPDATE|DELETE|ALL)\b(?!.*SCHEMA)", found["rights"])
    assert ACCOUNT in found["account"]
    assert found["rights"].startswith("USE [<DATABASE>];" if dbms == "mssql" else "GRANT READ")
    assert kind.quoted("date") == ("[date]" if dbms == "mssql" else '"DATE"')  # a word of Oracle's SQL


class TestPostgresql:
    @pytest.fixture(scope="class")
    def server(self) -> Iterator[str]:
        with own_postgres.server("fsync=off") as server:
            postgres.rows(server.admin, "CREATE DATABASE register")
            admin = server.admin.rsplit("/", 1)[0] + "/register"
            postgres.rows(admin, 'CREATE TABLE school (id int, "tuman ""nomi""" text, director text)')
            postgres.rows(admin, "INSERT INTO school VALUES (1, 'Chilonzor', 'A. Karimov')")
            postgres.rows(admin, "CREATE TABLE pupil (n int)")
            yield admin

    def test_can_read_and_nothing_else(self, server: str):
        found = scripts("PostgreSQL", **{"TABLE-1": "public.school", "TABLE-2": "public.pupil"})
        for step in ("views", "account", "rights"):
            postgres.rows(server, found[step])
        url = server.replace("postgres@", f"{ACCOUNT}:{PASSWORD}@")
        with reading(url, Limits()) as connection:
            assert list(reflect(connection, "open_data", "schools").columns) == ["id", 'tuman "nomi"']
            assert connection.exec_driver_sql("SELECT * FROM open_data.schools").all() == [(1, "Chilonzor")]
        for statement in statements(found["allowed"]):
            assert postgres.rows(url, statement)
        outside = ["SELECT * FROM school", "CREATE TABLE mine (n int)", "CREATE ROLE other"]
        writing = f"{url}?options=-c%20default_transaction_read_only%3Doff"  # as an intruder would ask
        for statement in [*statements(found["refused"]), *outside]:
            with pytest.raises(psycopg2.Error) as refused:
                postgres.rows(writing, statement)
            assert refused.value.pgcode == "42501", statement
        assert postgres.rows(url, "SHOW default_transaction_read_only") == [("on",)]

    def test_the_line_of_pg_hba(self):
        assert scripts("PostgreSQL", tls=True, **{"TABLE-1": "a", "TABLE-2": "b"})["pg_hba"].split() == [
            "hostssl", "register", ACCOUNT, "127.0.0.1/32", "scram-sha-256",
        ]  # fmt: skip


class TestMariadb:
    @pytest.fixture(scope="class")
    def port(self) -> Iterator[int]:
        with own_mariadb.server() as port:
            own_mariadb.say(port, "CREATE DATABASE register CHARACTER SET utf8mb4")
            own_mariadb.say(port, 'CREATE TABLE register.school (id int, `tuman "nomi"` text, director text)')
            own_mariadb.say(port, "INSERT INTO register.school VALUES (1, 'Chilonzor', 'A. Karimov')")
            own_mariadb.say(port, "CREATE TABLE register.pupil (n int)")
            yield port

    def test_can_read_and_nothing_else(self, port: int):
        tables = {"TABLE-1": "register.school", "TABLE-2": "register.pupil"}
        found = scripts("MariaDB", **tables)
        for step in ("views", "account", "rights"):
            for statement in statements(found[step]):
                own_mariadb.say(port, statement)
        url = f"mysql://{ACCOUNT}:{PASSWORD}@127.0.0.1:{port}/register"
        with reading(url, Limits()) as connection:
            assert list(reflect(connection, "open_data", "schools").columns) == ["id", 'tuman "nomi"']
            assert connection.exec_driver_sql("SELECT * FROM schools").all() == [(1, "Chilonzor")]
        for statement in statements(found["allowed"]):
            self.as_reader(port, statement)
        outside = ["SELECT * FROM register.school", "CREATE USER other", "CREATE DATABASE mine"]
        for statement in [*statements(found["refused"]), *outside]:
            with pytest.raises(pymysql.err.OperationalError, match="denied"):
                self.as_reader(port, statement)

    def test_over_a_network_it_must_encrypt(self, port: int):
        tables = {"TABLE-1": "register.school", "TABLE-2": "register.pupil"}
        own_mariadb.say(port, f"DROP USER IF EXISTS '{ACCOUNT}'@'127.0.0.1'")
        own_mariadb.say(port, statements(scripts("MySQL", tls=True, **tables)["account"])[0])
        with pytest.raises(pymysql.err.OperationalError, match="denied"):
            self.as_reader(port, "SELECT 1")

    def as_reader(self, port: int, statement: str) -> None:
        with pymysql.connect(host="127.0.0.1", port=port, user=ACCOUNT, password=PASSWORD) as connection:
            connection.cursor().execute(statement)


def test_sqlalchemy_reads_plain_names_of_oracle_in_any_case():
    """A name that the script leaves without quotes is the one that the reader asks for."""
    from sqlalchemy.dialects import oracle

    shown = str(sa.select(sa.table("schools", schema="open_data")).compile(dialect=oracle.dialect()))
    assert "open_data.schools" in shown
