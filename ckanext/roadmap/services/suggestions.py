"""The steps of a suggestion: each is recorded for good, and its authors are told."""

from __future__ import annotations

from datetime import datetime, tzinfo

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.suggestion import DECIDED, SuggestionState, next_number, require_step
from ckanext.roadmap.model import Suggestion, SuggestionEventRow, SuggestionNotice
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import ledger


def step(
    session: Session,
    suggestion: Suggestion,
    to: SuggestionState | str,
    reason: str,
    actor: str,
    at: datetime,
    *,
    item_code: str | None = None,
) -> SuggestionEventRow:
    """Take a suggestion to another state, record it and write the notices to its authors; the caller commits.

    Mails are not sent here: the caller asks for them after the commit (`suggestion_jobs.ask_for_mail`), and
    the daily job sends what is left, so that no failing mail undoes a step.

    :param reason: why, in words that stay public; a decision's reason becomes the suggestion's answer
    :param actor: id of who takes the step; empty where the author confirmed it
    :param at: when the step was taken, for a decision the instant of the sitting
    :param item_code: code of the item that an accepted suggestion becomes
    :raises RoadmapError: the suggestion may not go there from where it stands
    """
    session.execute(Suggestion.lock())
    session.refresh(suggestion)
    state = SuggestionState(to)
    require_step(suggestion.number or "", suggestion.state, state)
    suggestion.state = state
    if state in DECIDED:
        suggestion.decided_at, suggestion.answer = at, reason or None
    if state is SuggestionState.published:
        suggestion.published_at = at
    if item_code is not None:
        suggestion.item_code = item_code
    session.flush()
    return _record(session, suggestion, reason, actor, at)


def open_(session: Session, suggestion: Suggestion, actor: str, at: datetime, tz: tzinfo) -> None:
    """Put a confirmed suggestion in the box under the next citizen's number; the caller commits.

    :param tz: the legal time zone, which says in what year it is opened
    :raises RoadmapError: it is open already
    """
    session.execute(Suggestion.lock())
    session.refresh(suggestion)
    require_step(suggestion.number or "", suggestion.state, SuggestionState.open)
    year = at.astimezone(tz).year
    issued = session.scalars(Suggestion.numbers(year))
    suggestion.number = next_number(year, (number for number in issued if number))
    suggestion.state, suggestion.opened_at = SuggestionState.open, at
    session.flush()
    _record(session, suggestion, "", actor, at)


def authored(session: Session, suggestion: Suggestion) -> list[Suggestion]:
    """The suggestion itself and those merged into it: all whose authors are told."""
    return [suggestion, *session.scalars(Suggestion.merged_into(suggestion.id))]


def _record(
    session: Session, suggestion: Suggestion, reason: str, actor: str, at: datetime
) -> SuggestionEventRow:
    event = SuggestionEventRow(
        id=new_id(),
        suggestion_id=suggestion.id,
        state=str(SuggestionState(suggestion.state)),
        reason=reason,
        actor=actor,
        at=at,
    )
    ledger.append(session, at, [event])
    for source in authored(session, suggestion):
        if source.author_user_id or source.author_email:
            notice = SuggestionNotice(
                id=new_id(),
                suggestion_id=suggestion.id,
                author_of_id=source.id,
                event_id=event.id,
                state=event.state,
                reason=reason,
                created_at=at,
            )
            session.add(notice)
    session.flush()
    return event
