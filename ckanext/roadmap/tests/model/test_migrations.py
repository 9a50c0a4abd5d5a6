"""Migrations make the very tables that the models speak of, and can be taken back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.model.ledger import LedgerBase

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
