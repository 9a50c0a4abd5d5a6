"""The ledger refuses to be edited, and shows what was done around the refusal."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.model import DataEventRow, DeadlineNoticeRow, DeadlineRow, Obligation
from ckanext.roadmap.services import events, ledger
from ckanext.roadmap.tests import country

NOW = datetime(2023, 4, 10, 9, tzinfo=UTC)
TABLES = [table.__tablename__ for table in ledger.TABLES]


@pytest.fixture
def obligation(clean_db: None, clean_index: None) -> str:
    """The id of an obligation of an approved list."""
    country.import_bodies()
    country.import_list()
    country.approve()
    return model.Session.scalar(sa.select(Obligation.id).limit(1))


def add_event(obligation: str, **changes: object) -> list[str]:
    values = {
        "obligation_ids": [obligation],
        "kind": "changed",
        "at": NOW,
        "grade": "measured",
        "source": "run",
        "content_hash": "a" * 64,
        "rows": 3,
        "columns": ["code", "region"],
        "regions": ["1703"],
        "run_id": "run-1",
    }
    ids = events.record(model.Session(), NOW, **{**values, **changes})
    model.Session.commit()
    return ids


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET kind = 'x'", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_the_database_refuses(obligation: str, table: str, statement: str):
    add_event(obligation)
    deadline = model.Session.scalars(sa.select(DeadlineRow).limit(1)).one()
    ledger.append(
        model.Session(),
        NOW,
        [DeadlineNoticeRow(id="n-1", deadline_id=deadline.id, kind="void", reason="a test")],
    )
    model.Session.commit()
    with model.meta.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match=r"append-only"):
        connection.execute(sa.text(statement.format(table)))


def test_an_intact_chain_verifies(obligation: str):
    add_event(obligation)
    add_event(obligation, run_id="run-2", kind="unchanged")
    assert not any(ledger.verify(model.Session()).values())


def test_a_runs_event_is_recorded_once(obligation: str):
    assert add_event(obligation) == add_event(obligation)
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(DataEventRow)) == 1


@pytest.mark.parametrize(
    ("tampering", "seq", "code"),
    [
        ("UPDATE roadmap_data_event SET rows = 999 WHERE seq = 2", 2, "content"),
        ("DELETE FROM roadmap_data_event WHERE seq = 2", 2, "missing"),
        (
            "UPDATE roadmap_data_event SET recorded_at = recorded_at - interval '1 day' WHERE seq = 1",
            1,
            "content",
        ),
    ],
)
def test_what_was_done_around_the_refusal_is_shown(obligation: str, tampering: str, seq: int, code: str):
    for number in (1, 2, 3):
        add_event(obligation, run_id=f"run-{number}")
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text("ALTER TABLE roadmap_data_event DISABLE TRIGGER USER"))
        connection.execute(sa.text(tampering))
    model.Session.expire_all()
    found = ledger.verify(model.Session())["roadmap_data_event"]
    assert (found[0].seq, found[0].code) == (seq, code)


def test_a_chain_is_the_same_whatever_the_time_zone_of_the_session(obligation: str):
    add_event(obligation)
    model.Session.execute(sa.text("SET TIME ZONE 'America/Lima'"))
    model.Session.expire_all()
    assert not any(ledger.verify(model.Session()).values())
