"""One obligation over all time: when each status began, as the rule saw it then and foresees it now.

The rule is asked at an instant; here it is asked of all instants at once. Facts become known at instants, and
between two of them only the clock moves: past a due date, past the end of grace. Most news is an event later
than all before it, which can't change what earlier ones met; so one look is enough until news of another kind
(a turn): an act, a link, a list, an event told late.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import groupby, pairwise
from operator import itemgetter

from ckanext.roadmap.domain.deadline import Deadline, DeadlineKind
from ckanext.roadmap.domain.event import DataEvent, EventKind
from ckanext.roadmap.domain.facts import Facts, Memory, seen_from
from ckanext.roadmap.domain.status import Due, computed_status, displayed_status, is_missed, lay_out
from ckanext.roadmap.domain.verdict import EXEMPT, MET, pack

TICK = timedelta(microseconds=1)
BEGINNING = datetime.min.replace(tzinfo=UTC)
END = datetime.max.replace(tzinfo=UTC) - timedelta(days=1)
Change = tuple[datetime, bool]


@dataclass(slots=True)
class Course:
    """A deadline by the same dates and the same event, over time.

    `states` (see `verdict`) hold from the instants beside them on, the last until `until` (None: for ever).
    `event` met it, where a state says that it is met. A deadline that was moved, or is met by another event
    than before, has a course for each.
    """

    deadline: Deadline
    event: DataEvent | None = None
    instants: list[datetime] = field(default_factory=list[datetime])
    states: list[int] = field(default_factory=list[int])
    until: datetime | None = None

    def state_at(self, instant: datetime) -> int | None:
        """The state at an instant; None before the period began, or where another course holds."""
        if self.until is not None and self.until <= instant:
            return None
        found = None
        for since, state in zip(self.instants, self.states, strict=True):
            if since <= instant:
                found = state
        return found


def courses(facts: Facts) -> list[Course]:
    """The courses of all deadlines of an obligation, in the order of its deadlines' ends."""
    found: dict[str, list[Course]] = {}
    present = set[str]()
    memory = Memory(facts)
    edges = [BEGINNING, *turns(facts, memory), END]
    for since, until in zip(edges, edges[1:], strict=False):
        seen = memory.at(until - TICK)
        before, present = present, {row.id for row in seen.deadlines}
        for gone in before - present:
            _end(found.get(gone), since)
        for due, stretches in _looked_at(seen, since, until):
            _continue(found.setdefault(due.deadline.id, []), due, stretches)
    return [course for group in found.values() for course in group]


def turns(facts: Facts, memory: Memory | None = None) -> list[datetime]:
    """The instants at which something became known that may change what was met before.

    :param memory: of the same facts, where there is one
    """
    news = {
        *_written_late(facts),
        *(row.overtaken_at for row in facts.deadlines),
        *(instant for act in (*facts.notices, *facts.faults) for instant in (act.recorded_at,)),
        *(instant for act in facts.exemptions for instant in (act.recorded_at, act.revoked_at)),
        *(instant for act in facts.objections for instant in (act.recorded_at, act.ruled_at)),
        *(instant for force in facts.forces for instant in (force.recorded_at, force.until_recorded_at)),
        *(event.unlinked_at for event in facts.events),
        *(one.measured_from for one in (facts.requirements, *facts.revisions.values())),
        facts.published_from,
        *_told_late(facts, memory or Memory(facts)),
    }
    return sorted(instant for instant in news if instant is not None)


def _written_late(facts: Facts) -> Iterator[datetime]:
    """When deadlines were written that earlier events might meet; those written ahead leave all as it was."""
    before = {
        row.period.last + timedelta(days=1): row
        for row in facts.deadlines
        if row.kind is DeadlineKind.period and not row.is_once
    }
    for row in facts.deadlines:
        if row.recorded_at is None:
            continue
        is_plain = row.kind is DeadlineKind.period and not row.is_once
        previous = before.get(row.period.start) if is_plain else None
        is_foreseen = previous is None or previous.next_end() == row.end_at
        if not (is_plain and is_foreseen and row.recorded_at <= row.end_at):
            yield row.recorded_at


def _told_late(facts: Facts, memory: Memory) -> Iterator[datetime]:
    """When events became known that are not later than all known before, or that count backwards."""
    arrivals = [(since, place) for place, (_, since) in enumerate(memory.events) if since is not None]
    has_once = any(row.is_once for row in facts.deadlines)
    is_orderly = all(one[0] <= two[0] for one, two in pairwise(arrivals))
    if not arrivals or (is_orderly and not has_once and not _shows_first(arrivals[0][0], facts)):
        return
    latest = -1
    for since, group in groupby(sorted(arrivals), key=itemgetter(0)):
        places = [place for _, place in group]
        gone = has_once and any(memory.events[place][0].kind is EventKind.withdrawn for place in places)
        if places[0] < latest or gone or _shows_first(since, facts):
            yield since
        latest = max(latest, places[-1])


