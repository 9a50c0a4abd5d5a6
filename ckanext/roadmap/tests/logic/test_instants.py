"""An instant is told from the nearest sums that are kept, and never another figure than all results would tell."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.domain.calendar import end_of_day, start_of_day
from ckanext.roadmap.logic import scopes
from ckanext.roadmap.logic.action.compliance import figures
from ckanext.roadmap.model import CountrySheet, CourseRow, DaySum, StandRow, Tally, TouchedRow
from ckanext.roadmap.services import clock, country
from ckanext.roadmap.tests.clock import TASHKENT, RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish

TICK, DAY = timedelta(microseconds=1), timedelta(days=1)


def local(moment: str) -> datetime:
    """An instant of the portal's zone."""
    return datetime.fromisoformat(moment).replace(tzinfo=TASHKENT)


def told(at: datetime) -> tuple[dict[str, Any] | None, dict[str, Any]]:
    """What the country's page tells of an instant: from near sums, and from all results."""
    asked, session = {"as_of": at, "quarters": 8}, model.Session()
    scope = scopes.make_scope(asked)
    near = country.near(session, scope, clock.now())
    whole = country.load(session, scope, is_now=False)
    session.rollback()
    return near and figures(session, asked, scope, near), figures(session, asked, scope, whole)


def edges() -> set[datetime]:
    """All at which a stored result begins, changes or ends."""
    found = set[datetime]()
    for table in (CourseRow, StandRow, TouchedRow):
        found |= set(model.Session.scalars(sa.select(sa.func.unnest(table.instants)).distinct()))
        found |= {at for at in model.Session.scalars(sa.select(table.until)) if at}
    return {at for at in found if at < clock.now()}


def forget(*days: date) -> None:
    """As if these had not been kept yet."""
    ends = [end_of_day(day, config.timezone()) for day in days]
    model.Session.execute(sa.delete(DaySum).where(DaySum.at.in_(ends)))
    model.Session.commit()


def check_around_every_edge() -> None:
    """With all days kept, and with some of them not kept yet."""
    tz, chance = config.timezone(), random.Random(5)
    first = model.Session.scalar(sa.select(sa.func.min(DaySum.at)))
    begun = sorted(at for at in edges() if at > first)
    midnights = [start_of_day(at.astimezone(tz).date(), tz) for at in chance.sample(begun, 20)]
    last = first + (clock.now() - first) * 0.99
    anywhere = [first + (last - first) * chance.random() for _ in range(20)]
    asked = {at + step for at in [*begun[::4], *midnights] for step in (-TICK, TICK * 0, TICK)} | {*anywhere}
    for at in sorted(asked):
        near, whole = told(at)
        assert near == whole, at
    for at in chance.sample(begun, 20):
        day = at.astimezone(tz).date()
        forget(day, *[day + DAY] * chance.randrange(2), *[day - DAY] * chance.randrange(2))
        near, whole = told(at)
        assert near in (None, whole), at


@pytest.mark.parametrize("moment", ["2023-04-15T12:00", "2023-04-16T03:00"])
def test_what_was_this_morning_or_last_night_is_told_from_the_present(in_force: RehearsalClock, moment: str):
    publish(in_force, "2023-04-15T09:30")
    publish(in_force, "2023-04-15T11:30", content="b")
    in_force.set(moment)
    act("roadmap_compliance_show")
    times = [local(f"2023-04-15T{time}") for time in ("09:29", "09:30", "11:31")]
    beside_the_page = [told(at) for at in times]
    model.Session.execute(sa.update(CountrySheet).values(sums=None))
    model.Session.commit()
    body_by_body = [told(at) for at in times]
    assert beside_the_page == body_by_body
    assert all(near == whole for near, whole in body_by_body)
    published = [near["total"]["published"]["met"] for near, _ in body_by_body if near]
    assert published == [0, 1, 1]


def test_the_running_day_starts_from_the_sums_beside_the_page_of_now(in_force: RehearsalClock):
    publish(in_force, "2023-04-15T09:30")
    in_force.set("2023-04-15T12:00")
    act("roadmap_compliance_show")
    publish(in_force, "2023-04-15T12:30", content="b")
    act("roadmap_compliance_show", quarter="2023-Q1")
    assert model.Session.scalars(CountrySheet.sums_at(clock.now())).all() == [], "gone with the last change"
    near, whole = told(local("2023-04-15T12:29"))
    assert near == whole
    act("roadmap_compliance_show")
    model.Session.execute(sa.update(Tally).values(kept=99, closed=99))
    model.Session.commit()
    near, whole = told(local("2023-04-15T12:29"))
    assert near == whole, "the sums body by body are not asked"


def test_where_the_past_is_changed_it_is_added_up_anew(in_force: RehearsalClock):
    dataset = publish(in_force, "2023-04-05T12:00")
    in_force.set("2023-05-10T12:00")
    span = {"days_from": "2023-03-20", "days_to": "2023-05-09"}
    act("roadmap_compliance_show")
    assert act("roadmap_ledger_rebuild", **span)["days"] == 51
    kept = act("roadmap_compliance_show", as_of="2023-04-05")
    publish(in_force, "2023-05-11T12:00", content="b")
    act("roadmap_compliance_show")
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(DaySum)) == 51
    model.Package.get(dataset).purge()  # around the action, which would record what it was
    model.Session.commit()
    act("roadmap_compliance_show")
    assert model.Session.scalar(sa.select(sa.func.max(DaySum.at))) < local("2023-04-01T00:00")
    near, whole = told(local("2023-04-05T11:00"))
    assert near in (None, whole)
    assert act("roadmap_ledger_rebuild", **span)["days"] == 39
    assert act("roadmap_compliance_show", as_of="2023-04-05") == kept
    near, whole = told(local("2023-04-05T11:00"))
    assert near == whole
