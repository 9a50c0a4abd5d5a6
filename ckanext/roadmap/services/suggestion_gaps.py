"""Feeds gaps that ratings found into the box."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.domain.suggestion import Origin, SuggestionState
from ckanext.roadmap.model import Suggestion
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation import odin_words as words
from ckanext.roadmap.services import suggestions
from ckanext.roadmap.services.speaking import in_language
from ckanext.roadmap.sources.odin_gaps import Gap


def feed(session: Session, now: datetime, gaps: Iterable[Gap], actor: str, tz: tzinfo) -> dict[str, Any]:
    """Open a suggestion for each gap that has none yet, in the portal's language; the caller commits.

    :returns: created, unchanged (how many), numbers (of those created)
    """
    session.execute(Suggestion.lock())
    known = {row.indicator for row in session.scalars(Suggestion.of_origin(Origin.rating))}
    numbers: list[str] = []
    unchanged = 0
    with in_language(config.default_language()):
        for gap in gaps:
            indicator = words.indicator(gap.title, gap.place, gap.element)
            if indicator in known:
                unchanged += 1
                continue
            known.add(indicator)
            made = _suggestion(gap, indicator, now)
            session.add(made)
            session.flush()
            suggestions.open_(session, made, actor, now, tz)
            numbers.append(made.number or "")
    return {"created": len(numbers), "unchanged": unchanged, "numbers": numbers}


def _suggestion(gap: Gap, indicator: str, now: datetime) -> Suggestion:
    category = tk._(words.CATEGORIES.get(gap.title, gap.title))
    element = tk._(words.ELEMENTS[gap.element])
    return Suggestion(
        id=new_id(),
        title=f"{category}: {element}",
        what=tk._(words.WHAT).format(recommended=gap.recommended),
        why=tk._(words.WHY).format(year=gap.year, criterion=gap.criterion, mark=f"{gap.mark:g}"),
        holder_text="",
        indicator=indicator,
        origin=Origin.rating,
        lang=config.default_language(),
        state=SuggestionState.unconfirmed,
        created_at=now,
    )
