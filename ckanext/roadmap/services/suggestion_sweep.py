"""What is done for suggestions by itself: tell that data have appeared, and forget what nobody needs."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.event import EventKind
from ckanext.roadmap.domain.suggestion import ENDED, SuggestionState
from ckanext.roadmap.model import (
    DataEventRow,
    Item,
    Obligation,
    Suggestion,
    SuggestionComment,
    SuggestionSecond,
)
from ckanext.roadmap.services import suggestions

_APPEARS = [str(kind) for kind in EventKind if kind.shows_data]
KEPT = timedelta(days=30)


def publish(session: Session, now: datetime) -> list[str]:
    """Take accepted suggestions whose item has its first data to `published`; the caller commits.

    :returns: their numbers; told twice, none
    """
    done: list[str] = []
    if not _with_data(session):
        return done
    session.execute(Suggestion.lock())
    session.expire_all()
    for one in _with_data(session):
        suggestions.step(session, one, SuggestionState.published, "", "", now)
        done.append(one.number or "")
    return done


def forget(session: Session, now: datetime, valid: timedelta) -> int:
    """Throw away what nobody confirmed in time, and the addresses of authors who were told all.

    The caller commits.

    :returns: how many unconfirmed suggestions, voices and comments went
    """
    before = now - valid
    gone = 0
    for table in (SuggestionComment, SuggestionSecond):
        stale = table.confirmed_at.is_(None) & (table.created_at < before)
        gone += len(session.execute(sa.delete(table).where(stale).returning(table.id)).all())
    for one in session.scalars(Suggestion.expired(before)).all():
        session.delete(one)
        gone += 1
    _forget_addresses(session, now - KEPT)
    session.flush()
    return gone


def _with_data(session: Session) -> list[Suggestion]:
    accepted = session.scalars(Suggestion.in_states([SuggestionState.accepted])).all()
    return [one for one in accepted if one.item_code and _has_data(session, one.item_code)]


def _has_data(session: Session, item_code: str) -> bool:
    found = (
        sa.select(DataEventRow.id)
        .join(Obligation, Obligation.id == DataEventRow.obligation_id)
        .join(Item, Item.id == Obligation.item_id)
        .where(Item.code == item_code, DataEventRow.kind.in_(_APPEARS))
    )
    return session.execute(found.limit(1)).first() is not None


def _forget_addresses(session: Session, before: datetime) -> None:
    for ended in session.scalars(Suggestion.in_states(ENDED)).all():
        last = ended.published_at or ended.decided_at
        if last and last < before:
            for one in suggestions.authored(session, ended):
                one.author_email = None
