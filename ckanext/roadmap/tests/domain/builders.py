"""Short ways to say facts in tests: instants in local time, deadlines by plan, events by kind."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from ckanext.roadmap.domain.calendar import WorkingDays
from ckanext.roadmap.domain.deadline import Deadline, PlannedDeadline, plan, plan_change
from ckanext.roadmap.domain.event import DataEvent, EventKind, Grade, Place
from ckanext.roadmap.domain.status import Assessment, Facts, Requirements, assess
from ckanext.roadmap.domain.term import Term

TASHKENT = ZoneInfo("Asia/Tashkent")
LINKED = datetime(2022, 12, 1, tzinfo=TASHKENT)
QUARTERLY = Term.parse("quarterly", "15 days after period end")
CONTINUOUS = Term.parse("continuous", "within 3 working days of change")
STANDS_STILL = Requirements(unchanged_allowed=True)


def at(text: str) -> datetime:
    """An instant in local time: "2023-04-15" is its midnight, "2023-04-15 12:00" its noon."""
    return datetime.fromisoformat(text).replace(tzinfo=TASHKENT)


def written(planned: PlannedDeadline, number: str = "", **more) -> Deadline:
    """A planned deadline as it stands in the ledger; its id is its period's code."""
    values = {field.name: getattr(planned, field.name) for field in fields(PlannedDeadline)}
    code = f"change-{planned.period.code}" if planned.kind == "change" else planned.period.code
    return Deadline(id=code + number, obligation_id="o", **values, **more)


def ledger(term=QUARTERLY, since="2023-01-01", until="2023-12-31") -> tuple[Deadline, ...]:
    """The deadlines of a term."""
    planned = plan(term, date.fromisoformat(since), None, date.fromisoformat(until), WorkingDays(), TASHKENT)
    return tuple(written(row) for row in planned)


def change(text: str, number: str = "", **more) -> Deadline:
    """A deadline for a change at the source of a continuous term."""
    return written(plan_change(CONTINUOUS, at(text), WorkingDays(), TASHKENT), number, **more)


def event(text: str, kind=EventKind.changed, **more) -> DataEvent:
    """An event, recorded as it happened; each has content of its own unless told otherwise."""
    moment = at(text)
    values = {
        "id": f"{kind}-{text}-{more.get('place', 'portal')}",
        "recorded_at": moment,
        "content_hash": f"hash-{text}",
        "grade": Grade.attested if kind is EventKind.attested else Grade.measured,
    }
    return DataEvent(kind=kind, at=moment, **{**values, **more})


def read(text: str, **more) -> DataEvent:
    """An automatic run that read the live source and found nothing new."""
    return event(text, EventKind.unchanged, **{"live_read_at": at(text), "content_hash": "same", **more})


def attested(text: str, **more) -> DataEvent:
    """An officer's statement."""
    return event(text, EventKind.attested, **{"content_hash": None, **more})


def site(text: str, **more) -> DataEvent:
    """New content at the body's own site."""
    return event(text, place=Place.site, **more)


def facts(*events: DataEvent, deadlines=None, **more) -> Facts:
    """Facts of a quarterly obligation that was linked before 2023."""
    rows = ledger() if deadlines is None else deadlines
    return Facts(**{"deadlines": rows, "events": events, "published_from": LINKED, **more})


def verdicts(told: Facts, as_of: str) -> dict[str, Assessment]:
    """Assessments by the deadline's id."""
    return {row.deadline.id: row for row in assess(told, at(as_of))}


def verdict(told: Facts, as_of: str, code: str = "2023-Q1") -> Assessment:
    """The assessment of one deadline."""
    return verdicts(told, as_of)[code]


def requires(**values) -> Requirements:
    """Requirements with some changed."""
    return replace(Requirements(), **values)


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)
