"""A body's page of now from kept sheets: what the actions tell by the rule, told without asking it again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import astuple, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.domain import agenda, steady
from ckanext.roadmap.domain.repair import Outlook
from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.logic import dictize, dictize_figures
from ckanext.roadmap.services import behind, clock, compliance, country, holders, repairs, sheets
from ckanext.roadmap.services.compliance import Assessed, Scope
from ckanext.roadmap.services.repairs import Entry, Plan
from ckanext.roadmap.services.sheets import Content, Sheet

CELLS, STEPS, EVENTS = 12, 10, 10
ROWS, REPAIRS = 20, 6  # on a page; as many rows as CKAN's own pages of datasets have
APART = ("item", "body", "dataset")  # told once of an obligation, not of each deadline


def of_body(session: Session, scope: Scope, body: Content) -> list[Content]:
    """What is shown of each obligation of a body at the present time, by item.

    :param body: the body as it is called today
    """
    return _named(sheets.of_body(session, body["id"], scope.as_of, scope.tz, maker(scope)), body)


def of_item(session: Session, scope: Scope, code: str) -> list[Content]:
    """What is shown of each obligation to an item at the present time, by body."""
    rows = sheets.of_item(session, code, scope.as_of, scope.tz, maker(scope))
    ids = list({row.body_id for row in rows})
    bodies = {body.id: dictize.body(body) for body in country.faces(session, scope, ids)}
    found = [_of_body(row.summary, bodies[row.body_id]) for row in rows]
    return sorted(found, key=lambda one: (one["row"]["body"]["code"], one["row"]["id"]))


def _of_body(one: Content, body: Content) -> Content:
    one["row"]["body"] = body
    return one


def of_quarter(session: Session, scope: Scope) -> list[Content]:
    """The same of a body or an item, by who held each obligation on the scope's day.

    What was public is told of the scope's moment.
    """
    day = scope.day or scope.as_of.astimezone(scope.tz).date()
    held = holders.spans(session, scope.as_of, day, scope.body, scope.item)
    faces = {spans[0][0].obligation_id: dictize.body(face) for spans, face in held}
    rows = sheets.of_obligations(session, set(faces), scope.as_of, scope.tz, maker(scope))
    public = behind.published(session, scope.moment, list(faces))
    found = [_of_body(row.summary, faces[row.obligation_id]) for row in rows]
    for one in found:
        one["row"]["published"] = one["row"]["id"] in public
    return sorted(found, key=lambda one: (one["row"]["item"]["code"], one["row"]["body"]["code"]))


def maker(scope: Scope) -> sheets.Make:
    """What applies the rule to obligations whose sheets are missing."""

    def make(own: Session, ids: Collection[str]) -> Iterator[Sheet]:
        return _made(own, scope, ids)

    return make


def held(session: Session, scope: Scope, body: Content) -> tuple[list[Content], datetime] | None:
    """The same, where nothing has to be made, and until when it holds."""
    found = sheets.held(session, body["id"], scope.as_of)
    return found and (_named(found[0], body), found[1])


def _named(found: Sequence[Content], body: Content) -> list[Content]:
    named = {key: body[key] for key in ("name", "code", "title", "kind")}
    for one in found:
        one["row"]["body"] = named
    return sorted(found, key=lambda one: (one["row"]["item"]["code"], one["row"]["id"]))


def obligations(found: Sequence[Content], cells: int) -> list[Content]:
    """The rows of the obligations."""
    return [{**one["row"], "cells": one["row"]["cells"][-cells:] if cells else []} for one in found]


def fix_first(found: Sequence[Content], scope: Scope, limit: int) -> Content | None:
    """Which repairs raise the body's shares most."""
    if not limit:
        return None
    entries = [
        Entry(
            f"{one['row']['item']['code']} {one['row']['body']['code']} {one['row']['id']}",
            one["row"],
            *outlook(one["outlook"]),
        )
        for one in found
    ]
    plan: Plan[Content] = repairs.of_entries(entries, scope)
    return dictize_figures.plan(plan, limit, lambda row: row)


