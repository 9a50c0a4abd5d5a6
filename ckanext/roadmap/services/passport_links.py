"""Links that a dataset's own passport states: its item, or an identifier that is an item's code."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.publication import How, LinkState
from ckanext.roadmap.model import Body, Item, Obligation, Publication
from ckanext.roadmap.services import publications

FIELDS = {"item_code": How.passport, "identifier": How.identifier}


def state(
    session: Session,
    now: datetime,
    today: date,
    dataset: Mapping[str, Any],
    by: str,
    may_confirm: Callable[[str], bool],
) -> list[Publication]:
    """Propose what the passport states, and confirm it where the one who states it may; the caller commits.

    :param by: id of the user who saved the passport
    :param may_confirm: whether that user speaks for the body of a name
    :returns: links that were made or confirmed
    """
    body = session.scalars(Body.by_organization(str(dataset.get("owner_org")))).first()
    done: list[Publication] = []
    for field, how in FIELDS.items():
        code = str(dataset.get(field) or "").strip()
        if body is None or not code or session.scalars(Item.by_code(code)).first() is None:
            continue
        for obligation in publications.obligations_for(session, code, body.name, today):
            made = _link(session, now, obligation, str(dataset["id"]), by, how, may_confirm)
            done += [made] if made else []
    return done


def _link(
    session: Session,
    now: datetime,
    obligation: Obligation,
    dataset_id: str,
    by: str,
    how: How,
    may_confirm: Callable[[str], bool],
) -> Publication | None:
    """None: it stands already, or was refused and is only stated again."""
    found = _newest(session, obligation.id, dataset_id)
    if found is not None and found.state is not LinkState.proposed:
        return None
    if found is None or found.how == How.matcher:
        found = found or publications.propose(session, now, obligation.id, dataset_id, by, how)
        found.how, found.proposed_by, found.scores = str(how), by, None
    owner = session.get_one(Body, obligation.body_id)
    if may_confirm(owner.name):
        publications.confirm(session, now, found, by)
    session.flush()
    return found


def _newest(session: Session, obligation_id: str, dataset_id: str) -> Publication | None:
    pair = (Publication.obligation_id == obligation_id, Publication.dataset_id == dataset_id)
    return session.scalars(
        sa.select(Publication).where(*pair).order_by(Publication.proposed_at.desc(), Publication.id)
    ).first()
