"""THE rule: from the facts of one obligation to the status of each of its deadlines (DESIGN section 5).

Pages, API, mail, reports and frozen quarters all call `assess`. A version of the rule, once used for a
quarter, is never edited: a new one is written beside it and registered in `rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.deadline import Deadline, DeadlineKind
from ckanext.roadmap.domain.errors import RuleVersionError
from ckanext.roadmap.domain.facts import Facts, Requirements, is_published, known
from ckanext.roadmap.domain.finding import NOTHING, Finding, findings
from ckanext.roadmap.domain.notice import (
    Fault,
    Force,
    Notice,
    NoticeKind,
    given_back,
    given_back_once,
)
from ckanext.roadmap.domain.reason import Reason

__all__ = [
    "RULE_VERSION", "Assessment", "Facts", "Force", "Reason", "Requirements", "Status", "assess", "assess_1",
    "assess_2", "assess_3", "assess_5", "days_late", "is_published", "rule", "rules",
]  # fmt: skip

RULE_VERSION = "6"
_DAY = timedelta(days=1)
GivesBack = Callable[[Iterable[Fault], datetime, datetime], datetime]


@dataclass(frozen=True, slots=True)
class Reading:
    """What versions of the rule read otherwise.

    `gives_back`: what our own faults took; `spares`: neither a month of a continuous term nor what a decision
    freed takes an event from a deadline that needs it.
    """

    gives_back: GivesBack = given_back
    spares: bool = True


def _nothing_back(faults: Iterable[Fault], since: datetime, until: datetime) -> datetime:
    return until


_NOW = Reading()
_FIFTH = Reading(spares=False)
_SECOND = replace(_FIFTH, gives_back=given_back_once)
_FIRST = replace(_FIFTH, gives_back=_nothing_back)


def assess(facts: Facts, as_of: datetime) -> tuple[Assessment, ...]:
    """One assessment for each deadline recorded by `as_of`, ordered by the end of its period."""
    return _assess(facts, as_of, _NOW)


def assess_5(facts: Facts, as_of: datetime) -> tuple[Assessment, ...]:
    """Version 5, and 4: a month of a continuous term and a freed deadline took events from those beside them.

    What was *published* version 4 took from the link alone (`published_by`).
    """
    return _assess(facts, as_of, _FIFTH)


def assess_3(facts: Facts, as_of: datetime) -> tuple[Assessment, ...]:
    """Version 3: a dataset that was taken away took those beside it at its place away too."""
    return _assess(_as_one_dataset(facts), as_of, _FIFTH)


def assess_2(facts: Facts, as_of: datetime) -> tuple[Assessment, ...]:
    """Version 2: as 3, and what a further fault took of the time that was given back was lost."""
    return _assess(_as_one_dataset(facts), as_of, _SECOND)


def assess_1(facts: Facts, as_of: datetime) -> tuple[Assessment, ...]:
    """Version 1: as 3, and what our own fault took of the grace was not given back."""
    return _assess(_as_one_dataset(facts), as_of, _FIRST)


def _as_one_dataset(facts: Facts) -> Facts:
    return replace(facts, events=tuple(replace(event, dataset_id=None) for event in facts.events))


def _assess(facts: Facts, as_of: datetime, reading: Reading) -> tuple[Assessment, ...]:
    seen = known(facts, as_of)
    return tuple(_assessments(lay_out(seen, reading), seen, as_of))


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline as it holds by what is known: its notice, why it does not count at all, or its finding.

    `kept_until`: until when it may be met and is kept, where our own fault took the end of its grace.
    """

    deadline: Deadline
    notice: Notice | None
    aside: Reason | None
    finding: Finding
    is_freed: bool
    is_contested: bool
    kept_until: datetime | None = None


def lay_out(seen: Facts, reading: Reading = _NOW) -> list[Due]:
    """What is known, beside each deadline; of the present it needs to be told nothing."""
    notices = {notice.deadline_id: notice for notice in seen.notices}
    contested = {objection.deadline_id for objection in seen.objections}
    rows = [(_moved(deadline, notices), notices.get(deadline.id)) for deadline in seen.deadlines]
    asides = [_set_aside(deadline, notice, seen) for deadline, notice in rows]
    standing = [deadline for (deadline, _), aside in zip(rows, asides, strict=True) if aside is None]
    freed = {deadline.id for deadline, _ in rows if _is_freed(deadline, seen)}
    found = findings(standing, seen, freed if reading.spares else (), reading.spares)
    return [
        Due(
            deadline=deadline,
            notice=notice,
            aside=aside,
            finding=found.get(deadline.id, NOTHING),
            is_freed=deadline.id in freed,
            is_contested=deadline.id in contested,
            kept_until=_kept_until(deadline, seen, reading.gives_back),
        )
        for (deadline, notice), aside in zip(rows, asides, strict=True)
    ]


def _kept_until(deadline: Deadline, seen: Facts, give: GivesBack) -> datetime | None:
    if not seen.faults:
        return None
    until = give(seen.faults, deadline.end_at, deadline.grace_until)
    return until if until > deadline.grace_until else None


def _moved(deadline: Deadline, notices: Mapping[str, Notice]) -> Deadline:
    notice = notices.get(deadline.id)
    if notice is None or notice.kind is not NoticeKind.moved or notice.due_at is None:
        return deadline
    return deadline.moved_to(notice.due_at)


