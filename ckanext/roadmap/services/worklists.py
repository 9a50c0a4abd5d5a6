"""What waits to be linked: obligations that no dataset answers, and datasets that answer none."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, aliased

from ckan import model as core

from ckanext.roadmap import config
from ckanext.roadmap.domain.publication import LinkState
from ckanext.roadmap.domain.script import spell, to_cyrillic, to_latin
from ckanext.roadmap.model import (
    Body,
    DatasetFaceRow,
    Item,
    ItemRevision,
    Obligation,
    ObligationTerm,
    Publication,
)
from ckanext.roadmap.services import body_history, dataset_faces
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.matching_facts import in_force, is_answered
from ckanext.roadmap.services.visibility import PUBLIC_DATASET


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of a worklist is wanted; None asks nothing.

    bodies - only what these bodies owe or publish (ids)
    one    - only this obligation or dataset (id)
    item   - only links of the item of this code
    at     - as was known at this instant (None: now)
    done   - also what is linked already
    """

    bodies: Collection[str] | None = None
    q: str | None = None
    one: str | None = None
    item: str | None = None
    at: datetime | None = None
    done: bool = False
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Owed:
    """An obligation in force."""

    id: str
    item: Item
    revision: ItemRevision
    body: Face
    is_answered: bool


@dataclass(frozen=True, slots=True)
class Published:
    """A public dataset and the body that publishes it, if that is one."""

    package: core.Package
    body: Body | None
    is_linked: bool


@dataclass(frozen=True, slots=True)
class Link:
    """A link with both of its ends; a dataset may have gone since.

    face - how the dataset was shown at the time looked at, if it is another now
    """

    row: Publication
    owed: Owed
    package: core.Package | None
    face: DatasetFaceRow | None = None


def obligations(session: Session, at: date, asked: Asked) -> tuple[int, list[Owed]]:
    """How many obligations there are, and some of them: those with the nearest proposal first."""
    best = _best(Publication.obligation_id == Obligation.id, Obligation)
    query = _owed().where(*in_force(at))
    if not asked.done:
        query = query.where(~is_answered())
    if asked.bodies is not None:
        query = query.where(Body.id.in_(asked.bodies))
    if asked.one is not None:
        query = query.where(Obligation.id == asked.one)
    query = _searched(query, asked.q, Item.code, ItemRevision.title, Body.title)
    rows = _page(
        session, query.order_by(best.desc().nulls_last(), Item.code, Body.code, Obligation.id), asked
    )
    return _count(session, query), [Owed(*row) for row in rows]


def datasets(session: Session, asked: Asked) -> tuple[int, list[Published]]:
    """How many public datasets there are, and some of them: those with the nearest proposal first."""
    package, linked = core.Package, _is_linked()
    query: sa.Select[Any] = (
        sa.select(package, Body, linked)
        .outerjoin(Body, Body.organization_id == package.owner_org)
        .where(PUBLIC_DATASET)
    )
    if not asked.done:
        query = query.where(~linked)
    if asked.bodies is not None:
        query = query.where(Body.id.in_(asked.bodies))
    if asked.one is not None:
        query = query.where(package.id == asked.one)
    query = _searched(query, asked.q, package.name, package.title, package.extras["title_translated"].astext)
    best = _best(Publication.dataset_id == package.id, package)
    rows = _page(session, query.order_by(best.desc().nulls_last(), package.title, package.id), asked)
    return _count(session, query), [Published(*row) for row in rows]


