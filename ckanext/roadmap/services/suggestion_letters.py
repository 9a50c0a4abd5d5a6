"""Whether somebody gets letters about suggestions, and the link in each letter that ends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.suggestion import SuggestionState
from ckanext.roadmap.model import SilencedVoice, Suggestion, SuggestionComment, SuggestionSecond
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services.suggestion_tokens import Sent

_SALT = "roadmap-suggestion-letters"


@dataclass(frozen=True, slots=True)
class Reader:
    """Who got a letter, as a voice, and what that letter asked to confirm, if anything."""

    voice: str
    kind: Sent | None = None
    id: str | None = None


def sign(secret: str, reader: Reader) -> str:
    """The token of a letter; it holds no address and does not end, as letters are kept for long."""
    content = {"voice": reader.voice, "kind": reader.kind and str(reader.kind), "id": reader.id}
    return URLSafeSerializer(secret, _SALT).dumps(content)


def read(secret: str, token: str) -> Reader:
    """Whose token it is.

    :raises RoadmapError: it was not made here
    """
    try:
        content = URLSafeSerializer(secret, _SALT).loads(token)
    except BadData as error:
        raise refusal("token_bad") from error
    kind = content["kind"]
    return Reader(content["voice"], Sent(kind) if kind else None, content["id"])


def are_wanted(session: Session, voice: str) -> bool:
    """Whether somebody gets letters; everybody does who has not ended them."""
    return session.scalars(SilencedVoice.of(voice)).first() is None


def end(session: Session, now: datetime, reader: Reader) -> None:
    """Write no more letters to somebody, and throw away what waits to be confirmed; the caller commits."""
    session.execute(Suggestion.lock())
    if are_wanted(session, reader.voice):
        session.add(SilencedVoice(voice=reader.voice, since=now))
    if reader.kind and reader.id:
        _withdraw(session, reader.kind, reader.id)
    session.flush()


def begin_again(session: Session, voice: str) -> None:
    """Write letters to somebody again; the caller commits."""
    if row := session.get(SilencedVoice, voice):
        session.delete(row)
        session.flush()


def _withdraw(session: Session, kind: Sent, id: str) -> None:
    if kind is Sent.suggestion:
        made = session.get(Suggestion, id, populate_existing=True)
        if made is not None and made.state == SuggestionState.unconfirmed:
            session.delete(made)
        return
    row = session.get(SuggestionSecond if kind is Sent.second else SuggestionComment, id)
    if row is not None and row.confirmed_at is None:
        session.delete(row)
