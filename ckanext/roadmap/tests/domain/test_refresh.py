"""Refreshed beside really changed: what each event was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.content import Label
from ckanext.roadmap.domain.event import EventKind, Grade
from ckanext.roadmap.domain.refresh import Refresh, Touch, refresh, touches

from .builders import TASHKENT, attested, event, read, site

UNCHANGED, FAILED, WITHDRAWN = EventKind.unchanged, EventKind.failed, EventKind.withdrawn


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ([event("2023-04-01", rows=9), event("2023-04-02", rows=9)], ["changed", "changed"]),
        ([event("2023-04-01", rows=9), event("2023-04-02", rows=8)], ["changed", "fewer_rows"]),
        (
            [event("2023-04-01"), event("2023-04-02"), event("2023-04-03", content_hash="hash-2023-04-01")],
            ["changed", "changed", "flip_flop"],
        ),
        ([event("2023-04-01", UNCHANGED, label=Label.timestamps_only)], ["timestamps_only"]),
        ([event("2023-04-01", UNCHANGED)], ["resaved"]),
        ([read("2023-04-01", label=Label.flip_flop)], ["flip_flop"]),
        ([event("2023-04-01", label=Label.flip_flop)], ["flip_flop"]),
        ([event("2023-04-01", grade=Grade.declared, content_hash=None)], ["declared"]),
        ([read("2023-04-01"), attested("2023-04-02")], ["read", "attested"]),
        ([event("2023-04-01", FAILED), event("2023-04-02", WITHDRAWN)], []),
        ([event("2023-04-01", UNCHANGED, label=Label.public_again)], []),
        ([event("2023-04-01", rows=9), site("2023-04-02", rows=1)], ["changed", "changed"]),
    ],
)
def test_what_an_event_was(events, expected):
    assert [touch for _, touch in touches(events)] == expected
    assert [touch for _, touch in touches(reversed(events))] == expected


def test_a_touch_counts_in_its_quarter_by_local_time():
    last, first = event("2023-03-31 23:59:59"), event("2023-04-01 00:00:00")
    for quarter in ("2023-Q1", "2023-Q2"):
        assert refresh(touches([last, first]), Period.parse(quarter), TASHKENT).refreshed == 1


def test_reading_and_signing_are_no_refresh():
    found = refresh(touches([read("2023-04-01"), attested("2023-04-02")]), Period.parse("2023-Q2"), TASHKENT)
    assert (found.refreshed, found.changed) == (0, 0)


@given(
    st.lists(st.dictionaries(st.sampled_from(list(Touch)), st.integers(0, 5)).map(Refresh), max_size=4),
)
def test_parts_add_up(parts):
    whole = sum(parts, Refresh())
    assert whole.refreshed == sum(part.refreshed for part in parts)
    assert whole.changed == sum(part.changed for part in parts) <= whole.refreshed