def _set_aside(deadline: Deadline, notice: Notice | None, seen: Facts) -> Reason | None:
    """Why a deadline does not count at all: void, or its obligation not in force when the period ended."""
    if notice is not None and notice.kind is NoticeKind.void:
        return Reason.void
    if seen.forces and not any(force.holds_at(deadline.end_at) for force in seen.forces):
        return Reason.not_in_force
    return None


def _assessments(rows: Sequence[Due], seen: Facts, as_of: datetime) -> Iterator[Assessment]:
    missed_before: dict[DeadlineKind, bool] = {}
    for row in rows:
        if row.aside is not None:
            yield Assessment(
                row.deadline, Status.exempt, Status.exempt, row.aside, row.aside, False, notice=row.notice
            )
            continue
        kind = row.deadline.kind
        result = _judge(row, seen, as_of, missed_before.get(kind, False))
        missed_before[kind] = result.missed
        yield result


def _judge(row: Due, seen: Facts, as_of: datetime, missed_before: bool) -> Assessment:
    deadline, finding = row.deadline, row.finding
    met_at = finding.event.at if finding.event else None
    computed = computed_status(deadline, met_at, seen, as_of, missed_before)
    reason = _reason(computed, finding, seen.required(deadline))
    status = displayed_status(row, computed)
    is_known = computed is not Status.unknown
    return Assessment(
        deadline=deadline,
        status=status,
        computed=computed,
        reason=_SHOWN.get(status, reason),
        computed_reason=reason,
        missed=is_missed(row, computed, met_at, as_of),
        event=finding.event,
        met_at=met_at,
        days_late=days_late(deadline.due_at, met_at, as_of) if is_known else None,
        missing=finding.missing,
        nearest=finding.nearest,
        notice=row.notice,
        kept_until=row.kept_until,
    )


_SHOWN = {Status.exempt: Reason.exempt, Status.contested: Reason.contested}


def computed_status(
    deadline: Deadline, met_at: datetime | None, seen: Facts, as_of: datetime, missed_before: bool
) -> Status:
    """The order of DESIGN section 5."""
    if met_at is not None:
        return Status.on_time if met_at <= deadline.due_at else Status.late_met
    if as_of < deadline.end_at:
        return Status.awaiting
    if _is_unknowable(deadline, seen, as_of):
        return Status.unknown
    if as_of <= deadline.grace_until:
        return Status.due if as_of <= deadline.due_at else Status.in_grace
    if seen.published_from is None and not seen.events:
        return Status.not_published
    is_repeated = missed_before or as_of > deadline.delinquent_after
    return Status.delinquent if is_repeated else Status.overdue


def displayed_status(row: Due, computed: Status) -> Status:
    """Exempt over contested over computed, which stays visible beneath."""
    if row.is_freed:
        return Status.exempt
    return Status.contested if row.is_contested else computed


def is_missed(row: Due, computed: Status, met_at: datetime | None, as_of: datetime) -> bool:
    """Whether grace was over before anything qualified; nobody missed what is free or unknown."""
    if row.is_freed or computed is Status.unknown:
        return False
    grace_until = row.kept_until or row.deadline.grace_until
    return as_of > grace_until and (met_at is None or met_at > grace_until)


def _is_unknowable(deadline: Deadline, seen: Facts, as_of: datetime) -> bool:
    """Coverage that nobody defined, or our own fault: now, or at the moment that decided about a miss."""
    if seen.required(deadline).is_coverage_undefined:
        return True
    if not seen.faults:
        return False
    decided = min(as_of, deadline.grace_until)
    return any(fault.holds_at(as_of) or fault.holds_at(decided) for fault in seen.faults)


def _reason(status: Status, finding: Finding, required: Requirements) -> Reason:
    if status is Status.awaiting:
        return Reason.period_open
    if status is Status.unknown:
        return Reason.coverage_undefined if required.is_coverage_undefined else Reason.portal_fault
    return finding.reason


def _is_freed(deadline: Deadline, seen: Facts) -> bool:
    return bool(seen.exemptions) and any(
        exemption.holds_for(deadline.id, deadline.due_at) for exemption in seen.exemptions
    )


def days_late(due_at: datetime, met_at: datetime | None, as_of: datetime) -> int | None:
    """Begun days after the due date, up to the day it was met or, unmet, to `as_of`; None before it."""
    if met_at is None and as_of <= due_at:
        return None
    return max(0, -((due_at - (met_at or as_of)) // _DAY))


Rule = Callable[[Facts, datetime], tuple[Assessment, ...]]
rules: dict[str, Rule] = {
    "1": assess_1,
    "2": assess_2,
    "3": assess_3,
    "4": assess_5,
    "5": assess_5,
    "6": assess,
}


def rule(version: str = RULE_VERSION) -> Rule:
    """The rule of a version, as a past quarter was computed by; raises RuleVersionError."""
    if version not in rules:
        accepted = ", ".join(rules)
        text = f'There is no version "{version}" of the status rule. Known: {accepted}.'
        raise RuleVersionError("rule_version_unknown", text, value=version, accepted=accepted)
    return rules[version]
