"""Imports of the register: what a file would change, told before anything is written, and then written so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.body import Succession as SuccessionRecord
from ckanext.roadmap.domain.body import SuccessionKind
from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.domain.list_diff import FieldChange, ListDiff, diff
from ckanext.roadmap.model import Body, Succession
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.presentation import register
from ckanext.roadmap.services import body_checks, body_history, body_register
from ckanext.roadmap.sources.bodies import BodyDraft, BodySheet
from ckanext.roadmap.sources.successions import SuccessionDraft, SuccessionSheet


@dataclass(frozen=True, slots=True)
class Given:
    """What a coordinator hands in: the files as they were read, the day from which they hold, and the act."""

    bodies: BodySheet
    successions: SuccessionSheet | None
    effective: date
    act: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do to the register as it stands; `basis` is the hash of that register."""

    basis: str
    given: Given
    diff: ListDiff
    successions: tuple[SuccessionDraft, ...]
    faults: Mapping[str, tuple[ListError, ...]]
    kept: int = 0
    ended: frozenset[str] = field(default_factory=frozenset[str])

    @property
    def changed(self) -> dict[str, tuple[FieldChange, ...]]:
        """Bodies that are changed and not ended."""
        return {name: fields for name, fields in self.diff.changed.items() if name not in self.ended}


def lock(session: Session) -> None:
    """Let nobody else change the register until the transaction ends."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(Body.__tablename__))))


def plan(session: Session, given: Given) -> Plan:
    """Tell what an import would change, or what keeps it from being taken; nothing is written."""
    known = {row.name: row for row in session.scalars(Body.select_all())}
    stored = list(session.scalars(Succession.select_all()))
    before = body_register.cells(session)
    drafts = given.bodies.drafts
    found = diff(before, {**before, **{draft.name: _cells(draft) for draft in drafts}})
    fresh = _fresh(given.successions, stored, known)
    return Plan(
        basis=body_register.digest(before, stored),
        given=given,
        diff=found,
        successions=fresh,
        faults={
            "upload": (*given.bodies.faults, *_body_faults(session, given, known, found)),
            "successions": _succession_faults(given, fresh, stored, known),
        },
        kept=len(drafts) - len(found.added) - len(found.changed),
        ended=frozenset(
            name
            for name, fields in found.changed.items()
            if any(one.field == "valid_to" and one.after for one in fields)
        ),
    )


def apply(
    session: Session, now: datetime, done: Plan, organization_ids: Mapping[str, str], by: str
) -> list[Body]:
    """Write what was planned; the caller holds the lock and commits.

    :param organization_ids: CKAN organization id by name, for every body of the file
    :returns: the bodies that are called otherwise from now on
    """
    known = {row.name: row for row in session.scalars(Body.select_all())}
    before = {row.name: body_history.attributes(row) for row in known.values()}
    for draft in done.given.bodies.drafts:
        row = known.get(draft.name)
        if row is None:
            known[draft.name] = row = Body(id=new_id(), name=draft.name, recorded_at=now)
            session.add(row)
        for name, value in _values(draft, organization_ids[draft.name]).items():
            setattr(row, name, value)
    session.flush()
    for draft in done.given.bodies.drafts:
        known[draft.name].parent_id = known[draft.parent].id if draft.parent else None
    session.flush()
    changed = [
        (known[name], before[name])
        for name in done.diff.changed
        if before[name] != body_history.attributes(known[name])
    ]
    body_history.record(session, now, changed, done.given.effective, done.given.act, by)
    _add_successions(session, now, done.successions, known)
    return [row for row, old in changed if old["title"] != row.title]


def _body_faults(
    session: Session, given: Given, known: Mapping[str, Body], found: ListDiff
) -> list[ListError]:
    drafts = given.bodies.drafts
    changed = [(draft, known[draft.name]) for draft in drafts if draft.name in found.changed]
    return [
        *body_checks.of_bodies(session, drafts, known),
        *body_checks.of_time(session, changed, given.effective),
    ]


def _succession_faults(
    given: Given, fresh: Sequence[SuccessionDraft], stored: Sequence[Succession], known: Mapping[str, Body]
) -> tuple[ListError, ...]:
    if given.successions is None:
        return ()
    names = {row.id: row.name for row in known.values()}
    records = [
        SuccessionRecord(
            names[row.from_body_id],
            names[row.to_body_id] if row.to_body_id else None,
            SuccessionKind(row.kind),
            row.effective,
        )
        for row in stored
    ]
    days: dict[str, tuple[date | None, date | None]] = {
        row.name: (row.valid_from, row.valid_to) for row in known.values()
    }
    days |= {draft.name: (draft.valid_from, draft.valid_to) for draft in given.bodies.drafts}
    return (*given.successions.faults, *body_checks.of_successions(fresh, days, records))


def _fresh(
    sheet: SuccessionSheet | None, stored: Sequence[Succession], known: Mapping[str, Body]
) -> tuple[SuccessionDraft, ...]:
    """The successions that the register doesn't know yet, each once."""
    names = {row.id: row.name for row in known.values()}
    seen = {(names[row.from_body_id], names.get(row.to_body_id or ""), row.effective) for row in stored}
    found: list[SuccessionDraft] = []
    for draft in sheet.drafts if sheet else ():
        key = (draft.from_body, draft.body, draft.effective)
        if key not in seen:
            seen.add(key)
            found.append(draft)
    return tuple(found)


def _add_successions(
    session: Session, now: datetime, drafts: Sequence[SuccessionDraft], known: Mapping[str, Body]
) -> None:
    for draft in drafts:
        session.add(
            Succession(
                from_body_id=known[draft.from_body].id,
                to_body_id=known[draft.body].id if draft.body else None,
                kind=draft.kind,
                effective=draft.effective,
                act=draft.act,
                note=draft.note,
                recorded_at=now,
            )
        )
    session.flush()


def _cells(draft: BodyDraft) -> dict[str, str]:
    """The cells of a body as it is drafted."""
    row: dict[str, Any] = {
        "name": draft.name,
        "parent": draft.parent,
        **_values(draft, ""),
        "state_share": None if draft.state_share is None else float(draft.state_share),
    }
    return register.cells(row)


def _values(draft: BodyDraft, organization_id: str) -> dict[str, Any]:
    return {
        "organization_id": organization_id,
        "code": draft.code,
        "stir": draft.stir,
        "title": draft.title.to_dict(),
        "kind": str(draft.kind),
        "region_soato": draft.region_soato,
        "state_share": draft.state_share,
        "valid_from": draft.valid_from,
        "valid_to": draft.valid_to,
        "contact": dict(draft.contact) or None,
    }
