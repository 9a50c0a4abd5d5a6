"""What is odd in what a load put live is told with its event, and a touched date is no refresh."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.model import DataEventRow

from .conftest import MAPPING, Chain

pytestmark = pytest.mark.usefixtures("with_plugins")


def newest() -> tuple[str, str | None]:
    row = model.Session.scalars(sa.select(DataEventRow).order_by(DataEventRow.seq.desc()).limit(1)).one()
    return row.kind, row.label


def test_what_is_odd_in_a_load_is_labelled(chain: Chain):
    chain.sql("ALTER TABLE schools ADD updated_at timestamp DEFAULT '2023-01-01'")
    chain.map(columns=[*MAPPING["columns"], "updated_at"])
    found = []
    for change in (
        "SELECT 1",
        "UPDATE schools SET updated_at = '2023-02-02'",
        "UPDATE schools SET pupils = 0 WHERE id = 1",
        "UPDATE schools SET pupils = 1 WHERE id = 1",
        "DELETE FROM schools WHERE id = 100",
        "SELECT 1",
    ):
        chain.sql(change)
        chain.harvest()
        found.append(newest())
    assert found == [
        ("changed", None),
        ("unchanged", "timestamps_only"),
        ("changed", None),
        ("changed", "flip_flop"),
        ("changed", "fewer_rows"),
        ("unchanged", None),
    ]
