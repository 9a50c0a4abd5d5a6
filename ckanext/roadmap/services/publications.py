"""Links obligations to the datasets that answer them: proposed, confirmed, declined, revoked."""

from __future__ import annotations

from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.body import resolve
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.event import EventKind, Place
from ckanext.roadmap.domain.publication import How, LinkState, require_step
from ckanext.roadmap.model import DataEventRow, Item, MatchedDataset, Obligation, ObligationTerm, Publication
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.data_event import covers_of
from ckanext.roadmap.services import events
from ckanext.roadmap.services.bodies import load_register

_FACTS = (EventKind.changed, EventKind.unchanged, EventKind.failed, EventKind.withdrawn)


def obligations_for(session: Session, item_code: str, body_name: str, at: date) -> list[Obligation]:
    """The obligations in force on a day by which a body, or what became of it, owes an item."""
    register = load_register(session)
    body_id = register.id_of(body_name)
    if body_id is None:
        return []
    heirs = resolve(body_id, register.successions, at)
    query = (
        sa.select(Obligation)
        .join(Item, Item.id == Obligation.item_id)
        .join(ObligationTerm, ObligationTerm.obligation_id == Obligation.id)
        .where(Item.code == item_code, Obligation.body_id.in_(heirs), ObligationTerm.in_force_from <= at)
        .where(sa.or_(ObligationTerm.in_force_to.is_(None), ObligationTerm.in_force_to > at))
        .distinct()
        .order_by(Obligation.id)
    )
    return list(session.scalars(query))


def datasets_of(session: Session, organization_id: str) -> list[str]:
    """The ids of the datasets that belong to an organization."""
    package = core.Package
    owned = sa.select(package.id).where(
        package.owner_org == organization_id, package.state != core.State.DELETED
    )
    return list(session.scalars(owned.order_by(package.name)))


def propose(
    session: Session, now: datetime, obligation_id: str, dataset_id: str, by: str, how: How
) -> Publication:
    """Propose that a dataset answers an obligation; what is proposed already stays one. The caller commits.

    :raises RoadmapError: the link stands already
    """
    found = session.scalars(Publication.standing(obligation_id, dataset_id, Place.portal)).first()
    if found is None:
        return _new(session, now, obligation_id, dataset_id, by, how)
    if found.state is LinkState.confirmed:
        raise RoadmapError("link_stands", "This dataset is linked to the obligation already.")
    return found


def confirm(session: Session, now: datetime, found: Publication, by: str) -> None:
    """Confirm a proposal; what else the matcher proposed for the obligation is dropped. The caller commits.

    What is known of the dataset from other obligations becomes known of this one, at its own times and
    recorded now.

    :raises RoadmapError: it was decided already
    """
    session.refresh(found, with_for_update=True)
    require_step(found.state, LinkState.confirmed)
    found.confirmed_at, found.confirmed_by = now, by
    others = sa.delete(Publication).where(
        Publication.obligation_id == found.obligation_id,
        Publication.how == How.matcher,
        Publication.is_in(LinkState.proposed),
    )
    session.flush()
    session.execute(others)
    share_events(session, now, found)


def decline(session: Session, now: datetime, found: Publication, by: str, reason: str | None) -> None:
    """Decline a proposal; it does not come back unless the dataset changes. The caller commits.

    :raises RoadmapError: it was decided already
    """
    session.refresh(found, with_for_update=True)
    require_step(found.state, LinkState.declined)
    found.fingerprint = _fingerprint(session, found)
    found.declined_at, found.declined_by, found.reason = now, by, reason
    session.flush()


def revoke(session: Session, now: datetime, found: Publication, by: str, reason: str) -> None:
    """Revoke a confirmed link; until now it counted, and stays visible. The caller commits.

    :raises RoadmapError: it is not confirmed
    """
    session.refresh(found, with_for_update=True)
    require_step(found.state, LinkState.revoked)
    found.fingerprint = _fingerprint(session, found)
    found.revoked_at, found.revoked_by, found.reason = now, by, reason
    session.flush()


def link(
    session: Session,
    now: datetime,
    obligation_id: str,
    dataset_id: str,
    resource_id: str | None,
    by: str,
    how: str,
    place: Place = Place.portal,
) -> Publication:
    """Confirm that a dataset answers an obligation; told twice, it stays one link. The caller commits.

    :param by: who confirms (a user's id, or the name of the mapping that was approved)
    :param how: what the link rests on, for example `mapping`
    """
    found = session.scalars(Publication.standing(obligation_id, dataset_id, place)).first()
    if found is None:
        found = _new(session, now, obligation_id, dataset_id, by, how, place)
        found.resource_id = resource_id
    if found.confirmed_at is None:
        found.how = how
        found.confirmed_at, found.confirmed_by = now, by
    session.flush()
    return found


def _fingerprint(session: Session, found: Publication) -> str | None:
    """What the dataset was like when it was refused; None: the matcher has not looked at it yet."""
    seen = session.get(MatchedDataset, found.dataset_id)
    return seen.fingerprint if seen else None


def _new(
    session: Session,
    now: datetime,
    obligation_id: str,
    dataset_id: str,
    by: str,
    how: str,
    place: Place = Place.portal,
) -> Publication:
    made = Publication(
        id=new_id(),
        obligation_id=obligation_id,
        dataset_id=dataset_id,
        place=str(place),
        how=str(how),
        proposed_at=now,
        proposed_by=by,
    )
    session.add(made)
    session.flush()
    return made


def share_events(session: Session, now: datetime, found: Publication) -> None:
    """Record for the obligation what was seen of the dataset while it answered others, once each.

    Regions were measured in a column that another item may not name, and what the data cover by the term
    of one item: both are known of the same item alone.
    """
    seen = (
        sa.select(DataEventRow)
        .where(DataEventRow.dataset_id == found.dataset_id)
        .where(DataEventRow.kind.in_([str(kind) for kind in _FACTS]))
        .order_by(DataEventRow.seq)
    )
    rows = list(session.scalars(seen))
    of_item = sa.select(Obligation.id, Obligation.item_id)
    ids = [found.obligation_id, *(row.obligation_id for row in rows)]
    items = dict(session.execute(of_item.where(Obligation.id.in_(ids))).tuples().all())
    known = {_mark(row) for row in rows if row.obligation_id == found.obligation_id}
    for row in rows:
        if _mark(row) in known:
            continue
        known.add(_mark(row))
        values = {name: getattr(row, name) for name in _COPIED}
        if items[row.obligation_id] != items[found.obligation_id]:
            values["regions"] = None
        elif covers := covers_of(row):
            values["covers"] = {found.obligation_id: covers}
        events.record(session, now, obligation_ids=[found.obligation_id], **values)


def _mark(row: DataEventRow) -> tuple[object, ...]:
    return row.kind, row.at, row.resource_id, row.content_hash, row.place


_COPIED = (
    "kind", "at", "grade", "source", "dataset_id", "resource_id", "content_hash", "rows", "rows_changed",
    "columns", "regions", "place", "run_id", "live_read_at", "note",
)  # fmt: skip
