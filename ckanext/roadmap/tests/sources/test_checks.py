"""Looks at real servers: reached or not, what the account may do, and no word of its secret."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ckanext.roadmap.loading.extract import kind_of
from ckanext.roadmap.loading.plan import SourceAccess
from ckanext.roadmap.sources.checks import CHECKS
from ckanext.roadmap.sources.checks.mysql import powers
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.guards import GUARDS
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.look import Look
from ckanext.roadmap.tests import own_mariadb, postgres


def look(url: str, ahead: timedelta = timedelta(0)) -> Look:
    access = SourceAccess(url, Limits(connect=5))
    return kind_of(access).look(access, "", lambda: datetime.now(UTC) + ahead)


def test_every_kind_that_can_be_read_can_be_checked():
    assert set(CHECKS) == set(GUARDS)


class TestPostgresql:
    @pytest.fixture
    def account(self) -> Iterator[tuple[str, str, str]]:
        with postgres.role("account") as (name, password), postgres.database("ministry") as database:
            admin = postgres.admin(database)
            postgres.rows(
                admin,
                f"CREATE TABLE schools (id int); GRANT SELECT ON schools TO {name}; REVOKE CREATE ON SCHEMA public FROM PUBLIC",
            )
            yield postgres.as_role(name, password, database), admin, name

    def test_an_account_that_only_reads(self, account: tuple[str, str, str]):
        found = look(account[0])
        assert (found.kind, found.answer.powers) == ("postgresql", ())
        assert found.answer.version.startswith("PostgreSQL ")
        assert found.skew is not None

    def test_every_right_to_write_is_told(self, account: tuple[str, str, str]):
        url, admin, name = account
        postgres.rows(
            admin, f"GRANT INSERT, TRUNCATE ON schools TO PUBLIC; GRANT CREATE ON SCHEMA public TO {name}"
        )
        assert look(url).answer.powers == ("INSERT (1)", "TRUNCATE (1)", "CREATE (1)")
        assert "SUPERUSER" in look(admin).answer.powers

    def test_a_clock_that_goes_wrong(self, account: tuple[str, str, str]):
        skew = look(account[0], timedelta(hours=-5)).skew
        assert skew is not None
        assert abs(skew - 5 * 3600) < 600

    @pytest.mark.parametrize(
        ("change", "code"),
        [
            (lambda url: url.rsplit("/", 1)[0] + "/none", "database_missing"),
            (lambda url: url.rsplit(":", 1)[0] + ":1/none", "unreachable"),
            (lambda url: url.replace("127.0.0.1", "none.invalid"), "unreachable"),
        ],
        ids=("database", "port", "host"),
    )
    def test_faults_hold_no_secret(
        self, account: tuple[str, str, str], change: Callable[[str], str], code: str
    ):
        url, _admin, name = account
        password = url.split("@")[0].rsplit(":", 1)[1]
        with pytest.raises(SourceError) as caught:
            look(change(url))
        told = f"{caught.value} {caught.value.params}"
        assert caught.value.code == code
        for secret in (password, name, "127.0.0.1", "none.invalid"):
            assert secret not in told


def test_mariadb():
    with own_mariadb.server() as port:
        for statement in (
            "CREATE DATABASE register", "CREATE TABLE register.schools (id int)",
            "CREATE USER reader@'%' IDENTIFIED BY 'Parol-5'", "GRANT SELECT, SHOW VIEW ON register.* TO reader@'%'",
            "CREATE USER writer@'%' IDENTIFIED BY 'Parol-5'", "GRANT SELECT, INSERT (id), DELETE ON register.schools TO writer@'%'",
        ):  # fmt: skip
            own_mariadb.say(port, statement)
        found = look(f"mysql://reader:Parol-5@127.0.0.1:{port}/register")
        assert (found.answer.powers, found.answer.version[:8]) == ((), "MariaDB ")
        assert found.skew is not None
        written = look(f"mariadb://writer:Parol-5@127.0.0.1:{port}/register").answer.powers
        assert set(written) == {"INSERT", "DELETE"}
        assert "ALL PRIVILEGES" in look(f"mysql://root@127.0.0.1:{port}/register").answer.powers
        with pytest.raises(SourceError) as caught:
            look(f"mysql://reader:Wrong-5@127.0.0.1:{port}/register")
        assert caught.value.code == "login_refused"
        assert "reader" not in f"{caught.value} {caught.value.params}"


def test_sqlite_and_files(tmp_path: Path):
    file = tmp_path / "a.sqlite"
    sqlite3.connect(file).execute("CREATE TABLE a (b)")
    found = look(f"sqlite:///{file}")
    assert (found.kind, found.answer.powers, found.skew) == ("sqlite", ("WRITE",), None)
    table = tmp_path / "a.csv"
    table.write_text("a\n1\n")
    assert look(f"file://{table}").answer.powers == ("WRITE",)
    with pytest.raises(SourceError) as caught:
        look(f"file://{tmp_path}/none.csv")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("GRANT USAGE ON *.* TO `a`@`%`", []),
        ("GRANT SELECT (`a`, `b`), SHOW VIEW ON `r`.`v` TO `a`@`%`", []),
        ("GRANT SELECT, INSERT ON `r`.* TO `a`@`%` WITH GRANT OPTION", ["INSERT", "GRANT OPTION"]),
        ("GRANT ALL PRIVILEGES ON *.* TO `a`@`%`", ["ALL PRIVILEGES"]),
    ],
)
def test_lines_of_show_grants(line: str, found: list[str]):
    assert powers([line]) == found
