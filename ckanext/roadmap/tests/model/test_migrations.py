"""Migrations make the very tables that the models speak of, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest.model import HarvestJob, HarvestObject, HarvestObjectError, HarvestSource
from ckanext.roadmap.model.ledger import LedgerBase
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.presentation import problems

pytestmark = pytest.mark.usefixtures("clean_db")


def tables() -> dict[str, sa.Table]:
    """The road map's tables as the models declare them."""
    declared = {**tk.BaseModel.metadata.tables, **LedgerBase.metadata.tables}
    return {name: table for name, table in declared.items() if name.startswith("roadmap_")}


def kept() -> set[str]:
    """The road map's tables that the database holds."""
    names = sa.inspect(model.meta.engine).get_table_names()
    return {name for name in names if name.startswith("roadmap_")} - {"roadmap_alembic_version"}


def test_every_model_has_its_table_and_every_table_its_model():
    assert kept() == set(tables())


def test_models_and_tables_have_the_same_columns():
    inspector = sa.inspect(model.meta.engine)
    for name, table in tables().items():
        found = {column["name"]: column["nullable"] for column in inspector.get_columns(name)}
        assert found == {column.name: bool(column.nullable) for column in table.columns}, name


def test_migrations_can_be_taken_back_and_made_again(migrate_db_for: Callable[..., None]):
    try:
        migrate_db_for("roadmap", "base", False)
        assert kept() == set()
    finally:
        migrate_db_for("roadmap")
    assert kept() == set(tables())


NOW = datetime(2026, 4, 10, 12, tzinfo=UTC)
SECRET = "31506850170044"
DETAILS = {
    "value_refused": {
        "detail": f'invalid input syntax for type integer: "{SECRET}"',
        "place": f'COPY staging, line 3, column pupils: "{SECRET}"',
    },
    "not_unique": {"detail": f"Key (pinfl, year)=({SECRET}, 2024) already exists."},
    "file_rows": {"detail": f"CSV parse error: Row #7: Expected 2 columns, got 3: a,b,{SECRET}"},
    "staging_refused": {"detail": f'cannot cast "{SECRET}"'},
    "datastore_refused": {"detail": f"Incorrect value: '{SECRET}'"},
    "unreachable": {"detail": f"Truncated incorrect value: '{SECRET}' at row 9"},
    "table_missing": {"schema": "public", "table": "schools"},
}


CLEANED = {
    "value_refused": {"row": "3", "column": "pupils", "detail": "invalid input syntax for type integer: …"},
    "not_unique": {"columns": "pinfl, year"},
    "file_rows": {"detail": "Row #7: Expected 2 columns, got 3"},
    "staging_refused": {"detail": "cannot cast …"},
    "datastore_refused": {"detail": "Incorrect value: …"},
    "unreachable": {"detail": "Truncated incorrect value: … at row 9"},
    "table_missing": {"schema": "public", "table": "schools"},
}


def run_with(error: dict[str, Any]) -> Run:
    """A failed run, and the object whose job page tells of it."""
    source = HarvestSource(url=f"x://{error['code']}", type="roadmap_file", title="x")
    found = HarvestObject(job=HarvestJob(source=source), source=source)
    model.Session.add(HarvestObjectError(message=error["message"], object=found, stage="Import"))
    model.Session.flush()
    return Run(
        id=error["code"], mapping_id="m", mapping_name="m", connection="x", dataset_id="x", resource_id="x",
        harvest_object_id=found.id, state="finished", phase="gate", outcome="failed", started_at=NOW,
        finished_at=NOW, durations={}, files=[], error=error,
    )  # fmt: skip


def told() -> tuple[dict[str, Any], list[str]]:
    model.Session.expire_all()
    errors = {error["code"]: error for error in model.Session.scalars(sa.select(Run.error))}
    model.Session.commit()
    return errors, sorted(model.Session.scalars(sa.select(HarvestObjectError.message)))


def test_errors_that_were_kept_with_a_value_lose_it(migrate_db_for: Callable[..., None]):
    """A run's, and what the job page was told of it; done twice, it changes nothing more."""
    texts = {"source_schema": "", "source_table": "", "item_code": "", "body_name": "", "definition_hash": ""}
    model.Session.add(
        Mapping(
            id="m", name="m", connection="x", dataset_id="x", resource_id="x", definition={}, created_at=NOW,
            updated_at=NOW, **texts,
        )
    )  # fmt: skip
    for code, params in DETAILS.items():
        message = f"It is refused: {params}."
        error = {"code": code, "phase": "gate", "remedy": "Mend.", "message": message, "params": params}
        model.Session.add(run_with(error))
    model.Session.commit()
    for _ in range(2):
        migrate_db_for("roadmap", "042", False)
        migrate_db_for("roadmap")
        errors, messages = told()
        assert SECRET not in f"{errors} {messages}"
        assert {code: error["params"] for code, error in errors.items()} == CLEANED
        assert all(problems.tell(code, error["params"]) for code, error in errors.items())
        told_of = (
            "The new rows break a unique key of the table: pinfl, year. Mend. (run not_unique, phase gate)"
        )
        assert told_of in messages
