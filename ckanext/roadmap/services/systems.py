"""The register of information systems: written by bodies and coordinators, every stage recorded for good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import ListError, ResponsibleError, RoadmapError
from ckanext.roadmap.domain.system import Stage, require_step
from ckanext.roadmap.domain.technical_detail import technical_detail
from ckanext.roadmap.model import Body, Item, System, SystemAnswer, SystemStepRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import ledger
from ckanext.roadmap.services.bodies import load_register
from ckanext.roadmap.sources.systems import SystemDraft


def write(
    session: Session, now: datetime, today: date, drafts: Iterable[SystemDraft], by: str
) -> tuple[Counter[str], list[System]]:
    """Write systems as drafted: those without a code are new and declared today. The caller commits.

    :param today: the legal day of `now`
    :param by: id of the user
    :returns: how many were created, updated, unchanged; the systems in the drafts' order
    :raises ListError: a body, item, code or connection that can't be taken, by row and column
    """
    session.execute(System.lock())
    known = {system.code: system for system, _ in session.execute(System.all_rows()).tuples()}
    register, counts, written = load_register(session), Counter(created=0, updated=0, unchanged=0), []
    drafts = list(drafts)
    _require_items(session, drafts)
    for draft in drafts:
        values = _values(draft, _body_id(draft, register))
        _require_connection(draft, known.values())
        system = known.get(draft.code)
        if system is None:
            system = _create(session, now, today, draft, values, known, by)
            counts["created"] += 1
        else:
            counts[_update(system, now, values, by)] += 1
        written.append(system)
    session.flush()
    return counts, written


@dataclass(frozen=True, slots=True)
class Reached:
    """A stage that was reached: on what day, by what act or document."""

    stage: Stage
    day: date
    act: str = ""
    document_url: str | None = None


def step(session: Session, now: datetime, system: System, reached: Reached, by: str) -> SystemStepRow:
    """Take a system to another stage; the caller commits.

    :raises RoadmapError: the stage does not follow, or needs a connection that is not named, or its act gives
        a technical detail away
    """
    if technical_detail(f"{reached.act} {reached.document_url or ''}"):
        raise RoadmapError("public_secret", "The act is public, and seems to hold an address or a password.")
    session.execute(System.lock())
    session.refresh(system)
    require_step(system.code, system.stage, reached.stage)
    if reached.stage in (Stage.test, Stage.live) and not system.connection:
        text = f"System {system.code} names no connection; name it before it is {reached.stage}."
        raise RoadmapError("system_without_connection", text, system=system.code)
    system.stage, system.updated_at, system.updated_by = str(reached.stage), now, by
    session.flush()
    return _record(session, now, system, reached, by)


def answer(session: Session, now: datetime, body: Body, year: int, note: str, by: str) -> SystemAnswer:
    """Record that the register holds all systems of a body; the caller commits."""
    rows = session.execute(System.all_rows().where(System.body_id == body.id)).tuples()
    systems = sum(system.stage != Stage.retired for system, _ in rows)
    row = SystemAnswer(
        id=new_id(), body_id=body.id, year=year, systems=systems, note=note, by=by, recorded_at=now
    )
    session.add(row)
    session.flush()
    return row


def _create(
    session: Session,
    now: datetime,
    today: date,
    draft: SystemDraft,
    values: dict[str, Any],
    known: dict[str, System],
    by: str,
) -> System:
    if draft.code:
        raise _fault(draft, "code", "system_unknown", draft.code, "Leave it empty for a new system.")
    code = f"IS-{1 + max((int(code[3:]) for code in known), default=0):04d}"
    system = System(
        id=new_id(),
        code=code,
        stage=str(Stage.declared),
        created_at=now,
        updated_at=now,
        updated_by=by,
        **values,
    )
    session.add(system)
    session.flush()
    known[code] = system
    _record(session, now, system, Reached(Stage.declared, today), by)
    return system


def _update(system: System, now: datetime, values: dict[str, Any], by: str) -> str:
    changed = {name: value for name, value in values.items() if getattr(system, name) != value}
    for name, value in changed.items():
        setattr(system, name, value)
    if changed:
        system.updated_at, system.updated_by = now, by
    return "updated" if changed else "unchanged"


def _record(session: Session, now: datetime, system: System, reached: Reached, by: str) -> SystemStepRow:
    row = SystemStepRow(
        id=new_id(),
        system_id=system.id,
        stage=str(reached.stage),
        reached=reached.day,
        act=reached.act,
        document_url=reached.document_url,
        by=by,
    )
    ledger.append(session, now, [row])
    return row


def _values(draft: SystemDraft, body_id: str) -> dict[str, Any]:
    return {
        "body_id": body_id,
        "title": draft.title.to_dict(),
        "purpose": draft.purpose.to_dict(),
        "items": list(draft.items),
        "personal_data": str(draft.personal_data),
        "network": str(draft.network),
        "connection": draft.connection,
        **draft.texts,
    }


def _body_id(draft: SystemDraft, register: Any) -> str:
    try:
        return register.id_of(register.names.match(draft.body))
    except ResponsibleError as error:
        raise ListError.at(error, row=draft.row, column="body") from error


def _require_items(session: Session, drafts: list[SystemDraft]) -> None:
    named = sorted({code for draft in drafts for code in draft.items})
    known = {item.code for item in session.scalars(Item.by_codes(named))}
    for draft in drafts:
        lost = next((code for code in draft.items if code not in known), None)
        if lost:
            raise _fault(draft, "items", "system_item_unknown", lost, "Give codes of the approved list.")


def _require_connection(draft: SystemDraft, others: Iterable[System]) -> None:
    """A connection leads to one system, or it could not be told which of them is live."""
    for other in others:
        if draft.connection and other.connection == draft.connection and other.code != draft.code:
            text = f"The connection leads to {other.code}."
            raise ListError(
                "connection_taken",
                text,
                row=draft.row,
                column="connection",
                value=draft.connection,
                other=other.code,
                remedy="Name another.",
            )


def _fault(draft: SystemDraft, column: str, code: str, value: str, remedy: str) -> ListError:
    text = f'"{value}" cannot be taken.'
    return ListError(code, text, row=draft.row, column=column, value=value, remedy=remedy)
