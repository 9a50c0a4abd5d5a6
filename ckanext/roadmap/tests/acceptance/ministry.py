"""A PostgreSQL database that plays the ministry: real extracts, and an account that may only read."""

from __future__ import annotations

import csv
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import sqlalchemy as sa

PASSWORD = "Maxfiy-parol-7f3e91"
NUMBERS = {"smena": "integer", "sigimi": "integer", "umumiy_uquvchi": "integer", "qurilish_yili": "integer"}


class Ministry:
    """The ministry's own database; `schools` is a view over its table, as a ministry would grant it."""

    def __init__(self, portal_url: str, schools: Path) -> None:
        parts = urlsplit(portal_url)
        self.server = f"{parts.hostname}:{parts.port}"
        self.name = self.role = f"ministry_{uuid.uuid4().hex[:8]}"
        self._server = sa.create_engine(
            f"postgresql://postgres@{self.server}/postgres", isolation_level="AUTOCOMMIT"
        )
        self._run(self._server, f"CREATE ROLE {self.role} LOGIN PASSWORD '{PASSWORD}'")
        self._run(self._server, f"CREATE DATABASE {self.name}")
        self.engine = sa.create_engine(f"postgresql://postgres@{self.server}/{self.name}")
        self._load(schools)

    @property
    def url(self) -> str:
        """What the portal's operator writes into the configuration."""
        return f"postgresql://{self.role}:{PASSWORD}@{self.server}/{self.name}"

    def execute(self, statement: str) -> int:
        """Change something at the source; gives the number of rows."""
        with self.engine.begin() as connection:
            return connection.execute(sa.text(statement)).rowcount

    def show(self, columns: str = "*") -> None:
        """Grant the portal these columns, as a view."""
        self.execute("DROP VIEW IF EXISTS schools")
        self.execute(f"CREATE VIEW schools AS SELECT {columns} FROM schools_table")
        self.execute(f"GRANT SELECT ON schools TO {self.role}")

    def drop(self) -> None:
        """Take the database and the account away."""
        self.engine.dispose()
        self._run(self._server, f"DROP DATABASE IF EXISTS {self.name} WITH (FORCE)")
        self._run(self._server, f"DROP ROLE IF EXISTS {self.role}")
        self._server.dispose()

    def _load(self, schools: Path) -> None:
        with schools.open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        columns = ", ".join(f'"{name}" {NUMBERS.get(name, "text")}' for name in header)
        self.execute(f"CREATE TABLE schools_table ({columns})")
        raw = self.engine.raw_connection()
        with schools.open(encoding="utf-8") as file, raw.cursor() as cursor:
            cursor.copy_expert("COPY schools_table FROM STDIN WITH (FORMAT csv, HEADER true)", file)
        raw.commit()
        raw.close()
        self.show()

    @staticmethod
    def _run(engine: sa.Engine, statement: str) -> None:
        with engine.connect() as connection:
            connection.execute(sa.text(statement))
