"""Sources held against mappings, or looked at before there is one: nothing is saved, and no value told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Generator
from collections.abc import Mapping as Fields
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.extract import extractor_for
from ckanext.roadmap.loading.look import Look, look
from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import connections, mappings, schedules
from ckanext.roadmap.sources.mapping_file import MappingDraft

SECONDS = 10
"""Somebody waits in front of a page for the answer; what takes longer is for a rehearsal."""
CONNECT = 5
SLOW = frozenset({"timeout", "fetch_too_slow", "fetch_silent"})


@dataclass(frozen=True, slots=True)
class Asked:
    """A table that nothing is mapped from yet."""

    connection: str
    schema: str
    table: str
    read: Fields[str, Any]
    draft: MappingDraft | None = None


def of_draft(draft: MappingDraft) -> Asked:
    """The table that a mapping names."""
    found = draft.definition
    return Asked(found["connection"], found["schema"], found["table"], found.get("read") or {}, draft)


def survey(session: Session, now: datetime, asked: Asked) -> Look:
    """What a table has, and what a mapping as drafted would find there, as far as a page may wait for it.

    :raises RoadmapError: the source can't be read, or may not be at this hour as a mapping of it says
    """
    refuse_closed(session, now, asked)
    plan = plan_of(session, asked)
    with _patience():
        return look(plan, _access(asked.connection))


def plan_of(session: Session, asked: Asked) -> LoadPlan:
    """What is looked at: the columns of the draft, or none by name.

    :raises DistrictsError: the classifier of districts cannot be read
    """
    draft = asked.draft
    if draft is None:
        return _plan(asked.schema, asked.table, asked.read)
    known = session.scalars(Mapping.by_name(draft.name)).first()
    return mappings.plan_of(mappings.unsaved(draft, known.id if known else draft.name), "look")


def offered(session: Session, connection: str) -> list[dict[str, Any]] | None:
    """What a connection offers, and what is mapped of it already; None: it can't tell.

    :raises RoadmapError: it can't be asked
    """
    with _patience():
        return listed(session, connection, _access(connection))


def listed(session: Session, connection: str, access: SourceAccess) -> list[dict[str, Any]] | None:
    """The same, for as long as the way to the source allows.

    :raises RoadmapError: it can't be asked
    """
    found = extractor_for(_plan("", "", {}), access).offered()
    if found is None:
        return None
    mapped = defaultdict[tuple[str, str], list[str]](list)
    for row in session.scalars(Mapping.of_connection(connection)):
        mapped[row.source_schema, row.source_table].append(row.name)
        mapped["", row.source_table].append(row.name)
    return [{**asdict(one), "mappings": mapped.get((one.schema, one.name), [])} for one in found]


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


def refuse_closed(session: Session, now: datetime, asked: Asked) -> None:
    """What is mapped already has hours of its own; for a new table those of the whole connection hold.

    :raises RoadmapError: it may not be read now
    """
    connection = asked.connection
    if asked.draft:
        schedules.refuse_closed(connection, asked.draft.definition, now)
    rows = session.scalars(Mapping.of_connection(connection)).all()
    same = [row for row in rows if (row.source_schema, row.source_table) == (asked.schema, asked.table)]
    if any(not schedules.is_closed(connection, row.definition, now) for row in same):
        return
    for row in same or rows:
        schedules.refuse_closed(connection, row.definition, now)


def _access(connection: str) -> SourceAccess:
    found = connections.access(connection)
    limits = replace(found.limits, connect=CONNECT, lock=CONNECT, statement=SECONDS, overall=SECONDS)
    return replace(found, limits=limits)


@contextmanager
def _patience() -> Generator[None]:
    """The limits are a page's, not those of a load, so the remedy is another."""
    try:
        yield
    except RoadmapError as error:
        if error.code in SLOW:
            raise refusal("look_slow", seconds=str(SECONDS)) from None
        raise


def _plan(schema: str, table: str, read: Fields[str, Any]) -> LoadPlan:
    """A plan that names no column."""
    return LoadPlan("look", "look", "look", schema, table, (), read=read)
