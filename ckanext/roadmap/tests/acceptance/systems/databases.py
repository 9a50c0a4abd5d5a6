"""Databases of ministries, each a server of its own, with an account that reads one view."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from ckanext.roadmap.tests import own_mariadb, own_postgres

from .base import SECRET, WRONG, Source
from .sheets import NUMBERS, Sheet

READER = "portal_reader"
HBA = "host all postgres 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
SLEEP = 8
"""Seconds that a slow source takes for its first row: more than these portals wait."""


class Database(Source):
    """A server with one table and a view over it; the address lies in a file, as a mounted secret does."""

    kind: str
    table = "open_data"
    quote = '"'
    rights = "SELECT"
    sleep: str

    def __init__(self, number: int, engine: sa.Engine, file: Path) -> None:
        super().__init__(number)
        self.engine, self.file = engine, file
        self.put(self.sheet)
        self.login(SECRET)

    def options(self) -> dict[str, str]:
        return {"url_file": str(self.file)}

    def login(self, password: str) -> None:
        """The operator writes a password down; nothing is started anew."""
        url = self.engine.url.set(username=READER, password=password)
        self.file.write_text(f"{self.kind}://{url.render_as_string(hide_password=False).partition('://')[2]}")
        self.file.chmod(0o600)

    def execute(self, *statements: str) -> None:
        with self.engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def put(self, sheet: Sheet) -> None:
        named = [(self.q(name), "integer" if name in NUMBERS else "text") for name in sheet.header]
        self.execute(
            "DROP VIEW IF EXISTS open_data",
            "DROP VIEW IF EXISTS moved_data",
            "DROP TABLE IF EXISTS register_table",
            f"CREATE TABLE register_table ({', '.join(f'{name} {kind}' for name, kind in named)})",
        )
        places = ", ".join(["%s"] * len(named))
        rows = [tuple(cell or None for cell in row) for row in sheet.rows]
        with self.engine.begin() as connection:
            if rows:
                connection.exec_driver_sql(f"INSERT INTO register_table VALUES ({places})", rows)
        self.view("open_data")

    def view(self, name: str, columns: str = "*") -> None:
        """Grant the portal these columns."""
        self.execute(
            "DROP VIEW IF EXISTS open_data",
            f"CREATE VIEW {name} AS SELECT {columns} FROM register_table",
            f"GRANT {self.rights} ON {name} TO {READER}",
        )

    def q(self, name: str) -> str:
        return f"{self.quote}{name}{self.quote}"

    def crawl(self) -> None:
        """The first row takes its time."""
        names = [self.q(name) for name in self.sheet.header if name != "tuman"]
        slow = self.sleep.format(first=self.sheet.rows[0][0])
        self.view("open_data", ", ".join([*names, f"{slow} AS tuman"]))

    def mend(self) -> None:
        self.login(SECRET)
        super().mend()

    def faults(self) -> dict[str, tuple[Callable[[], None], str]]:
        return {
            "wrong password": (lambda: self.login(WRONG), "login_refused"),
            "renamed table": (lambda: self.view("moved_data"), "table_missing"),
            "slow source": (self.crawl, "timeout"),
            **super().faults(),
        }


class Postgres(Database):
    """A register of schools."""

    name, title, rows_of = "pg-schools", ("Maktablar reyestri", "Реестр школ"), "schools"
    dbms, kind = "PostgreSQL", "postgresql"
    sleep = f"coalesce(pg_sleep({SLEEP})::text, tuman)"


class MariaDB(Database):
    """A register of clinics."""

    name, title, rows_of = "maria-clinics", ("Klinikalar reyestri", "Реестр клиник"), "clinics"
    dbms, kind, quote = "MariaDB", "mariadb", "`"
    rights = "SELECT, SHOW VIEW"
    sleep = f"CASE WHEN _uid_ = '{{first}}' THEN concat(tuman, sleep({SLEEP})) ELSE tuman END"

    def mapping(self) -> str:
        return f"schema: ministry\n{super().mapping()}"


def let_in(data: Path, engine: sa.Engine) -> None:
    """From now on the server wants passwords; the portal's account has one."""
    (data / "pg_hba.conf").write_text(HBA)
    with engine.begin() as connection:
        connection.exec_driver_sql("SELECT pg_reload_conf()")
        connection.exec_driver_sql(f"CREATE ROLE {READER} LOGIN PASSWORD '{SECRET}'")


@contextmanager
def postgres(number: int, folder: Path) -> Iterator[Postgres]:
    """A PostgreSQL that wants passwords."""
    with own_postgres.server("fsync=off") as server:
        engine = sa.create_engine(server.admin)
        let_in(server.data, engine)
        yield Postgres(number, engine, folder / "pg-schools.url")
        engine.dispose()


@contextmanager
def mariadb(number: int, folder: Path) -> Iterator[MariaDB]:
    """A MariaDB."""
    with own_mariadb.server() as port:
        own_mariadb.say(port, "CREATE DATABASE ministry CHARACTER SET utf8mb4")
        own_mariadb.say(port, f"CREATE USER '{READER}'@'%' IDENTIFIED BY '{SECRET}'")
        engine = sa.create_engine(f"mysql+pymysql://root@{own_mariadb.HOST}:{port}/ministry")
        yield MariaDB(number, engine, folder / "maria-clinics.url")
        engine.dispose()