def links(
    session: Session,
    state: LinkState,
    asked: Asked,
    *,
    obligations: Collection[str] | None = None,
    datasets: Collection[str] | None = None,
) -> tuple[int, list[Link]]:
    """How many links are in a state, and some of them, the nearest first, then the newest.

    Each has its obligation, in the words of the newest list, and its dataset.

    :param obligations: only links of these (ids)
    :param datasets: only links to these (ids)
    """
    package = core.Package
    query = (
        _owed(asked.at)
        .add_columns(Publication, package)
        .join(Publication, Publication.obligation_id == Obligation.id)
        .outerjoin(package, package.id == Publication.dataset_id)
        .where(ObligationTerm.id == _newest_term(asked.at), Publication.is_in(state, asked.at))
    )
    chosen: tuple[tuple[Any, Collection[str] | None], ...] = (
        (Publication.obligation_id, obligations),
        (Publication.dataset_id, datasets),
        (Body.id, asked.bodies),
        (Item.code, None if asked.item is None else [asked.item]),
    )
    for column, wanted in chosen:
        if wanted is not None:
            query = query.where(column.in_(wanted))
    by = (Publication.rank().desc(), Publication.proposed_at.desc(), Publication.id)
    found = _page(session, query.order_by(*by), asked)
    links = [Link(row[-2], Owed(*row[:-2]), row[-1]) for row in found]
    return _count(session, query), links if asked.at is None else _then(session, links, asked.at)


def _then(session: Session, links: Sequence[Link], at: datetime) -> list[Link]:
    """With bodies and datasets as they were called at a past instant."""
    bodies = body_history.on(session, at.astimezone(config.timezone()).date(), at)
    datasets = dataset_faces.then(session, at, {one.row.dataset_id for one in links})
    return [
        replace(
            one,
            owed=replace(one.owed, body=bodies.of(one.owed.body)),
            face=datasets.get(one.row.dataset_id),
        )
        for one in links
    ]


def _owed(known_at: datetime | None = None) -> sa.Select[Any]:
    return (
        sa.select(Obligation.id, Item, ItemRevision, Body, is_answered(known_at))
        .join(ObligationTerm, ObligationTerm.obligation_id == Obligation.id)
        .join(ItemRevision, ItemRevision.id == ObligationTerm.revision_id)
        .join(Item, Item.id == Obligation.item_id)
        .join(Body, Body.id == (Obligation.body_id if known_at is None else ObligationTerm.body_id))
    )


def _newest_term(known_at: datetime | None) -> sa.ScalarSelect[str]:
    term = aliased(ObligationTerm)
    return (
        sa.select(term.id)
        .where(term.obligation_id == Obligation.id)
        .where(sa.true() if known_at is None else term.recorded_at <= known_at)
        .order_by(term.in_force_from.desc(), term.recorded_at.desc(), term.id)
        .limit(1)
        .correlate(Obligation)
        .scalar_subquery()
    )


def _best(own: sa.ColumnElement[bool], outer: type) -> sa.ScalarSelect[float]:
    best = sa.select(sa.func.max(Publication.rank())).where(own, Publication.is_in(LinkState.proposed))
    return best.correlate(outer).scalar_subquery()


def _is_linked() -> sa.ColumnElement[bool]:
    package = core.Package
    return (
        sa.exists()
        .where(Publication.dataset_id == package.id, Publication.is_in(LinkState.confirmed))
        .correlate(package)
    )


def _searched(query: sa.Select[Any], q: str | None, *columns: Any) -> sa.Select[Any]:
    """Only rows in which every word of a search stands, in either script of Uzbek."""
    for word in (q or "").split():
        spellings = {word, spell(word), to_latin(word), to_cyrillic(word), word.replace("'", "ʻ")}
        query = query.where(
            sa.or_(
                *(
                    sa.cast(column, sa.UnicodeText).icontains(one, autoescape=True)
                    for column in columns
                    for one in sorted(spellings)
                )
            )
        )
    return query


def _page(session: Session, query: sa.Select[Any], asked: Asked) -> Sequence[sa.Row[Any]]:
    return session.execute(query.limit(asked.limit).offset(asked.offset)).all()


def _count(session: Session, query: sa.Select[Any]) -> int:
    counted = query.with_only_columns(sa.literal(1)).order_by(None).subquery()
    return session.scalar(sa.select(sa.func.count()).select_from(counted)) or 0
