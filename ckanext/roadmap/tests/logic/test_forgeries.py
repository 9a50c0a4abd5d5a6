"""Forgeries of the ledger by somebody who owns the database, knows the chain, and computes it anew."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model
from ckan.cli.cli import ckan
from ckan.tests.helpers import CKANCliRunner, CKANTestApp

from ckanext.roadmap.domain import chain
from ckanext.roadmap.model import DataEventRow, SealRow
from ckanext.roadmap.services import ledger
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish

EVENTS = "roadmap_data_event"


def run(statement: str, **values: Any) -> None:
    model.Session.execute(sa.text(statement), values)


def hash_anew(table: Any, first: int, last: int = 10**9) -> None:
    """Compute the hashes of rows again, as if they had always been so."""
    session = model.Session()
    session.expire_all()
    found = session.scalars(sa.select(table).where(table.seq.between(first, last)).order_by(table.seq)).all()
    previous = session.scalar(sa.select(table.hash).where(table.seq == first - 1)) or chain.GENESIS
    for seq, content in [(row.seq, ledger._content(row)) for row in found]:
        digest = chain.link_hash(previous, content)
        run(
            f"UPDATE {table.__tablename__} SET previous_hash = :previous, hash = :hash WHERE seq = :seq",
            previous=previous,
            hash=digest,
            seq=seq,
        )
        previous = digest
    session.expire_all()


def swap() -> None:
    """Two rows change places, with hashes of their own."""
    for old, new in ((2, -1), (3, 2), (-1, 3)):
        run(f"UPDATE {EVENTS} SET seq = {new} WHERE seq = {old}")
    hash_anew(DataEventRow, 2, 3)


def back_date() -> None:
    """A row of the past is put in, and all after it are hashed anew."""
    run(f"UPDATE {EVENTS} SET seq = -seq - 1 WHERE seq > 1")
    run(f"UPDATE {EVENTS} SET seq = -seq WHERE seq < 0")
    run(f"CREATE TEMP TABLE forged ON COMMIT DROP AS SELECT * FROM {EVENTS} WHERE seq = 1")
    run(
        "UPDATE forged SET id = 'forged', seq = 2, at = at - interval '20 days', hash = 'forged', run_id = 'forged'"
    )
    run(f"INSERT INTO {EVENTS} SELECT * FROM forged")
    hash_anew(DataEventRow, 2)


def reseal() -> None:
    """A list is made milder, and so are its seal and all seals after it."""
    run("UPDATE roadmap_list_version SET attestation_limit = 99")
    run(
        'UPDATE roadmap_seal SET content = content || \'{"attestation_limit": "99"}\''
        " WHERE register = 'roadmap_list_version'"
    )
    hash_anew(SealRow, 1)


def cut() -> None:
    """The newest events are cut off."""
    run(f"DELETE FROM {EVENTS} WHERE seq > 2")


def restore() -> None:
    """An older copy of all tables is put back."""
    for table in ledger.TABLES:
        run(f"DELETE FROM {table.__tablename__} WHERE recorded_at > '2023-04-13'")


FORGERIES: dict[Callable[[], None], tuple[dict[str, str], set[tuple[str, int, str]]]] = {
    swap: ({EVENTS: "order"}, {(EVENTS, 4, "order")}),
    back_date: ({}, {(EVENTS, 4, "rewritten")}),
    reseal: ({}, {("roadmap_seal", 0, "rewritten")}),
    cut: ({}, {(EVENTS, 4, "cut")}),
    restore: ({}, {(EVENTS, 4, "cut"), ("roadmap_seal", 0, "cut")}),
}


@pytest.fixture
def kept(in_force: RehearsalClock) -> RehearsalClock:
    """Four events, and seals before and after."""
    act("roadmap_ledger_extend")
    for day, content in enumerate("abcd"):
        publish(in_force, f"2023-04-{11 + day}T12:00", content=content)
    act("roadmap_ledger_extend")
    return in_force


def test_what_was_forged_is_told_and_by_whom_it_can_be_known(kept: RehearsalClock):
    noted = act("roadmap_ledger_head")
    seals = next(head["seq"] for head in noted["heads"] if head["table"] == "roadmap_seal")
    assert act("roadmap_ledger_verify", noted=noted)["intact"]
    model.Session.commit()
    for forge, (alone, beside) in FORGERIES.items():
        for table in ledger.TABLES:
            run(f"ALTER TABLE {table.__tablename__} DISABLE TRIGGER USER")
        forge()
        for table in ledger.TABLES:
            run(f"ALTER TABLE {table.__tablename__} ENABLE TRIGGER USER")
            run(f"ALTER TABLE {table.__tablename__} ENABLE ALWAYS TRIGGER {table.__tablename__}_rows")
            run(f"ALTER TABLE {table.__tablename__} ENABLE ALWAYS TRIGGER {table.__tablename__}_all")
        told = act("roadmap_ledger_verify")
        assert {name: rows[0]["code"] for name, rows in told["tables"].items() if rows} == alone, forge
        told = act("roadmap_ledger_verify", noted=noted)
        found = {(name, row["seq"], row["code"]) for name, rows in told["tables"].items() for row in rows}
        assert {(name, seq or seals, code) for name, seq, code in beside} <= found, (forge, found)
        assert not told["intact"]
        model.Session.rollback()


def test_an_auditor_notes_the_heads_and_compares(
    kept: RehearsalClock, app: CKANTestApp, cli: CKANCliRunner, tmp_path: Path
):
    """By the commands that docs/ledger.md names, and from the address of the API."""
    by_command = cli.invoke(ckan, ["roadmap", "ledger", "head"]).stdout
    by_address = app.get("/api/3/action/roadmap_ledger_head").body
    for text in (by_command, by_address):
        note = tmp_path / "heads.json"
        note.write_text(text)
        told = cli.invoke(ckan, ["roadmap", "ledger", "verify", "--noted", str(note)])
        assert told.exit_code == 0, told.output
    unknown = json.dumps([{"table": "roadmap_events", "seq": 4, "hash": "a"}])
    for text in ("{}", "[]", "null", "{", unknown):  # nothing to compare must not pass for what holds
        note.write_text(text)
        told = cli.invoke(ckan, ["roadmap", "ledger", "verify", "--noted", str(note)])
        assert told.exit_code == 1, (text, told.output)
    model.Session.commit()
    note.write_text(by_address)
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text(f"ALTER TABLE {EVENTS} DISABLE TRIGGER USER"))
        connection.execute(sa.text(f"DELETE FROM {EVENTS} WHERE seq = 4"))
    told = cli.invoke(ckan, ["roadmap", "ledger", "verify", "--noted", str(note)])
    assert told.exit_code == 1
    assert "row 4, whose head was noted, was cut off the end [cut]" in told.output
