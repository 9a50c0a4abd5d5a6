"""Speed of the status rule against parsing the same rows from CSV, in one run: `python -m benchmarks.status`.

A made-up country of monthly and quarterly obligations with five events a deadline. `--json` prints a list of
`{name, value, unit, required, ok}`; `--deadlines` sets the size of the smallest of three runs (1x, 2x, 4x).
"""

from __future__ import annotations

import argparse
import csv
import gc
import io
import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

from ckanext.roadmap.domain.calendar import Period, WorkingDays
from ckanext.roadmap.domain.deadline import Deadline, plan
from ckanext.roadmap.domain.event import DataEvent, EventKind, Grade, Place
from ckanext.roadmap.domain.status import Facts, Requirements, assess
from ckanext.roadmap.domain.term import Frequency, Term

TZ = ZoneInfo("Asia/Tashkent")
AS_OF = datetime(2025, 12, 31, tzinfo=UTC)
LINKED = datetime(2020, 12, 1, tzinfo=UTC)
TERMS = (("monthly", "20 days after period end"), ("quarterly", "15 days after period end"))
EVENTS_A_DEADLINE = 5
RATIO_ALLOWED = 3.0
GROWTH_ALLOWED = 1.5
COLUMNS = "code;name;amount"
REQUIRED = Requirements(unchanged_allowed=True, columns=frozenset(COLUMNS.split(";")))


@dataclass(frozen=True, slots=True)
class Timing:
    """One size of the country, measured."""

    deadlines: int
    events: int
    parsing: float
    ruling: float


def main() -> None:
    """Measure, and print as asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--deadlines", type=int, default=10_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    timings = [measure(options.deadlines * factor) for factor in (1, 2, 4)]
    if options.json:
        print(json.dumps(list(_results(timings)), indent=1))
        return
    for timing in timings:
        print(
            f"{timing.deadlines:>8} deadlines, {timing.events:>8} events: "
            f"{timing.deadlines / timing.ruling:>9.0f} deadlines/s, "
            f"{timing.ruling / timing.parsing:.2f} x the time of parsing them from CSV"
        )


def measure(size: int) -> Timing:
    """Parse a country of this size from CSV, and rule on it."""
    deadline_lines, event_lines = _written(size)
    began = process_time()
    deadlines = _grouped(_parsed_deadlines(deadline_lines))
    events = _grouped(_parsed_events(event_lines))
    parsed = process_time()
    gc.collect()
    gc.freeze()  # the inputs stay; the collector need not walk them again
    began_ruling = process_time()
    for obligation, rows in deadlines.items():
        facts = Facts(tuple(rows), tuple(events[obligation]), REQUIRED, LINKED)
        assert len(assess(facts, AS_OF)) == len(rows)
    ruled = process_time()
    gc.unfreeze()
    counts = (sum(map(len, found.values())) for found in (deadlines, events))
    return Timing(*counts, parsed - began, ruled - began_ruling)


def _results(timings: list[Timing]) -> Iterator[dict[str, object]]:
    first, last = timings[0], timings[-1]
    ratio = last.ruling / last.parsing
    growth = (last.ruling / last.deadlines) / (first.ruling / first.deadlines)
    speed = last.deadlines / last.ruling
    yield {"name": "status.speed", "value": round(speed), "unit": "deadlines/s", "required": None, "ok": True}
    yield _result("status.ratio_to_parsing", ratio, "x", RATIO_ALLOWED)
    yield _result("status.growth_of_time_a_deadline_1x_to_4x", growth, "x", GROWTH_ALLOWED)


def _result(name: str, value: float, unit: str, required: float) -> dict[str, object]:
    return {
        "name": name,
        "value": round(value, 2),
        "unit": unit,
        "required": required,
        "ok": value <= required,
    }


def _written(size: int) -> tuple[list[str], list[str]]:
    chance = random.Random(size)  # noqa: S311 - a made-up country, no secret
    deadline_lines, event_lines = io.StringIO(), io.StringIO()
    deadlines, events = csv.writer(deadline_lines), csv.writer(event_lines)
    calendars = [_calendar(Term.parse(*term)) for term in TERMS]
    written = obligation = 0
    while written < size:
        frequency, rows = calendars[obligation % len(calendars)]
        for number, row in enumerate(rows):
            deadlines.writerow((obligation, f"{obligation}-{number}", frequency, *row))
            events.writerows(_happened(obligation, number, datetime.fromisoformat(row[2]), chance))
        written, obligation = written + len(rows), obligation + 1
    return deadline_lines.getvalue().splitlines(), event_lines.getvalue().splitlines()


def _calendar(term: Term) -> tuple[str, list[tuple[str, ...]]]:
    planned = plan(term, date(2021, 1, 1), None, date(2025, 12, 31), WorkingDays(), TZ)
    return str(term.frequency), [
        (
            row.period.start.isoformat(),
            row.period.last.isoformat(),
            row.due_at.isoformat(),
            str(row.grace.days),
        )
        for row in planned
    ]


def _happened(
    obligation: int, number: int, due_at: datetime, chance: random.Random
) -> Iterator[tuple[object, ...]]:
    for step in range(EVENTS_A_DEADLINE):
        at = due_at + timedelta(days=chance.uniform(-20, 20))
        kind = chance.choice(list(EventKind))
        content = f"{obligation}-{chance.randrange(number + 3)}"
        yield obligation, f"{obligation}-{number}-{step}", kind, at.isoformat(), content, COLUMNS


def _parsed_deadlines(lines: Iterable[str]) -> Iterator[tuple[str, Deadline]]:
    for obligation, name, frequency, start, last, due_at, grace_days in csv.reader(lines):
        yield (
            obligation,
            Deadline.from_record(
                id=name,
                obligation_id=obligation,
                frequency=Frequency(frequency),
                period=Period(date.fromisoformat(start), date.fromisoformat(last)),
                due_at=datetime.fromisoformat(due_at),
                grace=timedelta(days=int(grace_days)),
                tz=TZ,
            ),
        )


def _parsed_events(lines: Iterable[str]) -> Iterator[tuple[str, DataEvent]]:
    for obligation, name, kind, at, content, columns in csv.reader(lines):
        moment = datetime.fromisoformat(at)
        is_attested = kind == EventKind.attested
        yield (
            obligation,
            DataEvent(
                id=name,
                kind=EventKind(kind),
                at=moment,
                recorded_at=moment,
                place=Place.portal,
                content_hash=content,
                columns=frozenset(columns.split(";")),
                grade=Grade.attested if is_attested else Grade.measured,
                live_read_at=moment,
            ),
        )


def _grouped(rows: Iterable[tuple[str, object]]) -> dict[str, list]:
    found: dict[str, list] = {}
    for obligation, row in rows:
        found.setdefault(obligation, []).append(row)
    return found


if __name__ == "__main__":
    main()
