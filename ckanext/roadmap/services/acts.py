"""Reads the acts on deadlines: notices, attestations, exemptions, objections with their rulings."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.assessment import Assessment, Status
from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.notice import Exemption, Fault, Notice, NoticeKind, Objection, bearing
from ckanext.roadmap.domain.reason import Reason
from ckanext.roadmap.model import (
    AttestationRow,
    DeadlineNoticeRow,
    ExemptionRevocationRow,
    ExemptionRow,
    ObjectionRow,
    OutageRow,
    RulingRow,
)

Exempted = tuple[ExemptionRow, ExemptionRevocationRow | None]
Objected = tuple[ObjectionRow, RulingRow | None]
Answer = TypeVar("Answer", ExemptionRevocationRow, RulingRow)


@dataclass(frozen=True, slots=True)
class Acts:
    """All that was recorded by a time on the deadlines of some obligations."""

    as_of: datetime
    notices: tuple[DeadlineNoticeRow, ...] = ()
    attestations: tuple[AttestationRow, ...] = ()
    exemptions: tuple[Exempted, ...] = ()
    objections: tuple[Objected, ...] = ()
    faults: tuple[Fault, ...] = ()

    def of(self, holders: Collection[str], item_id: str, deadline_ids: Collection[str]) -> Acts:
        """Those that bear on one obligation.

        :param holders: the bodies that hold it or once held it
        """
        return Acts(
            as_of=self.as_of,
            notices=tuple(row for row in self.notices if row.deadline_id in deadline_ids),
            attestations=tuple(row for row in self.attestations if row.deadline_id in deadline_ids),
            exemptions=tuple(
                pair for pair in self.exemptions if _concerns(pair[0], holders, item_id, deadline_ids)
            ),
            objections=tuple(pair for pair in self.objections if pair[0].deadline_id in deadline_ids),
            faults=self.faults,
        )

    def on(self, deadline_id: str, due_at: datetime) -> Acts:
        """Those that bear on one deadline."""
        return Acts(
            as_of=self.as_of,
            notices=tuple(row for row in self.notices if row.deadline_id == deadline_id),
            attestations=tuple(row for row in self.attestations if row.deadline_id == deadline_id),
            exemptions=tuple(
                pair for pair in self.exemptions if exemption(*pair).holds_for(deadline_id, due_at)
            ),
            objections=tuple(pair for pair in self.objections if pair[0].deadline_id == deadline_id),
        )

    def behind(self, row: Assessment) -> DeadlineNoticeRow | ExemptionRow | ObjectionRow | None:
        """The act that a displayed status rests on."""
        here = self.on(row.deadline.id, row.deadline.due_at)
        if row.reason is Reason.void:
            return here.notices[-1] if here.notices else None
        if row.status is Status.exempt:
            return next((found for found, revoked in reversed(here.exemptions) if revoked is None), None)
        if row.status is Status.contested:
            return next((found for found, ruling in here.objections if ruling is None), None)
        return None


def load(session: Session, obligation_ids: list[str], as_of: datetime) -> Acts:
    """Read what was recorded by a time; the number of statements does not grow."""
    notices = session.scalars(DeadlineNoticeRow.of_obligations(obligation_ids))
    attestations = session.scalars(AttestationRow.of_obligations(obligation_ids))
    exemptions = session.execute(ExemptionRow.with_revocations()).tuples()
    objections = session.execute(ObjectionRow.of_obligations(obligation_ids)).tuples()
    return Acts(
        as_of=as_of,
        notices=tuple(row for row in notices if row.recorded_at <= as_of),
        attestations=tuple(row for row in attestations if row.recorded_at <= as_of),
        exemptions=tuple(
            (row, _known(answer, as_of)) for row, answer in exemptions if row.recorded_at <= as_of
        ),
        objections=tuple(
            (row, _known(answer, as_of)) for row, answer in objections if row.recorded_at <= as_of
        ),
        faults=tuple(
            Fault(row.since, row.until, row.recorded_at) for row in session.scalars(OutageRow.known(as_of))
        ),
    )


def faults(own: Acts, deadlines: Sequence[Deadline]) -> tuple[Fault, ...]:
    """Our own faults that bear on an obligation: those in which a grace ended, or what was given back of it.

    An outage is known once it has ended, so nothing else is decided in it.
    """
    if not own.faults:
        return ()
    rows = {row.id: row for row in deadlines}
    moved = (
        rows[row.deadline_id].moved_to(row.due_at)
        for row in own.notices
        if row.due_at is not None and row.deadline_id in rows
    )
    return bearing(own.faults, [(row.end_at, row.grace_until) for row in (*deadlines, *moved)])


def notice(row: DeadlineNoticeRow) -> Notice:
    """A notice as the rule sees it."""
    return Notice(row.deadline_id, NoticeKind(row.kind), row.recorded_at, row.due_at, row.reason, row.act)


def exemption(row: ExemptionRow, revocation: ExemptionRevocationRow | None) -> Exemption:
    """An exemption as the rule sees it."""
    return Exemption(
        recorded_at=row.recorded_at,
        since=row.since,
        until=row.until,
        deadline_id=row.deadline_id,
        revoked_at=revocation.recorded_at if revocation else None,
    )


def objection(row: ObjectionRow, ruling: RulingRow | None) -> Objection:
    """An objection as the rule sees it."""
    ruled_at, upheld = (ruling.recorded_at, ruling.upheld) if ruling else (None, None)
    return Objection(row.deadline_id, row.recorded_at, ruled_at, upheld)


def _known(answer: Answer | None, as_of: datetime) -> Answer | None:
    return answer if answer is not None and answer.recorded_at <= as_of else None


def _concerns(
    row: ExemptionRow, holders: Collection[str], item_id: str, deadline_ids: Collection[str]
) -> bool:
    if row.deadline_id is not None:
        return row.deadline_id in deadline_ids
    return row.body_id in (None, *holders) and row.item_id in (None, item_id)
