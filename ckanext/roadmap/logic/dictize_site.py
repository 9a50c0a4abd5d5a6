"""Links to other sites as the API gives them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ckanext.roadmap.domain.link import Look
from ckanext.roadmap.logic.errors import run_in_words
from ckanext.roadmap.model import SiteCheckRow
from ckanext.roadmap.services.site_links import Link


def dictize_link(link: Link) -> dict[str, Any]:
    """A link with the last look at it, if it was looked at under this address."""
    last = link.last if link.last is not None and link.last.url == link.url else None
    body = link.answers[0].body
    return {
        "body": {"name": body.name, "title": body.title},
        "dataset": {"id": link.dataset_id, "name": link.dataset_name, "title": link.dataset_title},
        "resource": {"id": link.resource_id, "name": link.resource_name},
        "url": link.url,
        "places": sorted({str(one.place) for one in link.answers}),
        "good_at": _moment(link.good.recorded_at if link.good else None),
        **_seen(last),
    }


def _seen(row: SiteCheckRow | None) -> dict[str, Any]:
    if row is None:
        names = ("look", "checked_at", "next_at", "status", "error", "size", "rows", "content_hash", "label")
        return dict.fromkeys(names) | {"failures": 0}
    return {
        "look": row.look,
        "checked_at": _moment(row.recorded_at),
        "next_at": _moment(row.next_at),
        "failures": row.failures,
        "status": row.status,
        "error": _error(row) if not Look(row.look).is_good else None,
        "size": row.size,
        "rows": row.rows,
        "content_hash": row.content_hash,
        "label": row.label,
    }


def _error(row: SiteCheckRow) -> dict[str, str]:
    code = row.error or ""
    fault = {"code": code, "params": row.params or {}, "message": code, "remedy": ""}
    return {"code": code, **run_in_words(fault)}


def _moment(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
