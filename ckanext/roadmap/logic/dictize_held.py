"""Held loads as plain values."""

from __future__ import annotations

from typing import Any

from ckan import model, types

from ckanext.roadmap.domain.holding import Decision
from ckanext.roadmap.logic import held_sides
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import runs
from ckanext.roadmap.services.holdings import Held


def standing(context: types.Context, held: Held) -> dict[str, Any]:
    """How a held run stands, and what the reader may do about it."""
    body = model.Session.get_one(Mapping, held.run.mapping_id).body_name
    return {
        "state": str(held.standing.state),
        "missing": sorted(map(str, held.standing.missing)),
        "either": held.standing.either,
        "until": held.until.isoformat(),
        "decisions": [_decision(one) for one in held.decisions],
        "body": body,
        "has_officers": held_sides.has_officers(body),
        "yours": sorted(map(str, held_sides.sides(context, body))),
    }


def entry(context: types.Context, held: Held) -> dict[str, Any]:
    """A run of the worklist."""
    stands = standing(context, held)
    return {**runs.dictize(held.run), "body": stands["body"], "holding": stands}


def _decision(decision: Decision) -> dict[str, Any]:
    user = model.User.get(decision.by)
    return {
        "word": str(decision.word),
        "side": str(decision.side),
        "by": user.display_name if user else decision.by,
        "at": decision.at.isoformat(),
        "reason": decision.reason,
    }
