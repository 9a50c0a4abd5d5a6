"""Feeds gaps that ratings found into the box."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, tzinfo
from typing import Any

from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.domain.rating import Gap
from ckanext.roadmap.domain.suggestion import Origin, SuggestionState
from ckanext.roadmap.model import Suggestion
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation import rating_words as words
from ckanext.roadmap.services import ratings, suggestions
from ckanext.roadmap.services.ratings import Rating
from ckanext.roadmap.services.speaking import in_language


def feed(
    session: Session, now: datetime, rating: Rating, gaps: Iterable[Gap], actor: str, tz: tzinfo
) -> dict[str, Any]:
    """Open a suggestion for each gap that has none yet, in the portal's language; the caller commits.

    :returns: created, unchanged (how many), numbers (of those created)
    """
    session.execute(Suggestion.lock())
    known = {row.indicator for row in session.scalars(Suggestion.of_origin(Origin.rating))}
    numbers: list[str] = []
    unchanged = 0
    with in_language(config.default_language()):
        for gap in gaps:
            indicator = ratings.named(rating.code, gap.key)
            if indicator in known:
                unchanged += 1
                continue
            known.add(indicator)
            made = _suggestion(rating, gap, indicator, now)
            session.add(made)
            session.flush()
            suggestions.open_(session, made, actor, now, tz)
            numbers.append(made.number or "")
    return {"created": len(numbers), "unchanged": unchanged, "numbers": numbers}


def _suggestion(rating: Rating, gap: Gap, indicator: str, now: datetime) -> Suggestion:
    name, marks = tk._(rating.name), {"mark": f"{gap.mark:g}", "full": f"{gap.full:g}"}
    why = [tk._(words.WHY).format(rating=name, year=gap.year, criterion=gap.criterion, **marks)]
    if gap.source:
        why.append(tk._(words.SOURCE).format(source=gap.source))
    return Suggestion(
        id=new_id(),
        title=": ".join(map(tk._, rating.title(gap.key))) or gap.title,
        what=tk._(words.WHAT).format(what=gap.what),
        why=" ".join(why),
        holder_text=gap.holder,
        indicator=indicator,
        origin=Origin.rating,
        lang=config.default_language(),
        state=SuggestionState.unconfirmed,
        created_at=now,
    )
