"""What keeps rows of a file from entering the register of bodies: what they must be to the others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap.domain.body import Succession as SuccessionRecord
from ckanext.roadmap.domain.body import SuccessionKind, resolve
from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.domain.ring import rings
from ckanext.roadmap.model import Body, BodyRevisionRow, IdentifierRow
from ckanext.roadmap.sources.bodies import BodyDraft
from ckanext.roadmap.sources.successions import SuccessionDraft

_ALIVE_ON_BOTH_SIDES = frozenset({SuccessionKind.renamed, SuccessionKind.split_up})
_DAY = timedelta(days=1)


def of_bodies(
    session: Session, drafts: Sequence[BodyDraft], known: Mapping[str, Body]
) -> Iterator[ListError]:
    """The faults of bodies that are each sound by themselves.

    :param known: the bodies of the register by name
    """
    drafted = {draft.name: draft for draft in drafts}
    parents = _parents(drafted, known)
    rounds = rings({name: [parent] for name, parent in parents.items()})
    used = set(session.scalars(sa.select(IdentifierRow.body_code).distinct()))
    groups = _groups(session, [draft.name for draft in drafts if draft.name not in known])
    for draft in drafts:
        if draft.parent and draft.parent not in drafted and draft.parent not in known:
            yield unknown(draft.row, "parent", draft.parent)
        elif draft.name in rounds:
            yield _fault(draft, "parent", "parent_ring", draft.parent, "Name a body that stands above it.")
        yield from _numbers(draft, known, used)
        if draft.name in groups and groups[draft.name] is not None:
            remedy = "Give the body another address, or restore the organization."
            yield _fault(draft, "name", "organization_unfit", draft.name, remedy)


def of_time(
    session: Session, changed: Iterable[tuple[BodyDraft, Body]], effective: date
) -> Iterator[ListError]:
    """The faults of changes that would hold before a change that is recorded already."""
    rows = {row.id: draft for draft, row in changed}
    last = (
        sa.select(BodyRevisionRow.body_id, sa.func.max(BodyRevisionRow.effective))
        .where(BodyRevisionRow.body_id.in_(rows))
        .group_by(BodyRevisionRow.body_id)
    )
    for body_id, day in session.execute(last).tuples():
        if day and day > effective:
            draft, remedy = rows[body_id], f"Give {day} or a later day."
            text = f"{draft.name} was changed with effect from {day}."
            yield ListError(
                "changed_later",
                text,
                row=draft.row,
                column="name",
                day=str(day),
                value=draft.name,
                remedy=remedy,
            )


def of_successions(
    drafts: Sequence[SuccessionDraft],
    bodies: Mapping[str, tuple[date | None, date | None]],
    known: Sequence[SuccessionRecord],
) -> Iterator[ListError]:
    """The faults of successions that are each sound by themselves.

    :param bodies: first day, and first day on which it is no more, of every body by name
    :param known: the successions of the register, by the names of the bodies
    """
    told = [SuccessionRecord(one.from_body, one.body, one.kind, one.effective) for one in drafts]
    everything = [*known, *told]
    for draft in drafts:
        missing = next(
            (
                name
                for name in ("from_body", "body")
                if (getattr(draft, name) or draft.from_body) not in bodies
            ),
            None,
        )
        if missing:
            yield unknown(draft.row, missing, getattr(draft, missing))
            continue
        yield from _heir(draft, bodies)
        yield from _course(draft, everything)


def unknown(row: int, column: str, name: str) -> ListError:
    """A body that nobody knows."""
    return ListError(
        "body_unknown",
        f'"{name}" is not in the register of bodies.',
        row=row,
        column=column,
        value=name,
        remedy="Correct the name, or add the body to the register first.",
    )


def _numbers(draft: BodyDraft, known: Mapping[str, Body], used: set[str]) -> Iterator[ListError]:
    others = [row for row in known.values() if row.name != draft.name]
    if found := next((row for row in others if row.code == draft.code), None):
        remedy = f"It is the code of {found.name}. Give another one."
        yield _fault(draft, "code", "code_taken", draft.code, remedy, owner=found.name)
    if draft.stir and (found := next((row for row in others if row.stir == draft.stir), None)):
        remedy = f"It is the STIR of {found.name}. Correct one of the two."
        yield _fault(draft, "stir", "stir_taken", draft.stir, remedy, owner=found.name)
    before = known.get(draft.name)
    if before is not None and before.code != draft.code and before.code in used:
        remedy = f"Leave {before.code}: datasets have identifiers that begin with it."
        yield _fault(draft, "code", "code_in_use", draft.code, remedy, before=before.code)


def _heir(
    draft: SuccessionDraft, bodies: Mapping[str, tuple[date | None, date | None]]
) -> Iterator[ListError]:
    if draft.body is None:
        return
    if draft.body == draft.from_body and draft.kind not in _ALIVE_ON_BOTH_SIDES:
        yield _fault(draft, "body", "succeeds_itself", draft.body, "Name the body that took over.")
    since, until = bodies[draft.body]
    if since and since > draft.effective:
        remedy = f"{draft.body} begins on {since}. Correct one of the two days."
        yield _fault(
            draft, "effective", "heir_later", str(draft.effective), remedy, heir=draft.body, day=str(since)
        )
    if until and until <= draft.effective:
        remedy = f"{draft.body} is no more from {until} on. Name the body that took over."
        yield _fault(draft, "body", "heir_ended", draft.body, remedy, day=str(until))


def _course(draft: SuccessionDraft, everything: Sequence[SuccessionRecord]) -> Iterator[ListError]:
    before = draft.effective - _DAY
    if draft.from_body not in resolve(draft.from_body, everything, before):
        remedy = "It had ended before that day already. Correct the name or the day."
        yield _fault(draft, "from_body", "ended_before", draft.from_body, remedy)
    elif draft.body and not resolve(draft.from_body, everything, draft.effective):
        remedy = "The bodies succeed each other in a ring, so nobody is left. Correct one of the rows."
        yield _fault(draft, "body", "succession_ring", draft.body, remedy)


def _parents(drafted: Mapping[str, BodyDraft], known: Mapping[str, Body]) -> dict[str, str]:
    names = {row.id: row.name for row in known.values()}
    found = {row.name: names[row.parent_id] for row in known.values() if row.parent_id}
    for name, draft in drafted.items():
        found.pop(name, None)
        if draft.parent:
            found[name] = draft.parent
    return found


def _groups(session: Session, names: list[str]) -> dict[str, str | None]:
    """Groups that bear these names, with why they can't be organizations of bodies."""
    query = sa.select(core.Group.name, core.Group.is_organization, core.Group.state)
    rows = session.execute(query.where(core.Group.name.in_(names))).tuples()
    return {
        name: None if is_organization and state == core.State.ACTIVE else "unfit"
        for name, is_organization, state in rows
    }


def _fault(
    draft: BodyDraft | SuccessionDraft, column: str, code: str, value: str | None, remedy: str, **more: object
) -> ListError:
    text = f'"{value}" cannot be taken.'
    return ListError(code, text, row=draft.row, column=column, value=value, remedy=remedy, **more)
