"""Merges a suggestion into the one that asks for the same, with all credit kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.suggestion import ENDED, SuggestionState
from ckanext.roadmap.model import Suggestion, SuggestionSecond
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import suggestion_box, suggestions

_CLOSED = {*ENDED, SuggestionState.merged, SuggestionState.unconfirmed}


def merge(
    session: Session,
    now: datetime,
    merged: Suggestion,
    survivor: Suggestion,
    reason: str,
    actor: str,
    author_voices: tuple[set[str], set[str]],
) -> None:
    """Merge one suggestion into another: its author and voices count there too. The caller commits.

    Authors of both are told of every step from now on; who spoke for both counts once.

    :param author_voices: the voices of those who made the merged one, and the survivor
    :raises RoadmapError: it may not be merged any more, or the survivor takes nobody in
    """
    session.execute(Suggestion.lock())
    session.refresh(survivor)
    if merged.id == survivor.id:
        raise refusal("merge_itself")
    if survivor.state in _CLOSED:
        raise refusal("merge_closed")
    suggestions.step(session, merged, SuggestionState.merged, reason, actor, now)
    _carry_voices(session, now, merged, survivor, author_voices)
    for one in suggestions.authored(session, merged):
        one.merged_into_id = survivor.id
    session.flush()


def _carry_voices(
    session: Session,
    now: datetime,
    merged: Suggestion,
    survivor: Suggestion,
    author_voices: tuple[set[str], set[str]],
) -> None:
    old, new = author_voices
    for voice in session.scalars(SuggestionSecond.of(merged.id)).all():
        if voice.voice not in new:
            suggestion_box.carry(session, voice, survivor.id)
    for author in sorted(old - new):
        made = SuggestionSecond(
            id=new_id(),
            suggestion_id=merged.id,
            voice=author,
            lang=merged.lang,
            created_at=merged.created_at,
            confirmed_at=now,
        )
        suggestion_box.carry(session, made, survivor.id)
