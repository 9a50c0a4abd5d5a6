"""Figures as the API gives them: counts with what they are counted of, changes in points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from ckanext.roadmap.domain import shares
from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.figures import Figures, quarters
from ckanext.roadmap.domain.lateness import Lateness
from ckanext.roadmap.domain.refresh import Refresh, Touch
from ckanext.roadmap.domain.repair import Outlook
from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.logic import dictize
from ckanext.roadmap.services.compliance import Scope
from ckanext.roadmap.services.overview import Overview, Touched
from ckanext.roadmap.services.repairs import Plan

Told = TypeVar("Told")
_STATUSES = tuple((status, str(status)) for status in Status)
_TOUCHES = tuple((touch, str(touch)) for touch in Touch)
SHARES = ("published", "current", "kept", "kept_on_time", "automatic")


def share(value: Share) -> dict[str, Any]:
    """A share with its numerator and denominator."""
    return {"met": value.met, "of": value.of, "percent": value.told}


def summary(value: Overview, scope: Scope) -> dict[str, Any]:
    """The figures of a body, a group or the country."""
    now = value.now
    return {
        **figures(now, scope.as_of),
        "change": {name: change(getattr(value.before, name), getattr(now, name)) for name in SHARES},
        "light": str(shares.light(now.kept, *scope.thresholds)),
        "statuses": {name: value.statuses.get(status, 0) for status, name in _STATUSES},
        "refresh": refresh(value.refresh[-1]),
    }


def figures(value: Figures, as_of: datetime) -> dict[str, Any]:
    """The figures of one quarter."""
    return {
        "obligations": value.obligations,
        **{name: share(getattr(value, name)) for name in SHARES},
        "late": lateness(value.late, as_of),
        "attested": value.attested,
        "contested": value.contested,
        "unknown": value.unknown,
    }


def change(before: Share, now: Share) -> float | None:
    """From the quarter before to this one, in percentage points; None where either is of nothing."""
    if before.percent is None or now.percent is None:
        return None
    return round(now.percent - before.percent, 1)


def lateness(value: Lateness, as_of: datetime) -> dict[str, Any]:
    """How many deadlines are late, and by how many days: half of them by more than the median."""
    count, median, worst = value.spread(as_of)
    return {"count": count, "median": median, "worst": worst}


def refresh(value: Refresh) -> dict[str, Any]:
    """Refreshed beside really changed, and what the touches were."""
    counts = {name: value.counts.get(touch, 0) for touch, name in _TOUCHES}
    return {"refreshed": value.refreshed, "really_changed": value.changed, **counts}


def trend(value: Overview, scope: Scope) -> list[dict[str, Any]]:
    """The figures quarter by quarter, the oldest first, from the first one that has any."""
    told = [
        {"quarter": quarter.code, **figures(one, scope.as_of), "refresh": refresh(touched)}
        for quarter, one, touched in zip(
            quarters(scope.quarter, scope.quarters), value.figures, value.refresh, strict=True
        )
    ]
    first = next((place for place, one in enumerate(value.figures) if one != Figures()), len(told))
    return told[first:]


def touched(row: Touched) -> dict[str, Any]:
    """An event with what it was beside all before it."""
    one, event, touch = row
    return {**dictize.happened(one, event), "touch": str(touch)}


def plan(value: Plan[Told], limit: int, tell: Callable[[Told], dict[str, Any]]) -> dict[str, Any]:
    """What to fix first: single obligations, and those of a body or an item together.

    :param tell: gives an obligation's row
    """
    return {
        "quarter": value.scope.quarter.code,
        "count": len(value.repairs),
        "now": outlook(value.now),
        "after": outlook(value.after(limit)),
        "after_all": outlook(value.after(len(value.repairs))),
        "to_green": value.to_green(),
        "obligations": [_repair(tell(one.of), one.gain) for one in value.repairs[:limit]],
        "bodies": _groups(value, limit, tell, "body"),
        "items": _groups(value, limit, tell, "item"),
    }


def outlook(value: Outlook) -> dict[str, Any]:
    """The three shares; `kept` as it will be at the quarter's end."""
    return {name: share(getattr(value, name)) for name in ("published", "current", "kept")}


def _repair(told: dict[str, Any], gain: Outlook) -> dict[str, Any]:
    kept = ("id", "item", "body", "status", "dataset")
    return {**{key: told[key] for key in kept}, "raises": _raises(gain)}


def _groups(
    value: Plan[Told], limit: int, tell: Callable[[Told], dict[str, Any]], of: str
) -> list[dict[str, Any]]:
    groups = value.by(lambda one: tell(one)[of]["code"])
    return [
        {of: tell(one.of)[of], "repairs": one.count, "raises": _raises(one.gain)} for one in groups[:limit]
    ]


def _raises(gain: Outlook) -> dict[str, int]:
    return {name: getattr(gain, name).met for name in ("published", "current", "kept")}


def page(rows: Sequence[Any], limit: int, offset: int) -> tuple[Sequence[Any], dict[str, int]]:
    """The rows of a page, and what it tells of itself."""
    return rows[offset : offset + limit], {"count": len(rows), "limit": limit, "offset": offset}
