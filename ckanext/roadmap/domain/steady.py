"""Until when the rule says the same of an obligation, if nothing new is recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo

from ckanext.roadmap.domain.assessment import Assessment
from ckanext.roadmap.domain.calendar import start_of_day
from ckanext.roadmap.domain.facts import Facts, seen_from

_TICK = timedelta(microseconds=1)


def steady_until(facts: Facts, rows: Iterable[Assessment], tz: tzinfo, as_of: datetime) -> datetime:
    """The first instant after `as_of` at which clock or calendar may change a verdict; at most a day's end.

    Days late grow, quarters end and periods begin (also those of deadlines not read) at midnight.

    :param rows: what the rule says of the obligation at `as_of`
    """
    tomorrow = start_of_day(as_of.astimezone(tz).date() + timedelta(days=1), tz)
    return min([tomorrow, *(instant for instant in _edges(facts, rows) if instant > as_of)])


def _edges(facts: Facts, rows: Iterable[Assessment]) -> Iterator[datetime]:
    for row in rows:
        due = row.deadline
        yield from (due.start_at, due.end_at, due.due_at + _TICK, due.grace_until + _TICK)
        yield due.delinquent_after + _TICK
    for event in facts.events:
        yield from (one for one in (seen_from(event, facts), event.at, event.unlinked_at) if one)
    for span in (*facts.forces, *facts.faults):
        yield from (one for one in (span.since, span.until) if one)
