"""Suggestions as the API gives them: no address, no name of an author, nothing that was hidden."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ckanext.roadmap.domain.suggestion import Origin
from ckanext.roadmap.logic.dictize import instant
from ckanext.roadmap.model import (
    Body,
    Suggestion,
    SuggestionComment,
    SuggestionEventRow,
    SuggestionNotice,
)
from ckanext.roadmap.services import ratings

_TEXTS = ("title", "what", "why", "holder_text", "indicator")


def suggestion(
    row: Suggestion, seconds: int, body: Body | None, user_id: str | None, survivor: Suggestion | None = None
) -> dict[str, Any]:
    """A suggestion in a row; what the coordinator hid leaves its reason."""
    texts = {name: None if row.hidden_reason else getattr(row, name) for name in _TEXTS}
    return {
        "number": row.number,
        **texts,
        "body": {"name": body.name, "title": body.title} if body else None,
        "origin": row.origin,
        "rating": _rating(row),
        "state": row.state,
        "seconds": seconds,
        "merged_into": survivor.number if survivor else None,
        "opened_at": instant(row.opened_at),
        "decided_at": instant(row.decided_at),
        "published_at": instant(row.published_at),
        "answer": row.answer,
        "item_code": row.item_code,
        "hidden_reason": row.hidden_reason,
        "mine": bool(user_id) and row.author_user_id == user_id,
    }


def _rating(row: Suggestion) -> str | None:
    """The code of the rating that found the gap."""
    found = ratings.of(row.indicator) if row.origin == Origin.rating else None
    return found[0].code if found else None


def event(row: SuggestionEventRow) -> dict[str, Any]:
    """A step of a suggestion's history."""
    return {
        "state": row.state,
        "reason": row.reason,
        "at": row.at.isoformat(),
        "seq": row.seq,
        "hash": row.hash,
        "previous_hash": row.previous_hash,
    }


def comment(row: SuggestionComment) -> dict[str, Any]:
    """A comment; what the coordinator hid leaves its reason."""
    return {
        "id": row.id,
        "text": None if row.hidden_at else row.text,
        "role": row.role,
        "at": row.created_at.isoformat(),
        "hidden_reason": row.hidden_reason,
    }


def notice(row: SuggestionNotice, about: Suggestion) -> dict[str, Any]:
    """What an author was told."""
    return {
        "number": about.number,
        "title": None if about.hidden_reason else about.title,
        "state": row.state,
        "reason": row.reason,
        "at": row.created_at.isoformat(),
        "seen": row.seen_at is not None,
    }


def counts(values: Mapping[str, int], order: Mapping[str, str]) -> dict[str, int]:
    """Counts in the order of their words."""
    return {code: values[code] for code in order if values.get(code)}
