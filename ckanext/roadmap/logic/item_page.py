"""An item that many owe, at any instant: from stored results; the rule is asked of the rows that are shown."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from ckan import model

from ckanext.roadmap import result_jobs
from ckanext.roadmap.domain import agenda
from ckanext.roadmap.domain.agenda import Urgency
from ckanext.roadmap.logic import body_page, country_repairs, dictize, scopes, sheets
from ckanext.roadmap.services import (
    behind,
    compliance,
    contacts,
    country,
    facts,
    holders,
    owed_then,
)
from ckanext.roadmap.services.compliance import Names, Scope
from ckanext.roadmap.services.holders import Held
from ckanext.roadmap.services.linked_datasets import Dataset
from ckanext.roadmap.services.owed_then import Begun, Deadline

MOST_ASKED = country_repairs.MOST_ASKED  # obligations of which the rule itself tells as soon
Row = dict[str, Any]
Step = tuple[Urgency, str]


def is_of_many(data_dict: dict[str, Any]) -> bool:
    """Whether what is asked for is an item that more bodies owe, or owed, than the rule is asked about."""
    if not data_dict.get("item") or data_dict.get("body"):
        return False
    return len(behind.of_item(model.Session(), data_dict["item"])) > MOST_ASKED


def made(data_dict: dict[str, Any], scope: Scope, subject: dict[str, Any]) -> dict[str, Any]:
    """What the rule says of each obligation to an item, and all of them together."""
    session, is_now = model.Session(), data_dict.get("as_of") is None
    country.refresh(session, scope.as_of if is_now else None, scope.tz)
    held = _held(session, scope)
    found = _Found.read(session, scope, list(held), max(data_dict["cells"], sheets.CELLS))
    rows = {id_: found.row(id_, one, data_dict["cells"]) for id_, one in held.items()}
    whole = country.item(session, replace(scope, sphere=None), list(held))
    return {
        **scopes.head(data_dict, scope, whole),
        "fix_first": _fix_first(session, scope, rows, data_dict["repairs"], is_now),
        **subject,
        **_deadlines(session, scope, data_dict, list(rows)),
        "obligations": body_page.identified(session, list(rows.values())),
        **_agenda(session, scope, found),
        **_history(session, scope, rows),
        "contacts": contacts.of_datasets(session, sheets.datasets([{"row": row} for row in rows.values()])),
    }


def _held(session: Session, scope: Scope) -> dict[str, Held]:
    """The obligations in scope, by body."""
    day = scope.day or scope.as_of.astimezone(scope.tz).date()
    named = Names(scope.q)
    return {
        spans[0][0].obligation_id: (spans, face)
        for spans, face in holders.spans(session, scope.as_of, day, item=scope.item)
        if scope.kind in (None, face.kind)
        and scope.sphere in (None, spans[-1][1].sphere)
        and named.fits(face)
    }


@dataclass(frozen=True, slots=True)
class _Found:
    """What was stored of obligations: their deadlines, which were in force, public, and by which dataset."""

    begun: Mapping[str, Begun]
    in_force: Collection[str]
    published: Collection[str]
    datasets: Mapping[str, Dataset | None]

    @classmethod
    def read(cls, session: Session, scope: Scope, ids: Sequence[str], most: int) -> _Found:
        return cls(
            owed_then.begun(session, ids, scope.as_of, scope.tz, most),
            behind.in_force(session, scope.as_of, ids),
            behind.published(session, scope.moment, ids),
            owed_then.datasets(session, ids, scope.as_of),
        )

    def row(self, id_: str, held: Held, cells: int) -> Row:
        """The obligation as `dictize.obligation` tells it."""
        (*_, (_, revision, item, _, _)), face = held
        begun = self.begun.get(id_, Begun())
        return {
            "id": id_,
            "item": {"code": item.code, "title": revision.title, "sphere": revision.sphere},
            "body": dictize.body(face),
            "in_force": id_ in self.in_force,
            "status": str(begun.verdicts[0].status) if begun.verdicts else None,
            "published": id_ in self.published,
            "dataset": dictize.dataset(self.datasets.get(id_)),
            "deadlines": len(begun.verdicts),
            "missed": begun.missed,
            "cells": [_cell(one) for one in reversed(begun.newest[:cells])],
        }


def _cell(one: Deadline) -> Row:
    told = one.verdict
    return dictize.cell_of(one.id, one.period, one.kind, one.due_at, told.status, attested=told.is_attested)


def _deadlines(session: Session, scope: Scope, data_dict: dict[str, Any], ids: Sequence[str]) -> Row:
    limit, offset, drill = data_dict["limit"], data_dict["offset"], scopes.make_drill(data_dict)
    found, count = behind.deadlines(session, scope, drill, limit, offset, ids)
    told = [dictize.deadline(one, row) for one, row in found]
    return {"deadlines": told, "count": count, "limit": limit, "offset": offset}


def _agenda(session: Session, scope: Scope, found: _Found) -> Row:
    """What is to be done next, the most urgent first; the rule tells of the steps that are shown."""
    steps = sorted(_steps(session, scope, found))
    told = behind.assessed(session, scope, [id_ for _, id_ in steps[: sheets.STEPS]])
    return {
        "agenda": [dictize.deadline(*step) for step in compliance.agenda(told.values())],
        "agenda_count": len(steps),
    }


def _steps(session: Session, scope: Scope, found: _Found) -> Iterator[Step]:
    """How urgent each next step is, with the obligation."""
    older: list[str] = []
    for id_, begun in found.begun.items():
        place = begun.step if id_ in found.in_force else None
        if place is not None and place < len(begun.newest):
            one = begun.newest[place]
            yield agenda.urgency_of(one.verdict.status, one.due_at, one.id), id_
        elif place is not None:
            older.append(id_)
    for one, step in compliance.agenda(behind.assessed(session, scope, older).values()):
        yield agenda.urgency(step), one.owed.id


def _history(session: Session, scope: Scope, rows: Mapping[str, Row]) -> Row:
    count, events = owed_then.happened(session, list(rows), scope.as_of, sheets.EVENTS)
    told = [
        (rows[event.obligation_id], dictize.evidence(facts.event_of(event), counts=True)) for event in events
    ]
    return {
        "history": [
            {**{key: row[key] for key in sheets.APART}, "evidence": evidence} for row, evidence in told
        ],
        "history_count": count,
    }


def _fix_first(
    session: Session, scope: Scope, rows: Mapping[str, Row], limit: int, is_now: bool
) -> Row | None:
    """Which repairs raise the shares most; None while a background job counts them."""
    if not limit:
        return None
    outlooks = country_repairs.outlooks(session, scope, list(rows), is_now)
    if outlooks is None:
        result_jobs.ask_for_sheets() if is_now else result_jobs.ask_for_repairs(scope.as_of)
        return None
    found = [{"row": row, "outlook": outlooks[id_]} for id_, row in rows.items()]
    return sheets.fix_first(found, scope, limit)
