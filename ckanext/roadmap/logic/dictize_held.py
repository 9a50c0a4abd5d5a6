"""Held loads as plain values."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.roadmap.domain.holding import Decision
from ckanext.roadmap.services import runs
from ckanext.roadmap.services.holdings import Held


def standing(held: Held) -> dict[str, Any]:
    """How a held run stands."""
    return {
        "state": str(held.standing.state),
        "missing": sorted(map(str, held.standing.missing)),
        "either": held.standing.either,
        "until": held.until.isoformat(),
        "decisions": [_decision(one) for one in held.decisions],
    }


def entry(held: Held, body: str) -> dict[str, Any]:
    """A run of the worklist."""
    return {**runs.dictize(held.run), "body": body, "holding": standing(held)}


def _decision(decision: Decision) -> dict[str, Any]:
    user = model.User.get(decision.by)
    return {
        "word": str(decision.word),
        "side": str(decision.side),
        "by": user.display_name if user else decision.by,
        "at": decision.at.isoformat(),
        "reason": decision.reason,
    }
