"""Laws of the status rule at the edges: of clocks, zones, leap years, holidays, and late events."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from ckanext.roadmap.domain.calendar import WorkingDays, end_of_day
from ckanext.roadmap.domain.deadline import plan
from ckanext.roadmap.domain.event import DataEvent, EventKind, Place
from ckanext.roadmap.domain.status import Facts, Requirements, Status, assess
from ckanext.roadmap.domain.term import Term

from .builders import LINKED, TASHKENT, written
from .test_status_laws import INSTANTS, REQUIREMENTS, acts, told

TICK = timedelta(microseconds=1)
DAY = timedelta(days=1)
ZONES = ("UTC", "America/Lima", "Pacific/Kiritimati", "Europe/Berlin")
TERMS = st.sampled_from(
    [
        ("daily", "1 day after period end"),
        ("weekly", "2 working days after period end"),
        ("monthly", "10 days after period end"),
        ("monthly", "5 working days after period end"),
        ("quarterly", "15 days after period end"),
        ("half_yearly", "30 days after period end"),
        ("annual", "by 29 February"),
        ("annual", "by 1 March"),
    ]
)
DAYS = st.dates(date(2023, 1, 1), date(2033, 12, 31))
HOLIDAYS = st.frozensets(DAYS, max_size=40)


def one_deadline(words, day, holidays=frozenset(), worked=frozenset(), tz=TASHKENT):
    """The deadline of the period that ends on or after a day."""
    term = Term.parse(*words)
    days = WorkingDays(holidays, worked)
    return written(next(plan(term, day, None, day + timedelta(days=800), days, tz)))


def status(deadline, as_of, event=None, linked=LINKED):
    facts = Facts((deadline,), (event,) if event else (), published_from=linked)
    return assess(facts, as_of)[0].status


def changed(moment):
    return DataEvent("e", EventKind.changed, moment, moment, content_hash="a")


@settings(max_examples=60)
@given(TERMS, DAYS, HOLIDAYS, st.sampled_from([TASHKENT, *map(ZoneInfo, ZONES)]))
def test_statuses_change_at_the_very_instants_of_the_law(words, day, holidays, tz):
    deadline = one_deadline(words, day, holidays, tz=tz)
    instants = [
        deadline.end_at,
        deadline.due_at + TICK,
        deadline.grace_until + TICK,
        deadline.delinquent_after + TICK,
    ]
    found = [(status(deadline, at - TICK), status(deadline, at)) for at in instants]
    assert found == [
        (Status.awaiting, Status.due),
        (Status.due, Status.in_grace),
        (Status.in_grace, Status.overdue),
        (Status.overdue, Status.delinquent),
    ]


@given(TERMS, DAYS, HOLIDAYS)
def test_the_last_instant_of_the_due_day_is_on_time_and_the_next_is_late(words, day, holidays):
    deadline = one_deadline(words, day, holidays)
    later = deadline.delinquent_after + DAY
    assert status(deadline, later, changed(deadline.due_at)) is Status.on_time
    assert status(deadline, later, changed(deadline.due_at + TICK)) is Status.late_met
    local = deadline.due_at.astimezone(TASHKENT)
    assert (local + TICK).time() == datetime.min.time(), "it is the end of a local day"


@given(DAYS, HOLIDAYS, HOLIDAYS, st.integers(1, 15))
def test_working_days_are_counted_without_holidays_and_with_days_made_working(day, holidays, worked, count):
    deadline = one_deadline(("monthly", f"{count} working days after period end"), day, holidays, worked)
    days = WorkingDays(holidays, worked)
    due = deadline.due_at.astimezone(TASHKENT).date()
    after = [deadline.period.last + DAY * n for n in range(1, (due - deadline.period.last).days + 1)]
    assert sum(map(days.is_working, after)) == count
    assert days.is_working(due)
    plain = one_deadline(("monthly", f"{count} working days after period end"), day)
    assert (
        one_deadline(("monthly", f"{count} working days after period end"), day, holidays).due_at
        >= plain.due_at
    )


@given(st.integers(2023, 2099))
def test_the_29th_of_february_is_the_28th_where_there_is_none(year):
    deadline = one_deadline(("annual", "by 29 February"), date(year, 6, 1))
    due = deadline.due_at.astimezone(TASHKENT).date()
    assert due + DAY == date(year + 1, 3, 1)
    assert deadline.period.days == (366 if year % 4 == 0 and (year % 100 or year % 400 == 0) else 365)


@given(told(), INSTANTS, INSTANTS)
def test_what_comes_later_whitens_no_miss(facts, moment, as_of):
    late = DataEvent(
        "late",
        EventKind.changed,
        moment,
        moment,
        content_hash="z",
        columns=frozenset("ab"),
        regions=frozenset({"1703"}),
    )
    before = {row.deadline.id: row for row in assess(facts, as_of)}
    for row in assess(replace(facts, events=(*facts.events, late)), as_of):
        if before[row.deadline.id].missed and row.deadline.grace_until < moment:
            assert row.missed
            assert not row.is_kept


@given(st.data(), told(), INSTANTS, st.sampled_from(ZONES))
def test_the_zone_in_which_an_instant_is_written_is_of_no_account(data, facts, as_of, zone):
    facts = replace(facts, **data.draw(acts(facts.deadlines)))
    tz = ZoneInfo(zone)
    before = [(row.status, row.reason, row.met_at, row.days_late) for row in assess(facts, as_of)]
    after = assess(moved(facts, tz), as_of.astimezone(tz))
    assert [(row.status, row.reason, row.met_at, row.days_late) for row in after] == before


def moved(value, tz):
    """The same facts with every instant written in another zone."""
    if isinstance(value, datetime):
        return value.astimezone(tz)
    if isinstance(value, tuple):
        return tuple(moved(one, tz) for one in value)
    if is_dataclass(value) and not isinstance(value, type) and not isinstance(value, Requirements):
        return replace(value, **{f.name: moved(getattr(value, f.name), tz) for f in fields(value)})
    return value


@given(told(), st.lists(INSTANTS, min_size=2, max_size=5))
def test_a_status_that_is_settled_never_returns_to_an_open_one(facts, instants):
    facts = replace(facts, published_from=LINKED)
    open_, settled = {Status.awaiting, Status.due, Status.in_grace}, {Status.on_time, Status.late_met}
    rows = [{row.deadline.id: row.computed for row in assess(facts, at)} for at in sorted(instants)]
    for earlier, later in zip(rows, rows[1:], strict=False):
        for id_, was in earlier.items():
            assert not (was in settled and later[id_] is not was)
            assert not (was not in open_ and later[id_] in open_) or was is Status.unknown


@given(REQUIREMENTS, INSTANTS, st.sampled_from(list(Place)))
def test_unmeasured_data_meet_nothing(required, as_of, place):
    moment = as_of - DAY
    event = replace(changed(moment), content_hash=None, place=place)
    deadline = one_deadline(("monthly", "10 days after period end"), (moment - timedelta(days=33)).date())
    facts = Facts((deadline,), (event,), required, published_from=LINKED)
    assert not any(row.is_met for row in assess(facts, as_of))


def test_midnight_in_utc_is_no_midnight_of_the_law():
    deadline = one_deadline(("monthly", "10 days after period end"), date(2023, 3, 1))
    assert end_of_day(date(2023, 4, 10), TASHKENT) == deadline.due_at
    assert status(deadline, datetime(2023, 4, 10, 18, 59, tzinfo=UTC)) is Status.due
    assert status(deadline, datetime(2023, 4, 10, 19, 0, tzinfo=UTC)) is Status.in_grace
