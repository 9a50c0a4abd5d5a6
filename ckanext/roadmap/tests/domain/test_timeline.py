"""The timeline of an obligation says at each instant what the rule says of what was known then."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.calendar import quarter_of
from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.event import DataEvent
from ckanext.roadmap.domain.facts import known
from ckanext.roadmap.domain.notice import Force
from ckanext.roadmap.domain.refresh import touches
from ckanext.roadmap.domain.shares import begun, current
from ckanext.roadmap.domain.standing import CLOSED, CURRENT, FREE, IN_FORCE, PUBLISHED, stand
from ckanext.roadmap.domain.status import Assessment, Facts, Status, assess, is_published
from ckanext.roadmap.domain.timeline import TICK, courses, turns
from ckanext.roadmap.domain.touching import TOUCHES, touched
from ckanext.roadmap.domain.verdict import unpack

from .builders import TASHKENT, at, event, facts
from .test_status_laws import INSTANTS, acts, told

MAYBE = st.none() | INSTANTS


@st.composite
def histories(draw) -> Facts:
    """Facts told in any order: early, late, taken back."""
    whole = draw(told())
    whole = replace(whole, **draw(acts(whole.deadlines)))
    deadlines = tuple(_written(row, draw) for row in whole.deadlines)
    events = tuple(_recorded(one, draw) for one in whole.events)
    required = replace(whole.requirements, measured_from=draw(MAYBE))
    forces = tuple(replace(force, until_recorded_at=draw(MAYBE)) for force in whole.forces)
    links = draw(st.lists(st.tuples(INSTANTS, MAYBE), max_size=2))
    exemptions = tuple(replace(one, revoked_at=draw(MAYBE)) for one in whole.exemptions)
    return replace(
        whole,
        deadlines=deadlines,
        events=events,
        requirements=required,
        forces=forces,
        exemptions=exemptions,
        links=tuple(links),
        published_until=draw(MAYBE),
    )


def _written(row: Deadline, draw) -> Deadline:
    recorded, overtaken = draw(st.sampled_from([(None, None), (True, None), (True, True)]))
    return replace(
        row,
        recorded_at=draw(st.sampled_from([at("2022-12-20"), at("2023-04-10 12:00")])) if recorded else None,
        overtaken_at=draw(st.sampled_from([at("2023-06-01"), at("2024-01-01")])) if overtaken else None,
    )


def _recorded(one: DataEvent, draw) -> DataEvent:
    delay = draw(st.sampled_from([timedelta(), timedelta(), timedelta(days=30)]))
    linked, unlinked = draw(MAYBE), draw(st.sampled_from([None, None, at("2023-05-05"), at("2023-09-09")]))
    return replace(one, recorded_at=one.at + delay, linked_at=linked, unlinked_at=unlinked)


def edges(whole: Facts) -> list[datetime]:
    """Every instant at which anything may change, and the ones beside it."""
    found = {
        instant
        for row in whole.deadlines
        for instant in (row.start_at, row.end_at, row.due_at, row.grace_until, row.delinquent_after)
    }
    last = at("2030-01-01")
    found |= {row.kept_until for row in assess(whole, last) if row.kept_until is not None}
    found |= {one.at for one in whole.events} | {one.recorded_at for one in whole.events}
    return sorted(instant + step for instant in {*found, *turns(whole)} for step in (-TICK, 0 * TICK, TICK))


def _alike(row: Assessment, shown: int) -> bool:
    said = unpack(shown)
    return (said.status, said.computed, said.is_missed) == (row.status, row.computed, row.missed) and (
        said.is_met,
        said.is_kept,
        said.is_on_time,
    ) == (row.is_met, row.is_kept, row.is_on_time)


@given(histories(), st.randoms(use_true_random=False))
def test_it_is_the_rule_at_every_instant(whole, chance):
    found = courses(whole)
    instants = edges(whole)
    for instant in chance.sample(instants, min(len(instants), 25)):
        assessed = {row.deadline.id: row for row in begun(assess(whole, instant), instant)}
        shown = {
            course.deadline.id: (course, state)
            for course in found
            if (state := course.state_at(instant)) is not None
        }
        assert shown.keys() == assessed.keys(), instant
        for id_, row in assessed.items():
            course, state = shown[id_]
            assert _alike(row, state), (instant, row, unpack(state))
            assert (course.deadline.due_at, course.deadline.grace) == (
                row.deadline.due_at,
                row.deadline.grace,
            )
            if row.is_met:
                assert course.event is not None
                assert (course.event.id, course.event.at) == (row.event.id, row.met_at)
            if row.counts and row.reason.value not in {"void", "not_in_force"}:
                assert unpack(state).is_over == (row.deadline.grace_until < instant)


@given(histories(), st.randoms(use_true_random=False))
def test_the_standing_is_what_the_shares_count(whole, chance):
    found = stand(whole, courses(whole))
    instants = [*edges(whole), *_edges(whole.forces)]
    for instant in chance.sample(instants, min(len(instants), 25)):
        seen = known(whole, instant)
        bits = found.state_at(instant)
        if bits is None:
            assert whole.forces
            assert not seen.forces
            continue
        rows = begun(assess(whole, instant), instant)
        in_force = not whole.forces or any(force.holds_at(instant + TICK) for force in seen.forces)
        newest = max(
            rows, key=lambda row: (row.deadline.end_at, row.deadline.kind, row.deadline.id), default=None
        )
        closed = current(rows, instant).share
        assert bits == (
            IN_FORCE * in_force
            | PUBLISHED * is_published(whole, instant)
            | FREE * (newest is not None and newest.status is Status.exempt)
            | CLOSED * closed.of
            | CURRENT * closed.met
        )


def _edges(forces) -> list[datetime]:
    return [
        instant + step
        for force in forces
        for instant in (force.since, force.recorded_at, force.until)
        if instant
        for step in (-TICK, 0 * TICK, TICK)
    ]


def test_what_is_told_in_order_takes_no_further_look():
    events = [event(f"2023-{month:02}-10") for month in range(1, 13)]
    whole = facts(*events, forces=(Force(at("2023-01-01"), at("2022-12-20")),))
    assert len(turns(whole)) == 2


@given(histories(), st.randoms(use_true_random=False))
def test_touches_are_what_they_were_known_to_be(whole, chance):
    found = touched(whole.events, TASHKENT)
    instants = edges(whole)
    for instant in chance.sample(instants, min(len(instants), 15)):
        seen = [one for one in whole.events if max(one.at, one.recorded_at) <= instant]
        expected = Counter(
            (quarter_of(one.at.astimezone(TASHKENT).date()).code, touch) for one, touch in touches(seen)
        )
        shown = Counter(
            (quarter, TOUCHES[touch])
            for one in found
            if one.since <= instant and (one.until is None or instant < one.until)
            for at, quarter, touch in zip(one.instants, one.quarters, one.touches, strict=True)
            if at <= instant
        )
        assert shown == expected
