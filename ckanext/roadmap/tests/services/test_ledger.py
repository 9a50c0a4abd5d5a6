"""The ledger refuses to be edited, and shows what was done around the refusal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model
from ckan.exceptions import CkanConfigurationException

from ckanext.roadmap.logic import legal_zone
from ckanext.roadmap.model import (
    AttestationRow,
    Body,
    BodyRevisionRow,
    ContentLookRow,
    DataEventRow,
    DatasetFaceRow,
    DeadlineNoticeRow,
    DeadlineRow,
    ExemptionRevocationRow,
    ExemptionRow,
    HeartbeatRow,
    LightRow,
    ObjectionRow,
    Obligation,
    OutageRow,
    RulingRow,
    RunDecisionRow,
    SealRow,
    SiteCheckRow,
    SuggestionEventRow,
    SystemStepRow,
    TakedownRow,
    TakedownStepRow,
)
from ckanext.roadmap.services import clock, deadlines, events, ledger, publications, seals
from ckanext.roadmap.services.legal_calendar import legal_calendar
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.acceptance.processes import wait_until

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


def fill(obligation: str) -> None:
    """A row in each table."""
    event = add_event(obligation)[0]
    deadline = model.Session.scalars(sa.select(DeadlineRow.id).limit(1)).one()
    body = model.Session.scalars(sa.select(Body.id).limit(1)).one()
    decision = {"decision_number": "7", "decision_date": date(2023, 4, 1)}
    note = {"reason": "a test", "by": "someone"}
    for row in (
        DeadlineNoticeRow(id="n", deadline_id=deadline, kind="void", reason="a test"),
        AttestationRow(id="a", deadline_id=deadline, event_id=event, **note),
        ExemptionRow(id="e", deadline_id=deadline, **decision, **note),
        ExemptionRevocationRow(id="v", exemption_id="e", **note),
        ObjectionRow(id="o", deadline_id=deadline, fault="portal", text="a test", by="someone"),
        RulingRow(id="r", objection_id="o", upheld=True, text="a test", remedy="none", by="someone"),
        SuggestionEventRow(id="s", suggestion_id="s", state="open", reason="a test", actor="", at=NOW),
        SiteCheckRow(
            id="c",
            dataset_id="d",
            resource_id="r",
            url="https://example.uz",
            look="changed",
            failures=0,
            next_at=NOW,
        ),
        SystemStepRow(id="y", system_id="y", stage="live", reached=date(2023, 4, 1), act="1", by="someone"),
        ContentLookRow(id="l", dataset_id="d", resource_id="r", origin="file", at=NOW),
        HeartbeatRow(id="h", at=NOW, down=["web"]),
        LightRow(id="l", green=71, yellow=55),
        DatasetFaceRow(id="f", dataset_id="d", name="d", title={"uz": "D"}, is_public=True, resources=[]),
        SealRow(id="z", register="r", subject="s", content={}),
        OutageRow(id="o", since=NOW, until=NOW, proof={}),
        RunDecisionRow(
            id="g",
            run_id="r",
            mapping_id="m",
            content_hash="h",
            findings=[],
            word="approve",
            side="owner",
            reason="a test",
            by="someone",
        ),
        TakedownRow(id="t", dataset_id="d", resource_id="r", was_private=False, **note),
        TakedownStepRow(id="p", takedown_id="t", kind="dismissed", text="a test", by="someone"),
        BodyRevisionRow(body_id=body, effective=None, attributes={"name": "x"}, by="someone"),
    ):
        ledger.append(model.Session(), NOW, [row])
    model.Session.commit()


@pytest.mark.parametrize(
    "statement", ["UPDATE {} SET recorded_at = now()", "DELETE FROM {}", "TRUNCATE {} CASCADE"]
)
def test_the_database_refuses(obligation: str, statement: str):
    fill(obligation)
    for table in TABLES:
        with model.meta.engine.connect() as connection, pytest.raises(sa.exc.DBAPIError, match="append-only"):
            connection.execute(sa.text(statement.format(table)))


@pytest.mark.parametrize("table", TABLES)
def test_every_table_is_verified(obligation: str, table: str):
    fill(obligation)
    assert not any(ledger.verify(model.Session()).values())
    with model.meta.engine.begin() as connection:
        connection.execute(sa.text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        connection.execute(sa.text(f"UPDATE {table} SET recorded_at = now() WHERE seq = 1"))
    model.Session.expire_all()
    found = {name: breaks for name, breaks in ledger.verify(model.Session()).items() if breaks}
    assert [(one.seq, one.code) for one in found.pop(table)] == [(0, "unguarded"), (1, "content")]
    assert not found


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
    assert (found[0].code, found[1].seq, found[1].code) == ("unguarded", seq, code)


@pytest.mark.parametrize(
    "around",
    [
        "ALTER TABLE roadmap_deadline ENABLE TRIGGER roadmap_deadline_rows",
        "CREATE RULE quiet AS ON INSERT TO roadmap_deadline DO INSTEAD NOTHING",
        "CREATE TABLE roadmap_child () INHERITS (roadmap_deadline)",
        """DROP TRIGGER roadmap_deadline_rows ON roadmap_deadline;
        CREATE TRIGGER roadmap_deadline_rows BEFORE DELETE ON roadmap_deadline
        FOR EACH ROW EXECUTE FUNCTION roadmap_refuse();
        ALTER TABLE roadmap_deadline ENABLE ALWAYS TRIGGER roadmap_deadline_rows""",
        """DROP TRIGGER roadmap_deadline_rows ON roadmap_deadline;
        CREATE TRIGGER roadmap_deadline_rows BEFORE UPDATE OF id OR DELETE ON roadmap_deadline
        FOR EACH ROW WHEN (false) EXECUTE FUNCTION roadmap_refuse();
        ALTER TABLE roadmap_deadline ENABLE ALWAYS TRIGGER roadmap_deadline_rows""",
        """CREATE FUNCTION quiet() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN /* append-only */ RETURN NEW; END $$;
        DROP TRIGGER roadmap_deadline_rows ON roadmap_deadline;
        CREATE TRIGGER roadmap_deadline_rows BEFORE UPDATE OR DELETE ON roadmap_deadline
        FOR EACH ROW EXECUTE FUNCTION quiet();
        ALTER TABLE roadmap_deadline ENABLE ALWAYS TRIGGER roadmap_deadline_rows""",
    ],
)
def test_a_table_that_can_be_gone_round_is_told(obligation: str, around: str):
    model.Session.execute(sa.text(around))
    found = ledger.verify(model.Session())
    model.Session.rollback()
    assert {name: [one.code for one in breaks] for name, breaks in found.items() if breaks} == {
        "roadmap_deadline": ["unguarded"]
    }


SET = "UPDATE roadmap_{} SET {} WHERE id = (SELECT id FROM roadmap_{} WHERE {} ORDER BY id LIMIT 1)"


@pytest.mark.parametrize(
    ("table", "tampering", "code", "what"),
    [
        ("publication", "confirmed_at = confirmed_at - interval '90 days'", "altered", "at"),
        ("publication", "dataset_id = 'another'", "altered", "dataset_id"),
        ("publication", "confirmed_at = NULL", "removed", ""),
        ("publication", "revoked_at = NULL", "altered", "revoked_at"),
        ("obligation_term", "in_force_from = in_force_from + 400", "altered", "in_force_from"),
        ("item_revision", "unchanged_allowed = NOT unchanged_allowed", "altered", "unchanged_allowed"),
        ("item_revision", "columns = '[]', region_column = 'x'", "altered", "region_column"),
        ("list_version", "attestation_limit = 99, grace_share = 0.9", "altered", "grace_share"),
    ],
)
def test_the_past_of_registers_is_sealed(obligation: str, table: str, tampering: str, code: str, what: str):
    session, at = model.Session(), clock.now()
    made = [publications.link(session, at, obligation, name, None, "o", "chosen") for name in "ab"]
    assert seals.record(session, at) > 2
    publications.revoke(session, at, made[0], "o", "a test")
    assert seals.breaks(session) == [], "what was open was filled in"
    assert (seals.record(session, at), seals.record(session, at)) == (1, 0)
    which = {"publication": "revoked_at IS NOT NULL", "item_revision": "columns <> '[]'"}.get(table, "true")
    session.execute(sa.text(SET.format(table, tampering, table, which)))
    session.expire_all()
    assert seals.record(session, at) == 0, "the old seal stands"
    (found,) = seals.breaks(session)
    assert (found.code, f"roadmap_{table} " in found.what, what in found.what) == (code, True, True)
    session.rollback()


def test_a_link_of_the_past_that_is_slipped_in_is_shown(obligation: str):
    session, at = model.Session(), clock.now()
    seals.record(session, at)
    publications.link(session, at + timedelta(days=1), obligation, "a", None, "o", "chosen")
    seals.record(session, at + timedelta(days=2))
    publications.link(session, at + timedelta(hours=-3), obligation, "late", None, "o", "chosen")
    assert seals.record(session, at + timedelta(days=3)) == 1
    (found,) = seals.breaks(session)
    assert found.code == "slipped_in"
    session.rollback()


def test_two_that_write_ahead_write_each_deadline_once(obligation: str):
    until, calendar = date(deadlines.horizon(clock.today()).year + 1, 12, 31), legal_calendar()

    def apart() -> int:
        with Session(model.meta.engine) as own:
            return deadlines.extend(own, NOW, until, calendar)

    session = model.Session()
    assert deadlines.extend(session, NOW, until, calendar)
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(apart)
        wait_until(lambda: session.scalar(waiting) or other.done(), 60, "nobody waits")
        session.commit()
        assert other.result(60) == 0


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("Asia/Tashkent", None),
        ("Asia/Samarkand", None),
        ("Europe/Moscow", "another zone"),
        ("Mars/Base", "no such"),
    ],
)
def test_a_zone_that_would_change_the_past_is_refused(
    obligation: str,
    ckan_config: dict[str, object],
    monkeypatch: pytest.MonkeyPatch,
    zone: str,
    words: str | None,
):
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.timezone", zone)
    with model.meta.engine.begin() as connection:  # an odd row is for `ledger verify`, and stops no portal
        connection.execute(sa.text("ALTER TABLE roadmap_deadline DISABLE TRIGGER USER"))
        odd = "UPDATE roadmap_deadline SET due_at = due_at + interval '1 hour' WHERE seq = 1"
        connection.execute(sa.text(odd))
    if words is None:
        legal_zone.require()
        return
    with pytest.raises(CkanConfigurationException, match=words):
        legal_zone.require()


def test_a_chain_is_the_same_whatever_the_time_zone_of_the_session(obligation: str):
    add_event(obligation)
    model.Session.execute(sa.text("SET TIME ZONE 'America/Lima'"))
    model.Session.expire_all()
    assert not any(ledger.verify(model.Session()).values())
