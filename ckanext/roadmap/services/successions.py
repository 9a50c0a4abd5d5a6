"""Obligations follow what becomes of bodies: on the day of a succession they pass to the successor."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.body import resolve
from ckanext.roadmap.domain.event import Place
from ckanext.roadmap.domain.publication import How
from ckanext.roadmap.domain.succession import Passage, passage
from ckanext.roadmap.model import (
    Body,
    ItemRevision,
    ListVersion,
    Obligation,
    ObligationTerm,
    Publication,
    Succession,
)
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import publications
from ckanext.roadmap.services.bodies import Register, load_register
from ckanext.roadmap.services.obligations import to_responsible


@dataclass(slots=True)
class Settled:
    """What became of the obligations: how many passed to a successor, ended, or are owed by one more body.

    `datasets` names the organization that each dataset belongs to from now on.
    """

    passed: int = 0
    ended: int = 0
    begun: int = 0
    datasets: dict[str, str] = field(default_factory=dict[str, str])


def settle(session: Session, now: datetime, today: date) -> Settled:
    """Let the obligations follow every succession whose day has come; told twice, it does nothing.

    The caller commits.
    """
    session.execute(ListVersion.lock())
    due: dict[tuple[date, str], list[Succession]] = defaultdict(list)
    for row in session.scalars(Succession.due(today)):
        due[row.effective, row.from_body_id].append(row)
    done = Settled()
    if due:
        register = load_register(session)
        for (effective, body_id), rows in due.items():
            _follow(session, now, effective, body_id, _heirs(session, rows), register, done)
            for row in rows:
                row.applied_at = now
        session.flush()
    return done


def _heirs(session: Session, rows: Sequence[Succession]) -> list[Body]:
    ids = [row.to_body_id for row in rows if row.to_body_id]
    return list(session.scalars(Body.select_all().where(Body.id.in_(ids))))


def _follow(
    session: Session,
    now: datetime,
    effective: date,
    body_id: str,
    heirs: list[Body],
    register: Register,
    done: Settled,
) -> None:
    links = _links(session, body_id)
    for term, obligation in session.execute(ObligationTerm.open_of_body(body_id)).tuples().all():
        revision = session.get_one(ItemRevision, term.revision_id)
        owing = _owing(session, obligation.item_id)
        responsible = to_responsible(revision.responsible, register)
        excepted = {
            one for name in responsible.exceptions for one in resolve(name, register.successions, effective)
        }
        found = passage(body_id, [heir.id for heir in heirs], owing, excepted)
        found = _with_own(found, body_id, _obligations(session, obligation.item_id))
        _pass_on(session, now, max(effective, term.in_force_from), term, obligation, found, done)
        takers = [owing[one] for one in found.joined]
        takers += [_begin(session, now, effective, term, obligation, other, done) for other in found.others]
        for taker in takers:
            _carry(session, now, links.get(obligation.id, []), taker)
    _datasets(heirs, body_id, links, session, done)


def _with_own(found: Passage, body_id: str, held: Collection[str]) -> Passage:
    """An heir that owed the item under an earlier list goes on with its own obligation."""
    if found.to is None or found.to == body_id or found.to not in held:
        return found
    return Passage(None, (found.to, *found.others), found.joined)


def _pass_on(
    session: Session,
    now: datetime,
    at: date,
    term: ObligationTerm,
    obligation: Obligation,
    found: Passage,
    done: Settled,
) -> None:
    """End the span of the body that ends; the heir goes on with the same obligation."""
    if found.to == term.body_id:
        return
    term.in_force_to, term.ended_at = at, now
    if found.to is None:
        done.ended += 1
        return
    obligation.body_id = found.to
    session.add(_span(term, obligation.id, found.to, at, now))
    session.flush()
    done.passed += 1


def _begin(
    session: Session,
    now: datetime,
    effective: date,
    term: ObligationTerm,
    of: Obligation,
    body_id: str,
    done: Settled,
) -> str:
    """One more heir owes the same: an obligation of its own."""
    at = max(effective, term.in_force_from)
    known = sa.select(Obligation).where(Obligation.item_id == of.item_id, Obligation.body_id == body_id)
    obligation = session.scalars(known).first()
    if obligation is None:
        obligation = Obligation(id=new_id(), item_id=of.item_id, body_id=body_id, recorded_at=now)
        session.add(obligation)
        session.flush()
    session.add(_span(term, obligation.id, body_id, at, now))
    session.flush()
    done.begun += 1
    return obligation.id


def _span(term: ObligationTerm, obligation_id: str, body_id: str, at: date, now: datetime) -> ObligationTerm:
    return ObligationTerm(
        obligation_id=obligation_id,
        list_version_id=term.list_version_id,
        revision_id=term.revision_id,
        body_id=body_id,
        in_force_from=at,
        recorded_at=now,
    )


def _obligations(session: Session, item_id: str) -> list[str]:
    """The bodies that hold an obligation to an item, in force or not."""
    return list(session.scalars(sa.select(Obligation.body_id).where(Obligation.item_id == item_id)))


def _owing(session: Session, item_id: str) -> dict[str, str]:
    """The obligations in force to an item, by the bodies that hold them."""
    query = (
        sa.select(Obligation.body_id, Obligation.id)
        .join(ObligationTerm, ObligationTerm.obligation_id == Obligation.id)
        .where(Obligation.item_id == item_id, ObligationTerm.in_force_to.is_(None))
    )
    return dict(session.execute(query).tuples().all())


def _links(session: Session, body_id: str) -> dict[str, list[Publication]]:
    """The links that stand for the obligations of a body."""
    held = sa.select(Obligation.id).where(Obligation.body_id == body_id)
    query = Publication.confirmed().where(
        Publication.obligation_id.in_(held), Publication.revoked_at.is_(None)
    )
    found: dict[str, list[Publication]] = defaultdict(list)
    for link in session.scalars(query):
        found[link.obligation_id].append(link)
    return found


def _carry(session: Session, now: datetime, links: Sequence[Publication], obligation_id: str) -> None:
    """The same datasets answer the successor's obligation, with what is known of them."""
    for link in links:
        by, place = link.confirmed_by or "", Place(link.place)
        carried = publications.link(
            session, now, obligation_id, link.dataset_id, link.resource_id, by, How.succession, place
        )
        publications.share_events(session, now, carried)


def _datasets(
    heirs: list[Body],
    body_id: str,
    links: dict[str, list[Publication]],
    session: Session,
    done: Settled,
) -> None:
    """Datasets go to whoever holds what they answer; all others to the one heir, if there is but one."""
    if not heirs or body_id in {heir.id for heir in heirs}:
        return
    homes = {heir.id: heir.organization_id for heir in heirs}
    owned = publications.datasets_of(session, session.get_one(Body, body_id).organization_id)
    if len(heirs) == 1:
        done.datasets |= dict.fromkeys(owned, heirs[0].organization_id)
    for obligation_id, found in links.items():
        holder = session.get_one(Obligation, obligation_id).body_id
        for link in (one for one in found if one.dataset_id in owned):
            done.datasets[link.dataset_id] = homes.get(holder, heirs[0].organization_id)
