"""A mapping held against its source before anything of it is read."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.loading.look import Look, look
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import connections, mappings, schedules
from ckanext.roadmap.sources.mapping_file import MappingDraft

SECONDS = 20
"""Somebody waits in front of a page for the answer."""


def look_at(session: Session, now: datetime, draft: MappingDraft) -> Look:
    """What a mapping, as drafted, would find at its source.

    :raises RoadmapError: the source can't be read, or may not be at this hour
    """
    schedules.refuse_closed(draft.definition["connection"], draft.definition, now)
    access = connections.access(draft.definition["connection"])
    limits = replace(access.limits, statement=SECONDS, overall=SECONDS)
    known = session.scalars(Mapping.by_name(draft.name)).first()
    plan = mappings.plan_of(mappings.unsaved(draft, known.id if known else draft.name), "look")
    return look(plan, replace(access, limits=limits))


def dictize(found: Look) -> dict[str, Any]:
    """The look as the API gives it."""
    return {
        "rows": found.rows,
        "whole": found.whole,
        "columns": [
            {
                "name": one.name,
                "source": one.source,
                "kind": one.kind,
                "type": one.type,
                **(asdict(one.counts) if one.counts else {"nulls": None, "distinct": None}),
            }
            for one in found.columns
        ],
    }
