"""While others write, the pages of one state give each row once; so does a file that is being read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model
from ckan.tests import factories

from ckanext.roadmap.logic import exporting
from ckanext.roadmap.services import behind, clock, events, publications, settled
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish

LISTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("roadmap_deadline_list", "deadlines", {}),
    ("roadmap_deadline_list", "deadlines", {"status": "delinquent"}),
    ("roadmap_deadline_list", "deadlines", {"share": "late", "quarter": "2023-Q3"}),
    ("roadmap_obligation_list", "obligations", {"share": "published"}),
    ("roadmap_refresh_list", "events", {}),
    ("roadmap_compliance_show", "deadlines", {"item": "F-01"}),
)


class Writer:
    """Somebody else, by a connection of their own: data for one obligation after the other, a decision."""

    def __init__(self, rehearsal: RehearsalClock) -> None:
        self.rehearsal, self.number = rehearsal, 0
        self.dataset = factories.Dataset(name="buys", owner_org="ministry-finance")["id"]
        self.owed = behind.of_item(model.Session(), "F-01")
        model.Session.rollback()

    def write(self) -> None:
        self.number += 1
        now = self.rehearsal.set((clock.now() + timedelta(hours=5, minutes=7)).strftime("%Y-%m-%dT%H:%M"))
        owed = self.owed[self.number % len(self.owed)]
        with Session(model.meta.engine) as own:
            publications.link(own, now, owed, self.dataset, None, "x", "chosen")
            self._seen(own, now, owed)
            own.commit()

    def _seen(self, own: Session, now: Any, owed: str) -> None:
        told = {"kind": "changed", "grade": "measured", "source": "run", "columns": ["amount"]}
        content = f"{self.number}"
        events.record(
            own, now, obligation_ids=[owed], at=now, dataset_id=self.dataset, content_hash=content, **told
        )


def pages(writer: Writer, name: str, key: str, **asked: Any) -> Iterator[dict[str, Any]]:
    """The rows of pages of two, with what is written between them."""
    offset, count, state = 0, 1, {}
    while offset < count:
        found = act(name, **asked, **state, limit=2, offset=offset)
        state = {"as_of": found["as_of"]}
        assert found["count"] == count or not offset
        yield from found[key]
        offset, count = offset + 2, found["count"]
        writer.write()


def test_each_row_once(in_force: RehearsalClock):
    publish(in_force, "2023-07-20T12:00")
    publish(in_force, "2023-07-21T12:00", content="b")
    in_force.set("2023-08-20T12:00")
    writer = Writer(in_force)
    for name, key, asked in LISTS:
        first = act(name, **asked, limit=500)
        shown = list(pages(writer, name, key, **asked))
        assert len(shown) == first["count"] > 0, (name, asked)
        assert shown == first[key], (name, asked)
    assert act("roadmap_deadline_list", limit=1, item="F-01", body="ministry-finance")["count"] > 0
    _a_file_too(writer)
    _events_too(writer)


def test_what_is_committed_late_moves_no_page(in_force: RehearsalClock):
    """Recorded before the first page, committed between it and the second."""
    publish(in_force, "2023-07-20T12:00")
    in_force.set("2023-08-20T12:00")
    writer = Writer(in_force)
    for hour, (name, key, asked) in enumerate(LISTS[:-1]):
        in_force.set(f"2023-08-20T{13 + hour}:00")
        before = act(name, **asked, limit=500)[key]
        with Session(model.meta.engine) as late:
            publications.link(late, clock.now(), writer.owed[0], writer.dataset, None, "x", "chosen")
            writer.number += 1
            writer._seen(late, clock.now(), writer.owed[0])
            first = act(name, **asked, limit=1)
            assert datetime.fromisoformat(first["as_of"]) < clock.now()
            late.commit()
        state = {"as_of": first["as_of"], "limit": 500}
        assert [*first[key], *act(name, **asked, **state, offset=1)[key]] == before
        assert act(name, **asked)["as_of"] == clock.now().isoformat()
    assert len(act("roadmap_refresh_list", limit=500)["events"]) > len(before) > 0


def test_who_may_be_about_to_write_is_waited_for(clean_db: None):
    now = datetime(2026, 1, 5, tzinfo=UTC)
    assert settled.instant(model.Session(), now) == now
    with model.meta.engine.connect() as other:
        other.execute(sa.text("SELECT 1"))
        assert settled.instant(model.Session(), now) < now
        assert settled.instant(model.Session(), now, timedelta()) == now
        other.execute(sa.text("CREATE TEMPORARY TABLE written (number int)"))
        assert settled.instant(model.Session(), now, timedelta()) < now
    assert settled.instant(model.Session(), now) == now


def _a_file_too(writer: Writer) -> None:
    for asked in ({"item": "F-01"}, {"item": "F-01", "share": "current"}):
        whole = list(exporting.deadlines({"user": ""}, dict(asked)))
        rows = exporting.deadlines({"user": ""}, dict(asked))
        read = [next(rows)]
        for row in rows:
            writer.write()
            read.append(row)
        assert read == whole
    assert list(exporting.deadlines({"user": ""}, {"item": "F-01"})) != whole


def _events_too(writer: Writer) -> None:
    """Also what a server recorded whose clock is fast."""
    ahead = clock.now() + timedelta(minutes=5)
    with Session(model.meta.engine) as own:
        writer.number += 1
        writer._seen(own, ahead, writer.owed[0])
        own.commit()
    read: list[int] = []
    after: int | None = 0
    while after is not None and len(read) < 200:
        found = act("roadmap_event_list", after=after, limit=3)
        read += [row["seq"] for row in found["events"]]
        after = found["next"]
        if len(read) < 30:
            writer.write()
    assert read == list(range(1, len(read) + 1))
    with Session(model.meta.engine) as own:
        assert len(read) == own.query(events.DataEventRow).count()
