"""A ministry's database and a DataStore, both real, both thrown away."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg2
import pytest
from psycopg2 import sql

from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan, SourceAccess, Target
from ckanext.roadmap.loading.publish import public_path
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.tests import postgres

NOW = datetime(2026, 4, 10, 12, tzinfo=UTC)


@dataclass
class World:
    """Source, target and the plan between them."""

    ministry: str
    source: SourceAccess
    target: Target
    store: str
    reader: str
    plan: LoadPlan

    def sql(self, statement: Any, *values: object) -> list[tuple[Any, ...]]:
        """At the ministry, as its owner."""
        return postgres.rows(self.ministry, statement, *values)

    def live(self, columns: str = "*", order: str = "_id") -> list[tuple[Any, ...]]:
        """The table as the portal's read role sees it."""
        table = sql.Identifier(self.plan.resource_id)
        query = sql.SQL("SELECT " + columns + " FROM {} ORDER BY " + order).format(table)
        return postgres.rows(self.reader, query)

    def load(
        self, progress: Callable[[str, LoadReport], None] = lambda _phase, _report: None, **changes: Any
    ) -> LoadReport:
        """One load under a run id of its own."""
        plan = replace(self.plan, run_id=str(uuid.uuid4()), **changes)
        return engine.run(plan, self.source, self.target, lambda: NOW, progress)

    def rehearse(self) -> LoadReport:
        """A load that changes nothing."""
        plan = replace(self.plan, run_id=str(uuid.uuid4()))
        return engine.run(plan, self.source, self.target, lambda: NOW, dry=True)

    def staging(self) -> list[str]:
        """What lies in the staging schema."""
        found = postgres.rows(
            self.store, "SELECT tablename FROM pg_tables WHERE schemaname = 'roadmap_staging'"
        )
        return [name for (name,) in found]

    def parts(self) -> list[Path]:
        """Temporary files."""
        return list(self.target.folder.glob("*/.*"))

    def csv(self) -> bytes:
        """The published file."""
        return public_path(self.target.folder, self.plan.resource_id).read_bytes()


@pytest.fixture(scope="session")
def databases() -> Iterator[tuple[str, str, tuple[str, str], tuple[str, str], tuple[str, str]]]:
    """Two databases and their roles, for the session."""
    try:
        postgres.rows(postgres.ADMIN, "SELECT 1")
    except psycopg2.OperationalError:
        pytest.skip(
            f"no PostgreSQL at {postgres.ADMIN} (python3 -m stack up test, or set ROADMAP_TEST_POSTGRES)"
        )
    with (
        postgres.role("writer") as writer,
        postgres.role("reader") as reader,
        postgres.role("account") as account,
        postgres.database("datastore", writer[0]) as store,
        postgres.database("ministry") as ministry,
    ):
        postgres.permit(store, writer[0], reader[0])
        yield ministry, store, writer, reader, account


@pytest.fixture
def world(databases: Any, tmp_path: Path) -> Iterator[World]:
    """An empty ministry and a resource of its own."""
    ministry, store, writer, reader, account = databases
    plan = LoadPlan(
        run_id="run",
        mapping_id="mapping",
        resource_id=str(uuid.uuid4()),
        schema="public",
        table="schools",
        columns=tuple(ColumnPlan(name, name) for name in ("id", "name", "code", "pupils")),
        key=("id",),
    )
    world = World(
        ministry=postgres.admin(ministry),
        source=SourceAccess(postgres.as_role(*account, ministry)),
        target=Target(
            postgres.as_role(*writer, store), reader[0], tmp_path, lock_timeout_ms=200, lock_attempts=10
        ),
        store=postgres.admin(store),
        reader=postgres.as_role(*reader, store),
        plan=plan,
    )
    world.sql(
        "CREATE TABLE schools (id int, name text, code text, pupils numeric(10,2), secret_note text);"
        "INSERT INTO schools SELECT n, 'maktab ' || n, lpad(n::text, 7, '0'), n * 1.5, 'x' FROM generate_series(1, 100) n"
    )
    world.sql(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(sql.Identifier(account[0])))
    yield world
    world.sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC")


def own_store(admin: str, folder: Path) -> tuple[Target, str, str]:
    """A DataStore on a server of one's own: the target, its owner's address and its reader's."""
    for role in ("writer", "reader"):
        postgres.rows(admin, f"CREATE ROLE {role} LOGIN")
    postgres.rows(admin, "CREATE DATABASE store OWNER writer")
    base = admin.rsplit("/", 1)[0]
    keep, postgres.ADMIN = postgres.ADMIN, admin
    try:
        postgres.permit("store", "writer", "reader")
    finally:
        postgres.ADMIN = keep
    address = base.replace("postgres@", "{}@") + "/store"
    return Target(address.format("writer"), "reader", folder), f"{base}/store", address.format("reader")
