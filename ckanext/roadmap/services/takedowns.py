"""Takes personal data out of reach at once, and what is ruled on it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.status import assess
from ckanext.roadmap.domain.takedown import TAKEDOWN, State, Step, state
from ckanext.roadmap.model import (
    Body,
    ExemptionRevocationRow,
    ExemptionRow,
    Item,
    Obligation,
    Publication,
    TakedownRow,
    TakedownStepRow,
)
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import body_history, dataset_faces, exemptions, facts, ledger, withdrawals
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.dataset_faces import DatasetFace

_INSTANT = timedelta(microseconds=1)


def stands(session: Session, *, dataset_id: str | None = None, resource_id: str | None = None) -> bool:
    """Whether data of a dataset, or of one resource, are taken down."""
    query = TakedownRow.standing()
    if dataset_id is not None:
        query = query.where(TakedownRow.dataset_id == dataset_id)
    if resource_id is not None:
        query = query.where(TakedownRow.resource_id == resource_id)
    return session.scalars(query.limit(1)).first() is not None


def create(
    session: Session, now: datetime, resource: core.Resource, reason: str, tz: tzinfo, by: str
) -> TakedownRow:
    """Hide a resource's data with the dataset around them, and free its deadlines until the ruling.

    The caller commits; with the commit the data are out of reach.

    :param by: id of who takes them down
    :raises RoadmapError: they are taken down already
    """
    ledger.lock(session, TakedownRow)
    package = session.get_one(core.Package, resource.package_id)
    earlier = session.scalars(TakedownRow.standing().where(TakedownRow.dataset_id == package.id)).all()
    if any(row.resource_id == resource.id for row in earlier):
        raise refusal("takedown_stands")
    row = TakedownRow(
        id=new_id(),
        dataset_id=package.id,
        resource_id=resource.id,
        was_private=earlier[0].was_private if earlier else bool(package.private),
        reason=reason,
        by=by,
    )
    ledger.append(session, now, [row])
    _free(session, now, row, tz, by)
    package.private = True
    session.flush()
    withdrawals.record(session, now, package.id)
    dataset_faces.record(session, now, package.id)
    return row


def rule(session: Session, now: datetime, row: TakedownRow, confirmed: bool, text: str, by: str) -> str:
    """Record the auditor's ruling: data that are no personal data return at once; the caller commits.

    What fell due between takedown and ruling stays free, later deadlines count again.

    :returns: the id of the ruling
    :raises RoadmapError: it has been ruled on already
    """
    ledger.lock(session, TakedownStepRow)
    if state_of(session, row) is not State.open:
        raise refusal("takedown_ruled")
    step = _step(session, now, row, Step.confirmed if confirmed else Step.dismissed, text, by)
    _end_freedom(session, now, row, text, by)
    if not confirmed:
        _show_again(session, now, row)
    return step


def reinstate(session: Session, now: datetime, row: TakedownRow, text: str, by: str) -> str:
    """Let a dataset back once its personal data were removed; the caller commits.

    :returns: the id of the step
    :raises RoadmapError: the takedown was not confirmed, or is over
    """
    ledger.lock(session, TakedownStepRow)
    if state_of(session, row) is not State.confirmed:
        raise refusal("takedown_not_confirmed")
    step = _step(session, now, row, Step.reinstated, text, by)
    _show_again(session, now, row)
    return step


def state_of(session: Session, row: TakedownRow) -> State:
    """Where a takedown stands."""
    return state([Step(step.kind) for step in session.scalars(TakedownStepRow.of([row.id]))])


def bodies_of(
    session: Session, datasets: Mapping[str, DatasetFace], at: datetime | None, tz: tzinfo
) -> dict[str, Face]:
    """The body that kept each dataset at a time (None: now), as it was called then."""
    owners = {id_: face.organization_id for id_, face in datasets.items()}
    query = sa.select(Body).where(Body.organization_id.in_(owners.values()))
    rows = {row.organization_id: row for row in session.scalars(query)}
    past = body_history.on(session, at.astimezone(tz).date(), at) if at else body_history.Past()
    return {id_: past.of(rows[owner]) for id_, owner in owners.items() if owner in rows}


def _step(session: Session, now: datetime, row: TakedownRow, kind: Step, text: str, by: str) -> str:
    step = TakedownStepRow(id=new_id(), takedown_id=row.id, kind=str(kind), text=text, by=by)
    return ledger.append(session, now, [step])[0]


def _show_again(session: Session, now: datetime, row: TakedownRow) -> None:
    """The dataset is as it was before, unless other data in it are still down."""
    session.flush()
    package = session.get(core.Package, row.dataset_id)
    if package is not None and not stands(session, dataset_id=row.dataset_id):
        package.private = row.was_private
        session.flush()
        dataset_faces.record(session, now, row.dataset_id)
        session.flush()


def _free(session: Session, now: datetime, row: TakedownRow, tz: tzinfo, by: str) -> None:
    """Exempt what is unmet and falls due from now on, and what stands in its time of grace."""
    written: list[ExemptionRow] = []
    for body, item in _owed(session, row.dataset_id):
        found = [
            row
            for owed in facts.load(session, now, tz, body.name, item.code)
            for row in assess(owed.facts, now)
        ]
        met = [one.deadline.due_at + _INSTANT for one in found if one.met_at is not None]
        written.append(_exemption(row, now, tz, by, body_id=body.id, item_id=item.id, since=max([now, *met])))
        written += [
            _exemption(row, now, tz, by, deadline_id=one.deadline.id)
            for one in found
            if one.status is Status.in_grace
        ]
    ledger.append(session, now, written)


def _exemption(row: TakedownRow, now: datetime, tz: tzinfo, by: str, **reach: object) -> ExemptionRow:
    return ExemptionRow(
        id=new_id(),
        decision_number=TAKEDOWN + row.id,
        decision_date=now.astimezone(tz).date(),
        reason=row.reason,
        by=by,
        **reach,
    )


def _end_freedom(session: Session, now: datetime, row: TakedownRow, text: str, by: str) -> None:
    """The exemption without end gives way to one that ends with the ruling."""
    endless = sa.select(ExemptionRow).where(
        ExemptionRow.decision_number == TAKEDOWN + row.id,
        ExemptionRow.since.is_not(None),
        ExemptionRow.until.is_(None),
        ExemptionRow.id.not_in(sa.select(ExemptionRevocationRow.exemption_id)),
    )
    ended: list[ExemptionRow] = []
    for one in session.scalars(endless).all():
        exemptions.revoke(session, now, one, text, by)
        if one.since is not None and one.since <= now:
            ended.append(
                ExemptionRow(
                    id=new_id(),
                    body_id=one.body_id,
                    item_id=one.item_id,
                    since=one.since,
                    until=now,
                    decision_number=one.decision_number,
                    decision_date=one.decision_date,
                    reason=one.reason,
                    by=by,
                )
            )
    ledger.append(session, now, ended)


def _owed(session: Session, dataset_id: str) -> list[tuple[Body, Item]]:
    """Who owes what is answered by a dataset."""
    query = (
        sa.select(Body, Item)
        .join(Obligation, Obligation.body_id == Body.id)
        .join(Item, Item.id == Obligation.item_id)
        .join(Publication, Publication.obligation_id == Obligation.id)
        .where(Publication.dataset_id == dataset_id)
        .where(Publication.confirmed_at.is_not(None), Publication.revoked_at.is_(None))
        .order_by(Body.code, Item.code)
        .distinct()
    )
    return list(session.execute(query).tuples())
