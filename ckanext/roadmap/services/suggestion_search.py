"""Finds suggestions: by words in any script, by state and origin, and by likeness."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.script import fold
from ckanext.roadmap.domain.similarity import nearest
from ckanext.roadmap.domain.suggestion import ANSWERED, SuggestionState, median_days
from ckanext.roadmap.model import Suggestion


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; None asks nothing."""

    q: str | None = None
    state: str | None = None
    origin: str | None = None
    body_id: str | None = None


def everything(session: Session) -> list[Suggestion]:
    """All suggestions that were opened, newest first."""
    return list(session.scalars(Suggestion.public()))


def narrowed(rows: Iterable[Suggestion], wanted: Wanted) -> list[Suggestion]:
    """The suggestions wanted; merged ones only where that state is asked for."""
    return [row for row in rows if _is_wanted(row, wanted)]


def alike(
    rows: Iterable[Suggestion], title: str, *, but: str | None = None, limit: int = 5
) -> list[Suggestion]:
    """The suggestions whose title is near a text, nearest first; a merged one gives way to its survivor."""
    by_id = {row.id: row for row in rows}
    shown = {row.id: row for row in by_id.values() if not row.hidden_reason}
    found: dict[str, Suggestion] = {}
    for id, _score in nearest(title, ((row.id, row.title) for row in shown.values()), limit=3 * limit):
        survivor = by_id.get(shown[id].merged_into_id or id, shown[id])
        if survivor.id != but:
            found.setdefault(survivor.id, survivor)
    return [*found.values()][:limit]


def answer_days(rows: Iterable[Suggestion]) -> float | None:
    """The median of days that citizens waited for an answer."""
    return median_days(
        (row.opened_at, row.decided_at)
        for row in rows
        if row.state in ANSWERED and row.opened_at and row.decided_at
    )


def _is_wanted(row: Suggestion, wanted: Wanted) -> bool:
    if wanted.state is None and row.state == SuggestionState.merged:
        return False
    asked = ((wanted.state, row.state), (wanted.origin, row.origin), (wanted.body_id, row.body_id))
    if any(value is not None and value != has for value, has in asked):
        return False
    if not wanted.q:
        return True
    if row.hidden_reason:
        return wanted.q in (row.number or "")
    texts = (row.number or "", row.title, row.what, row.holder_text, row.indicator or "")
    return any(fold(wanted.q) in fold(text) for text in texts)
