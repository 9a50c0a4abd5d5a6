"""Outages by the portal's own log."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.notice import Fault, bearing, given_back, given_back_once
from ckanext.roadmap.domain.outage import Beat, outages

from .builders import at

FIVE = timedelta(minutes=5)
START = at("2023-05-01 10:00")


def log(*minutes_and_parts: tuple[int, str]) -> list[Beat]:
    return [
        Beat(START + timedelta(minutes=minute), frozenset(part.split()) if part else frozenset())
        for minute, part in minutes_and_parts
    ]


def told(beats: list[Beat], now: int) -> list[tuple[int, int | None, str, bool, bool]]:
    def minute(moment):
        return None if moment is None else int((moment - START).total_seconds() // 60)

    found = outages(beats, FIVE, START + timedelta(minutes=now))
    return [
        (minute(one.since), minute(one.until), " ".join(sorted(one.parts)), one.is_measured, one.is_silent)
        for one in found
    ]


def test_a_portal_that_is_well_has_none():
    assert told(log((0, ""), (5, ""), (12, ""), (20, "")), 25) == []
    assert told([], 1000) == [], "before the first beat nothing is known"


def test_from_the_first_failing_beat_to_the_next_good_one():
    assert told(log((0, ""), (5, "web"), (10, "search web"), (15, ""), (20, "web")), 21) == [
        (5, 15, "search web", True, False),
        (20, None, "web", True, False),
    ]


def test_a_silence_is_told_as_a_silence():
    assert told(log((0, ""), (16, ""), (31, "")), 47) == [
        (0, 16, "", False, True),
        (31, None, "", False, True),
    ]


def test_a_silence_within_an_outage_belongs_to_it():
    assert told(log((0, ""), (5, "web"), (60, ""), (65, "")), 66) == [(5, 60, "web", True, True)]


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=12), st.integers(0, 60))
def test_outages_lie_apart_in_order_and_hold_every_failing_beat(steps, rest):
    beats, minute = [], 0
    for step, is_down in steps:
        minute += step
        beats += log((minute, "web" if is_down else ""))
    found = outages(beats, FIVE, START + timedelta(minutes=minute + rest))
    for one, following in zip(found, found[1:], strict=False):
        assert one.until is not None
        assert one.until <= following.since
    for beat in beats:
        inside = any(one.since <= beat.at and (one.until is None or beat.at < one.until) for one in found)
        assert inside or not beat.down
    assert all(one.until is None or one.since < one.until for one in found)


@given(st.lists(st.tuples(st.integers(1, 40), st.booleans()), max_size=12), st.integers(0, 60))
def test_good_beats_may_be_left_out_where_the_rest_is_told(steps, rest):
    minute, whole = 0, []
    for step, is_down in steps:
        minute += step
        whole += log((minute, "web" if is_down else ""))
    told_rest = [
        replace(beat, rest=beat.at - before.at) for before, beat in zip(whole, whole[1:], strict=False)
    ]
    beats = whole[:1] + told_rest
    pairs = zip([None, *beats[:-1]], beats, [*beats[1:], None], strict=False)
    thin = [beat for before, beat, after in pairs if _tells(before, beat, after)]
    now = START + timedelta(minutes=minute + rest)
    ends = [[(one.since, one.until, one.parts) for one in outages(some, FIVE, now)] for some in (whole, thin)]
    assert ends[0] == ends[1]


def _tells(before, beat, after):
    gaps = [two.at - one.at > 3 * FIVE for one, two in ((before, beat), (beat, after)) if one and two]
    return bool(beat.down) or (before is not None and bool(before.down)) or any(gaps) or after is None


@given(
    times=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8),
    lengths=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=6),
)
def test_faults_that_bear_are_those_that_the_time_given_back_meets(times, lengths):
    faults = apart(lengths)
    spans = [(hour(start), hour(start + length)) for start, length in times]
    found = bearing(faults, spans)
    for since, until in spans:
        assert given_back(found, since, until) == given_back(faults, since, until)
        assert given_back_once(found, since, until) == given_back_once(faults, since, until)
    for fault in found:
        rest = [one for one in faults if one != fault]
        assert any(given_back(rest, *span) != given_back(faults, *span) for span in spans)


@given(
    start=st.integers(0, 60),
    length=st.integers(1, 20),
    lengths=st.lists(st.tuples(st.integers(1, 9), st.integers(1, 9)), max_size=6),
)
def test_without_the_faults_that_ended_it_a_time_is_as_long_as_ever(start, length, lengths):
    """One that ends in a fault has as much time outside as it would have had; where it ends, nothing fails."""
    since, until = hour(start), hour(start + length)
    faults = apart(lengths)
    end = given_back(faults, since, until)
    taken = (fault.until - max(fault.since, since) for fault in bearing(faults, [(since, until)]))
    assert end - since - sum(taken, timedelta()) == until - since
    assert not any(fault.holds_at(end) for fault in faults)
    assert until <= given_back_once(faults, since, until) <= end


def apart(lengths: list[tuple[int, int]]) -> list[Fault]:
    """Faults with pauses between them."""
    faults, at = [], 0
    for pause, length in lengths:
        faults.append(Fault(hour(at + pause), hour(at + pause + length), hour(200)))
        at += pause + length
    return faults


def hour(number: int) -> datetime:
    return START + timedelta(hours=number)
