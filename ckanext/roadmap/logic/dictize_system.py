"""Information systems as the API gives them: public words for all, technical ones for who works with them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from ckanext.roadmap.domain.system import NEXT, Dividend, Stage
from ckanext.roadmap.logic.dictize import body
from ckanext.roadmap.logic.dictize_figures import share
from ckanext.roadmap.model import Body, System, SystemStepRow

DETAILS = (
    "dbms", "dbms_version", "volume", "personal_data", "network", "contact_name", "contact_phone",
    "contact_email", "connection",
)  # fmt: skip


def system(row: System, owner: Body, with_details: bool) -> dict[str, Any]:
    """A system; `details` is None for those who may not see it."""
    return {
        "code": row.code,
        "body": body(owner),
        "title": row.title,
        "purpose": row.purpose,
        "items": row.items,
        "stage": row.stage,
        "details": {name: getattr(row, name) for name in DETAILS} if with_details else None,
    }


def steps(rows: Iterable[SystemStepRow], with_details: bool) -> list[dict[str, Any]]:
    """The way of a system, newest first; who recorded it is told to those who work with it."""
    found = [
        {
            "stage": row.stage,
            "reached": row.reached.isoformat(),
            "act": row.act,
            "document_url": row.document_url,
            "by": row.by if with_details else None,
            "recorded_at": row.recorded_at.isoformat(),
            "hash": row.hash,
        }
        for row in rows
    ]
    return found[::-1]


def next_stages(row: System) -> list[str]:
    """Where a system can go from its stage."""
    return [str(stage) for stage in NEXT[Stage(row.stage)]]


def dividend(row: Dividend, named: System, owner: Body) -> dict[str, Any]:
    """What connecting a system brings."""
    return {
        "code": row.code,
        "title": named.title,
        "body": body(owner),
        "stage": named.stage,
        "frees": len(row.frees),
        "items": sorted({one.item for one in row.frees}),
        "deadlines": row.deadlines,
        "share": share(row.share),
    }
