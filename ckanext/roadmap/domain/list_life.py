"""The life of a list version: draft -> submitted -> approved -> superseded, or rejected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ckanext.roadmap.domain.errors import RoadmapError


class ListStatus(StrEnum):
    """Where a version stands."""

    draft = "draft"
    submitted = "submitted"
    approved = "approved"
    superseded = "superseded"
    rejected = "rejected"


class Step(StrEnum):
    """What may be done with a version."""

    edit = "edit"
    submit = "submit"
    approve = "approve"
    reject = "reject"
    correct = "correct"


@dataclass(frozen=True, slots=True)
class Override:
    """The commission's decision to revise the list a second time in one year."""

    act: str
    reason: str


FROM: dict[Step, frozenset[ListStatus]] = {
    Step.edit: frozenset({ListStatus.draft}),
    Step.submit: frozenset({ListStatus.draft}),
    Step.approve: frozenset({ListStatus.draft, ListStatus.submitted}),
    Step.reject: frozenset({ListStatus.submitted}),
    Step.correct: frozenset({ListStatus.approved, ListStatus.superseded}),
}


def require(step: Step, status: str, year: int, number: int) -> None:
    """Check that a step may be taken from where a version stands.

    :raises RoadmapError: it may not, with what may be done instead
    """
    if ListStatus(status) not in FROM[step]:
        text = (
            f"List {year}/{number} is {status}. Only a draft is changed or submitted, a draft or submitted "
            "version approved, a submitted version rejected, an approved version corrected."
        )
        raise RoadmapError("list_step_refused", text, status=status, step=str(step), year=year, number=number)


def check_once_a_year(
    day: date, approvals: Iterable[tuple[date, str]], override: Override | None
) -> Override | None:
    """Measure 1 of the road map: the list is revised when needed, but at most once a calendar year.

    :param approvals: date and number of every decision taken so far
    :returns: the override, if it was needed
    :raises RoadmapError: a list was approved in that year already, and no decision sets the rule aside
    """
    earlier = next((number for date_, number in approvals if date_.year == day.year), None)
    if earlier is None:
        return None
    if override is None:
        raise RoadmapError(
            "once_a_year",
            f"A list was approved in {day.year} already, by decision {earlier}. "
            "The list is revised at most once a calendar year. Wait for the next one, or record the "
            "commission's decision to set the rule aside.",
            decision=earlier,
            year=day.year,
        )
    return override