def deadlines(
    session: Session, found: Sequence[Content], status: str | None, limit: int, offset: int
) -> Content:
    """A page of the deadlines, the newest period first."""
    told = [
        (-end_at, one["row"]["item"]["code"], one["row"]["body"]["code"], id_, one)
        for one in found
        for id_, end_at, its in one["ends"]
        if status in (None, its)
    ]
    told.sort(key=lambda row: row[:4])
    rows, paged = dictize_figures.page([(row[4], row[3]) for row in told], limit, offset)
    return {"deadlines": shown(session, rows), **paged}


def beside(session: Session, found: Sequence[Content]) -> Content:
    """What to do next, and what happened last."""
    steps = [
        (one["step"][:2], one["row"]["item"]["code"], one["step"][2], one) for one in found if one["step"]
    ]
    steps.sort(key=lambda step: (step[0], step[2]))
    events = [(*event[:3], one, event[3]) for one in found for event in one["events"]]
    events.sort(key=lambda event: event[:3], reverse=True)
    return {
        "agenda": shown(session, [(one, id_) for _, _, id_, one in steps[:STEPS]]),
        "agenda_count": len(steps),
        "history": [
            {**{key: one["row"][key] for key in APART}, "evidence": told} for *_, one, told in events[:EVENTS]
        ],
        "history_count": sum(one["event_count"] for one in found),
    }


def datasets(found: Sequence[Content]) -> set[str]:
    """The ids of the public datasets."""
    return {one["row"]["dataset"]["id"] for one in found if one["row"]["dataset"]}


def made_ready(session: Session, scope: Scope, ids: Collection[str]) -> None:
    """Have the sheets of these obligations made where they are missing."""
    sheets.of_obligations(session, set(ids), scope.as_of, scope.tz, maker(scope))


def shown(session: Session, rows: Sequence[tuple[Content, str]]) -> list[Content]:
    """Deadlines by their ids, each beside what is told of its obligation."""
    told = sheets.shown(session, [(one["row"]["id"], id_) for one, id_ in rows])
    return [{**told[id_], **{key: one["row"][key] for key in APART}} for one, id_ in rows]


def _made(session: Session, scope: Scope, ids: Collection[str]) -> Iterator[Sheet]:
    now = clock.now()  # later than all that is recorded by now, unlike the reader's own time
    wide = replace(scope, body=None, status=None, as_of=now, day=now.astimezone(scope.tz).date())
    for one in compliance.assess_all(session, wide, ids):
        yield Sheet(
            obligation_id=one.owed.id,
            body_id=one.owed.body.id,
            item_code=one.owed.item.code,
            sphere=one.owed.revision.sphere,
            outlook=(outlook := flat(repairs.entry(one, wide))),
            since=scope.as_of,
            until=steady.steady_until(one.owed.facts, one.rows, scope.tz, now),
            summary={**_summary(one, wide), "outlook": outlook},
            deadlines={row.deadline.id: _apart(dictize.deadline(one, row)) for row in one.rows},
        )


def _apart(told: Content) -> Content:
    return {key: value for key, value in told.items() if key not in APART}


def _summary(one: Assessed, scope: Scope) -> Content:
    row = dictize.obligation(one, CELLS)
    del row["body"]
    events = compliance.history([one], scope.as_of)
    return {
        "shape": sheets.SHAPE,
        "row": row,
        "ends": [[row.deadline.id, row.deadline.end_at.timestamp(), str(row.status)] for row in one.rows],
        "step": _step(one),
        "events": [
            [_number(event.recorded_at), _number(event.at), event.id, dictize.evidence(event, counts=True)]
            for _, event in events[:EVENTS]
        ],
        "event_count": len(events),
    }


def _step(one: Assessed) -> list[Any] | None:
    """The rank and due date of what is to be done next, and its id."""
    for _, row in compliance.agenda([one]):
        rank, due_at, id_ = agenda.urgency(row)
        return [rank, _number(due_at), id_]
    return None


def _number(instant: datetime) -> float:
    return instant.timestamp()


def flat(entry: Entry[Any]) -> list[int]:
    """An entry's shares, and what its repair would raise them by, as `outlook` reads them."""
    return [number for of in (entry.now, entry.gain) for share in astuple(of) for number in share]


def outlook(numbers: Sequence[int]) -> tuple[Outlook, Outlook]:
    """The shares of an obligation, and what its repair would raise them by."""
    told = [Share(*numbers[place : place + 2]) for place in range(0, len(numbers), 2)]
    return Outlook(*told[:3]), Outlook(*told[3:])