def _shows_first(instant: datetime, facts: Facts) -> bool:
    """Whether news of an instant are the first sign of a publication."""
    return facts.published_from is None or instant < facts.published_from


def _looked_at(
    seen: Facts, since: datetime, until: datetime
) -> Iterator[tuple[Due, list[tuple[datetime, int]]]]:
    missed_before: dict[DeadlineKind, list[Change]] = {}
    for due in lay_out(seen) if seen.deadlines else ():
        kind, stretches = due.deadline.kind, [(since, EXEMPT)]
        if due.aside is None:
            stretches, missed_before[kind] = _judged(due, seen, since, until, missed_before.get(kind, []))
        start = max(due.deadline.start_at, due.deadline.recorded_at or BEGINNING)
        if start < until:
            yield due, _begun(stretches, start)


def _begun(stretches: list[tuple[datetime, int]], start: datetime) -> list[tuple[datetime, int]]:
    """Without what was over before the period began."""
    first = max((place for place, (at, _) in enumerate(stretches) if at <= start), default=0)
    return [(max(at, start), state) for at, state in stretches[first:]]


def _judged(
    due: Due, seen: Facts, since: datetime, until: datetime, before: Sequence[Change]
) -> tuple[list[tuple[datetime, int]], list[Change]]:
    """The states between two turns, and when the deadline was missed."""
    deadline, event = due.deadline, due.finding.event
    met_from = max(seen_from(one, seen) or since for one in due.finding.met) if event else END
    stretches: list[tuple[datetime, int]] = []
    missed_at: list[Change] = []
    attested = event is not None and event.kind is EventKind.attested
    for instant in _instants(due, seen, met_from, since, until, before):
        met_at = event.at if event and instant >= met_from else None
        computed = computed_status(deadline, met_at, seen, instant, _value(before, instant))
        missed = is_missed(due, computed, met_at, instant)
        status = displayed_status(due, computed)
        state = pack(deadline, met_at, status, computed, missed, instant, due.kept_until, attested)
        stretches.append((instant, state))
        if missed != (missed_at[-1][1] if missed_at else False):
            missed_at.append((instant, missed))
    return stretches, missed_at


def _instants(
    due: Due, seen: Facts, met_from: datetime, since: datetime, until: datetime, before: Sequence[Change]
) -> list[datetime]:
    """All at which the state may change, the first one included."""
    deadline = due.deadline
    found = {
        deadline.end_at,
        deadline.due_at + TICK,
        deadline.grace_until + TICK,
        deadline.delinquent_after + TICK,
        met_from,
        *(instant for instant, _ in before),
        *(() if due.kept_until is None else (due.kept_until + TICK,)),
        *(instant for fault in seen.faults for instant in (fault.since, fault.until) if instant),
    }
    return [since, *sorted(instant for instant in found if since < instant < until)]


def _value(changes: Sequence[Change], instant: datetime) -> bool:
    """What holds at an instant."""
    found = False
    for since, value in changes:
        if since > instant:
            break
        found = value
    return found


def _end(known_courses: list[Course] | None, instant: datetime) -> None:
    if known_courses and known_courses[-1].until is None:
        known_courses[-1].until = instant


def _is_same(course: Course, due: Due, event: DataEvent | None) -> bool:
    """Whether a course goes on: by the same dates, and met by the same event, if it was met."""
    if course.until is not None or _dates(course.deadline) != _dates(due.deadline):
        return False
    return course.event is None or (event is not None and event.id == course.event.id)


def _dates(deadline: Deadline) -> tuple[datetime, datetime, timedelta]:
    return deadline.end_at, deadline.due_at, deadline.grace


def _continue(known_courses: list[Course], due: Due, stretches: Iterable[tuple[datetime, int]]) -> None:
    """Add what was seen between two turns to what was before."""
    for instant, state in stretches:
        course = known_courses[-1] if known_courses else None
        event = due.finding.event if state & MET else None
        if course is None or not _is_same(course, due, event):
            _end(known_courses, instant)
            course = Course(due.deadline)
            known_courses.append(course)
        course.event = course.event or event
        if not course.states or course.states[-1] != state:
            if course.instants and course.instants[-1] == instant:
                course.states[-1] = state
            else:
                course.instants.append(instant)
                course.states.append(state)
