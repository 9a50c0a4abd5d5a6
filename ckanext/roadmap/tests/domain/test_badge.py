"""The light of a dataset: never green where anything is unsure."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.badge import light_of, newest_ended
from ckanext.roadmap.domain.shares import Light
from ckanext.roadmap.domain.status import assess
from ckanext.roadmap.tests.domain.builders import at, event, facts

STATUSES = st.lists(st.sampled_from(Status))
BAD = {Status.overdue, Status.delinquent, Status.not_published}


@given(STATUSES)
def test_the_worst_decides(statuses):
    light = light_of(statuses)
    assert (light is Light.red) == bool(BAD & set(statuses))
    if light is Light.green:
        assert Status.on_time in statuses
        assert not {Status.unknown, Status.contested, Status.late_met, Status.in_grace} & set(statuses)


@given(STATUSES, st.sampled_from([Status.unknown, Status.contested]))
def test_unknown_never_turns_a_light_green(statuses, unsure):
    assert light_of([*statuses, unsure]) is not Light.green


def test_nothing_is_not_rated():
    assert light_of([]) is Light.none


def test_the_newest_period_that_has_ended():
    rows = tuple(reversed(assess(facts(event("2023-04-10")), at("2023-08-01"))))
    begun = [row for row in rows if row.deadline.start_at <= at("2023-08-01")]
    found = newest_ended(begun)
    assert found
    assert found.deadline.period.code == "2023-Q2"
