"""An item that many owe, at any instant: from stored results; the rule is asked of the rows shown alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from ckan import model

from ckanext.roadmap import result_jobs
from ckanext.roadmap.domain import agenda
from ckanext.roadmap.domain.agenda import Urgency
from ckanext.roadmap.domain.figures import Drill
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
from ckanext.roadmap.services.dataset_faces import Dataset
from ckanext.roadmap.services.holders import Held
from ckanext.roadmap.services.owed_then import Begun, Deadline

MOST_ASKED = country_repairs.MOST_ASKED  # obligations of which the rule itself tells as soon
Row = dict[str, Any]
Step = tuple[Urgency, str]
Pair = tuple[str, str]  # the ids of an obligation and of a deadline


def is_of_many(data_dict: dict[str, Any]) -> bool:
    """Whether what is asked for is an item that more bodies owe, or owed, than the rule is asked about."""
    if not data_dict.get("item") or data_dict.get("body"):
        return False
    return len(behind.of_item(model.Session(), data_dict["item"])) > MOST_ASKED


def made(data_dict: dict[str, Any], scope: Scope, subject: dict[str, Any]) -> dict[str, Any]:
    """What the rule says of each obligation to an item, and all of them together."""
    session, is_now = model.Session(), data_dict.get("as_of") is None
    country.refresh(session, None, scope.tz)
    owed_then.prepare(session)
    owed = held(session, scope)
    found = _Found.read(session, scope, list(owed), max(data_dict["cells"], sheets.CELLS))
    rows = {id_: found.row(id_, one, data_dict["cells"]) for id_, one in owed.items()}
    whole = country.item(session, scope, list(owed))
    page, count = _page(session, scope, data_dict, list(rows))
    steps = sorted(_steps(session, scope, found))
    next_ones = [(id_, urgency[2]) for urgency, id_ in steps[: sheets.STEPS]]
    told = _told(session, scope, rows, [*page, *next_ones], is_now)
    plan = _fix_first(session, scope, rows, data_dict["repairs"], is_now)
    return {
        **scopes.head(data_dict, scope, whole),
        "fix_first": plan,
        **country_repairs.counting(plan, data_dict, scope),
        **subject,
        "deadlines": told[: len(page)],
        "count": count,
        "limit": data_dict["limit"],
        "offset": data_dict["offset"],
        "obligations": body_page.identified(session, list(rows.values())),
        "agenda": told[len(page) :],
        "agenda_count": len(steps),
        **_history(session, scope, found, rows),
        "contacts": contacts.of_datasets(
            session, {one.id for one in found.datasets.values() if one and one.is_public}
        ),
    }


def held(session: Session, scope: Scope) -> dict[str, Held]:
    """The obligations in scope, by body, with who held them."""
    day = scope.day or scope.as_of.astimezone(scope.tz).date()
    named = Names(scope.q)
    return {
        spans[0][0].obligation_id: (spans, face)
        for spans, face in holders.spans(session, scope.as_of, day, scope.body, scope.item)
        if scope.kind in (None, face.kind)
        and scope.sphere in (None, spans[-1][1].sphere)
        and named.fits(face)
    }


@dataclass(frozen=True, slots=True)
class _Found:
    """What was stored of obligations: their deadlines, which were in force, public, by which dataset."""

    begun: Mapping[str, Begun]
    in_force: Collection[str]
    published: Collection[str]
    sights: Sequence[Any]
    datasets: Mapping[str, Dataset | None]

    @classmethod
    def read(cls, session: Session, scope: Scope, ids: Sequence[str], most: int) -> _Found:
        sights = owed_then.sights(session, ids, scope.as_of)
        return cls(
            owed_then.begun(session, ids, scope.as_of, scope.tz, most),
            behind.in_force(session, scope.as_of, ids),
            behind.published(session, scope.moment, ids),
            sights,
            owed_then.datasets(session, ids, scope.as_of, sights),
        )

    def public(self) -> set[str]:
        """The datasets that the public may see today."""
        return {one.id for one in self.datasets.values() if one is not None and one.is_public}

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


def _page(
    session: Session, scope: Scope, data_dict: dict[str, Any], ids: Sequence[str]
) -> tuple[list[Pair], int]:
    """The deadlines asked for, and how many there are."""
    limit, offset, drill = data_dict["limit"], data_dict["offset"], scopes.make_drill(data_dict)
    if drill is not Drill.current:
        return behind.page(session, scope, drill, limit, offset, ids)
    found, count = behind.deadlines(session, scope, drill, limit, offset, ids)
    return [(one.owed.id, row.deadline.id) for one, row in found], count


def _told(
    session: Session, scope: Scope, rows: Mapping[str, Row], pairs: Sequence[Pair], is_now: bool
) -> list[Row]:
    """These deadlines with the evidence behind them: by sheets of now, by the rule of a past time."""
    ids = list({id_ for id_, _ in pairs})
    if is_now:
        sheets.made_ready(session, scope, ids)
        return sheets.shown(session, [({"row": rows[id_]}, deadline) for id_, deadline in pairs])
    assessed = behind.assessed(session, scope, ids).values()
    found = {row.deadline.id: (one, row) for one in assessed for row in one.rows}
    return [dictize.deadline(*found[deadline]) for _, deadline in pairs]


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


def _history(session: Session, scope: Scope, found: _Found, rows: Mapping[str, Row]) -> Row:
    count, events = owed_then.happened(session, scope.as_of, found.sights, sheets.EVENTS)
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
