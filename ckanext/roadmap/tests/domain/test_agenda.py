"""The next step of an obligation."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ckanext.roadmap.domain.agenda import next_step, urgency
from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.reason import Reason
from ckanext.roadmap.tests.domain.builders import ledger


def row(status: Status) -> Assessment:
    found = Assessment(ledger()[0], status, status, Reason.no_event, Reason.no_event, missed=False)
    is_met = status in (Status.on_time, Status.late_met)
    return replace(found, met_at=found.deadline.due_at) if is_met else found


@pytest.mark.parametrize(
    ("newest_first", "expected"),
    [
        ([], None),
        (["awaiting"], "awaiting"),
        (["awaiting", "on_time", "overdue"], "awaiting"),
        (["awaiting", "late_met"], "awaiting"),
        (["awaiting", "overdue", "delinquent"], "overdue"),
        (["awaiting", "in_grace"], "in_grace"),
        (["awaiting", "exempt", "overdue"], "awaiting"),
        (["awaiting", "contested"], "awaiting"),
        (["unknown"], "unknown"),
        (["on_time", "overdue"], None),
    ],
)
def test_the_newest_that_lacks_data_comes_before_the_period_that_runs(newest_first, expected):
    found = next_step([row(Status(status)) for status in newest_first])
    assert (found and str(found.status)) == expected


def test_overdue_first_then_what_is_due_next():
    order = sorted(
        (row(Status(status)) for status in ("awaiting", "due", "overdue", "in_grace")), key=urgency
    )
    assert [str(one.status) for one in order] == ["overdue", "in_grace", "due", "awaiting"]
