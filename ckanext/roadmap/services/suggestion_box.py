"""What goes into the box: suggestions, voices for them and comments, at once or once confirmed by mail."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.suggestion import LIVE, Origin, SuggestionState
from ckanext.roadmap.model import Suggestion, SuggestionComment, SuggestionSecond
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import suggestions
from ckanext.roadmap.services.suggestion_tokens import Sent, voice_of_email, voice_of_user


@dataclass(frozen=True, slots=True)
class Person:
    """Whoever writes: a user, or an address that has yet to confirm; `voice` counts once a suggestion."""

    voice: str
    lang: str
    user_id: str | None = None
    email: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for."""

    title: str
    what: str
    why: str
    holder_text: str = ""
    body_id: str | None = None
    indicator: str | None = None


def submit(session: Session, now: datetime, asked: Asked, person: Person, tz: tzinfo) -> Suggestion:
    """Take a suggestion; a user's is opened at once, another waits to be confirmed. The caller commits."""
    made = Suggestion(
        id=new_id(),
        **asdict(asked),
        origin=Origin.citizen,
        author_user_id=person.user_id,
        author_email=person.email,
        lang=person.lang,
        state=SuggestionState.unconfirmed,
        created_at=now,
    )
    session.add(made)
    session.flush()
    if person.user_id:
        suggestions.open_(session, made, person.user_id, now, tz)
    return made


def second(
    session: Session, now: datetime, suggestion: Suggestion, person: Person, author_voices: set[str]
) -> SuggestionSecond | None:
    """Give one voice to a suggestion; the caller commits.

    An address that has spoken already is answered like any other, so that nobody learns it from us.

    :param author_voices: the voices of those who made it
    :returns: the voice; None where an address has nothing left to confirm
    :raises RoadmapError: the suggestion takes no voices any more, or the user has given one
    """
    _require_live(suggestion)
    session.execute(Suggestion.lock())
    found = session.scalars(SuggestionSecond.of_voice(suggestion.id, person.voice)).first()
    if person.voice in author_voices or (found and found.confirmed_at):
        if person.user_id:
            raise refusal("second_own" if person.voice in author_voices else "seconded_already")
        return None
    if found is None:
        found = SuggestionSecond(
            id=new_id(), suggestion_id=suggestion.id, voice=person.voice, lang=person.lang, created_at=now
        )
        session.add(found)
    found.email, found.created_at = person.email, now
    found.confirmed_at = now if person.user_id else None
    session.flush()
    return found


def comment(
    session: Session, now: datetime, suggestion: Suggestion, person: Person, text: str, role: str
) -> SuggestionComment:
    """Add a comment; a user's is shown at once, another once it is confirmed. The caller commits.

    :raises RoadmapError: the suggestion takes no comments any more
    """
    _require_live(suggestion)
    made = SuggestionComment(
        id=new_id(),
        suggestion_id=suggestion.id,
        text=text,
        role=role,
        user_id=person.user_id,
        email=person.email,
        lang=person.lang,
        created_at=now,
        confirmed_at=now if person.user_id else None,
    )
    session.add(made)
    session.flush()
    return made


def confirm(session: Session, now: datetime, kind: Sent, id: str, tz: tzinfo) -> Suggestion:
    """Confirm what an address sent; told twice, it is confirmed once. The caller commits.

    :returns: the suggestion that it belongs to
    :raises RoadmapError: it was thrown away, as nobody had confirmed it in time
    """
    if kind is Sent.suggestion:
        return _confirm_suggestion(session, now, id, tz)
    row = session.get(SuggestionSecond if kind is Sent.second else SuggestionComment, id)
    if row is None:
        raise refusal("token_expired")
    if row.confirmed_at is None:
        row.confirmed_at, row.email = now, None
    suggestion = session.get_one(Suggestion, row.suggestion_id)
    if isinstance(row, SuggestionSecond):
        suggestion = _carried_on(session, suggestion, row)
    session.flush()
    return suggestion


def _confirm_suggestion(session: Session, now: datetime, id: str, tz: tzinfo) -> Suggestion:
    session.execute(Suggestion.lock())
    made = session.get(Suggestion, id, populate_existing=True)
    if made is None:
        raise refusal("token_expired")
    if made.state == SuggestionState.unconfirmed:
        suggestions.open_(session, made, "", now, tz)
    return made


def _carried_on(session: Session, suggestion: Suggestion, voice: SuggestionSecond) -> Suggestion:
    """A voice confirmed after a merger counts for the suggestion that lives on."""
    if suggestion.merged_into_id is None:
        return suggestion
    carry(session, voice, suggestion.merged_into_id)
    return session.get_one(Suggestion, suggestion.merged_into_id)


def carry(session: Session, voice: SuggestionSecond, to_id: str) -> None:
    """Let a voice count for another suggestion too, unless it does so already."""
    found = session.scalars(SuggestionSecond.of_voice(to_id, voice.voice)).first()
    if found is not None:
        found.confirmed_at = found.confirmed_at or voice.confirmed_at
        return
    session.add(
        SuggestionSecond(
            id=new_id(),
            suggestion_id=to_id,
            voice=voice.voice,
            lang=voice.lang,
            created_at=voice.created_at,
            confirmed_at=voice.confirmed_at,
            carried_from_id=voice.carried_from_id or voice.suggestion_id,
        )
    )
    session.flush()


def author_voices(session: Session, suggestion: Suggestion, secret: str) -> set[str]:
    """The voices of those who made a suggestion, or one that was merged into it."""
    made = suggestions.authored(session, suggestion)
    users = {voice_of_user(one.author_user_id) for one in made if one.author_user_id}
    return users | {voice_of_email(secret, one.author_email) for one in made if one.author_email}


def _require_live(suggestion: Suggestion) -> None:
    if suggestion.state not in LIVE or suggestion.hidden_reason:
        raise refusal("suggestion_closed")
