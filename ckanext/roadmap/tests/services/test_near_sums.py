"""Whatever results are stored: from sums of one instant those of another are what all results add up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.figures import Figures, quarters
from ckanext.roadmap.domain.verdict import STATUSES
from ckanext.roadmap.model import CourseRow, DaySum, StandRow, TouchedRow
from ckanext.roadmap.services import day_sums, near_sums, tallies
from ckanext.roadmap.services.tallies import Sum

pytestmark = pytest.mark.usefixtures("clean_db")
TOLD = quarters(Period.parse("2023-Q2"), 3)
CODES = [quarter.code for quarter in TOLD]
TICK, BODIES = timedelta(microseconds=1), ("a", "b", "c")
MIDNIGHT = datetime(2023, 4, 14, 19, tzinfo=UTC)  # of the portal's zone
LATER = datetime(2023, 6, 30, tzinfo=UTC)

# instants of two days: midnights, edges of quarters of an hour, the same instant time and again
instants = st.builds(
    lambda day, minutes, ticks: MIDNIGHT + timedelta(day - 1, minutes=minutes) + ticks * TICK,
    st.integers(0, 1),
    st.sampled_from((0, 1, 15, 30, 630, 645, 1425)),
    st.integers(-1, 1),
)
lives = st.lists(instants, min_size=2, max_size=5, unique=True).map(sorted)


@st.composite
def courses(draw: Any, number: int) -> CourseRow:
    *shown, last = draw(lives)
    return CourseRow(
        deadline_id=str(number), since=shown[0], until=draw(st.sampled_from((None, last))), obligation_id="o",
        body_id=draw(st.sampled_from(BODIES)), told_by=draw(st.sampled_from(BODIES)), sphere="x",
        quarter=draw(st.sampled_from([*CODES, "2021-Q1"])), due_at=draw(instants),
        days_late=draw(st.sampled_from((None, 0, 3, 40))), automatic=draw(st.booleans()), instants=shown,
        states=[_state(draw) for _ in shown],
    )  # fmt: skip


def _state(draw: Any) -> int:
    numbers = st.integers(0, len(STATUSES) - 1)
    return draw(numbers) | draw(numbers) << 4 | draw(st.integers(0, 63)) << 8


@st.composite
def stands(draw: Any, number: int) -> StandRow:
    *shown, last = draw(lives)
    return StandRow(
        obligation_id=str(number), since=shown[0], until=draw(st.sampled_from((None, last))),
        body_id=draw(st.sampled_from(BODIES)), sphere="x", instants=shown,
        states=[draw(st.integers(0, 31)) for _ in shown],
    )  # fmt: skip


@st.composite
def touches(draw: Any, number: int) -> TouchedRow:
    """One that is told late stands from the beginning of its row on."""
    since, *shown, last = draw(st.lists(instants, min_size=3, max_size=5, unique=True).map(sorted))
    shown = [draw(st.sampled_from((since, shown[0]))), *shown]
    return TouchedRow(
        obligation_id=str(number), since=since, until=draw(st.sampled_from((None, last))),
        body_id=draw(st.sampled_from(BODIES)), sphere="x", instants=shown,
        quarters=[draw(st.sampled_from(CODES)) for _ in shown],
        touches=[draw(st.integers(0, 7)) for _ in shown],
    )  # fmt: skip


def results(make: Any) -> st.SearchStrategy[list[Any]]:
    return st.integers(0, 6).flatmap(lambda count: st.tuples(*map(make, range(count)))).map(list)


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(results(courses), results(stands), results(touches), instants, instants)
def test_from_any_instant_to_any_other(
    course_rows: list[Any], stand_rows: list[Any], touched_rows: list[Any], base: datetime, at: datetime
):
    session, tz = model.Session(), config.timezone()
    for table in (CourseRow, StandRow, TouchedRow, DaySum):
        session.execute(sa.delete(table))
    session.add_all([*course_rows, *stand_rows, *touched_rows])
    session.flush()
    day_sums.keep(session, base, CODES, _all(base))
    session.commit()
    near, whole = near_sums.find(session, at, LATER, tz, TOLD), _all(at)
    owing = {id_: one for id_, one in whole.items() if set(one.figures) & set(CODES[-2:])}
    assert (near is None) == (not owing)
    if near is not None:
        assert {id_: _plain(one, 2) for id_, one in near.bodies.items()} == {
            id_: _plain(one, 2) for id_, one in owing.items()
        }
        assert _plain(near.whole, 3) == _plain(sum(whole.values(), Sum()), 3)


def _all(at: datetime) -> dict[str, Sum]:
    return tallies.then(model.Session(), at, config.timezone(), TOLD, None)


def _plain(one: Sum, count: int) -> tuple[Any, ...]:
    """What a sum tells of the last quarters."""
    told = [one.figures.get(code, Figures()) for code in CODES[-count:]]
    seen = [one.touches[code].counts if code in one.touches else {} for code in CODES[-count:]]
    return [_figures(value) for value in told], [_some(counts) for counts in seen], _some(one.statuses)


def _figures(value: Figures) -> list[Any]:
    late = replace(value.late, met=_some(value.late.met), waiting=_some(value.late.waiting))
    return [getattr(replace(value, late=late), one.name) for one in fields(Figures)]


def _some(counts: Mapping[Any, int]) -> Counter[Any]:
    return Counter({key: count for key, count in counts.items() if count})
