"""The approved list: import a version, approve it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.list_life import ListStatus, Override, Step, check_once_a_year
from ckanext.roadmap.model import Item, ItemRevision, ListVersion
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import item_changes, list_content, list_versions
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.services.item_changes import Change, Hand
from ckanext.roadmap.services.progress import Progress, each, nobody_watches
from ckanext.roadmap.services.responsible import settle
from ckanext.roadmap.sources.approved_list import ItemDraft


@dataclass(frozen=True, slots=True)
class Decision:
    """The commission's decision on a list."""

    number: str
    date: date
    in_force_from: date
    by: str
    override: Override | None = None
    document: str | None = None


def import_version(
    session: Session,
    hand: Hand,
    year: int,
    number: int,
    drafts: Sequence[ItemDraft],
    register: Register,
    tell: Progress = nobody_watches,
) -> tuple[ListVersion, Counter[str]]:
    """Write a list as the draft of a year, or find it written already; the caller commits.

    :returns: the version, and how many items were created, updated, unchanged
    :raises ListError: a responsible body that the register doesn't know
    :raises RoadmapError: the version is approved already and the file differs from it
    """
    drafts = [settle(draft, register) for draft in each(drafts, tell, 0, 2)]
    session.execute(ListVersion.lock())
    digest = list_content.digest(
        (draft.code, list_content.of_draft(draft, position)) for position, draft in enumerate(drafts)
    )
    version = session.scalars(ListVersion.of_year(year, number)).first()
    if version is not None and version.content_hash == digest:
        return version, Counter(created=0, updated=0, unchanged=len(drafts))
    if version is not None and version.status != ListStatus.draft:
        raise RoadmapError(
            "list_immutable",
            f"List {year}/{number} is {version.status} and can't be changed. "
            f"Import the revision as number {number + 1} and have the commission approve it.",
            year=year,
            number=number,
            next=number + 1,
        )
    if version is None:
        version = list_versions.new(session, hand.at, year, number)
    version.content_hash = digest
    session.flush()
    return version, _write(session, hand, version, drafts, tell)


def approve_version(
    session: Session, now: datetime, version: ListVersion, decision: Decision
) -> ListVersion | None:
    """Put a draft or submitted version in force by a decision, in place of the one in force.

    The caller commits.

    :returns: the version that is superseded, if any
    :raises RoadmapError: it is neither, it holds no item, or a list was approved in that calendar year
        already and no decision sets the once-a-year rule aside
    """
    list_versions.take(session, version, Step.approve)
    list_versions.require_items(session, version)
    others = [
        row for row in session.scalars(ListVersion.select_all()) if row.approved_at and row.decision_date
    ]
    approvals = [(row.decision_date, row.decision_number or "") for row in others if row.decision_date]
    override = check_once_a_year(decision.date, approvals, decision.override)
    superseded = _supersede(others, decision.in_force_from)
    session.flush()
    version.status = ListStatus.approved
    version.override_act = override.act if override else None
    version.override_reason = override.reason if override else None
    version.decision_number = decision.number
    version.decision_date = decision.date
    version.decision_document = decision.document
    version.in_force_from = decision.in_force_from
    version.approved_at = now
    version.approved_by = decision.by
    session.flush()
    return superseded


def in_force(session: Session, on: date, as_of: datetime) -> tuple[ListVersion, date | None] | None:
    """The version in force on a day as it was known at a time, and the end it was known to have."""
    begun = [pair for pair in known(session, as_of) if pair[0].in_force_from and pair[0].in_force_from <= on]
    return begun[0] if begun else None


def spheres(session: Session, version_id: str) -> list[str]:
    """The codes of the spheres that a version has items of."""
    row = ItemRevision
    found = sa.select(row.sphere).where(row.list_version_id == version_id, row.sphere != "").distinct()
    return sorted(session.scalars(found))


def known(session: Session, as_of: datetime) -> list[tuple[ListVersion, date | None]]:
    """The versions approved by a time, the newest first, each with the end it was then known to have."""
    approved = [
        (row.in_force_from, row)
        for row in session.scalars(ListVersion.select_all())
        if row.approved_at and row.approved_at <= as_of and row.in_force_from
    ]
    approved.sort(key=lambda pair: pair[0], reverse=True)
    ends = [None, *(start for start, _ in approved)]
    return [(row, end) for (_, row), end in zip(approved, ends, strict=False)]


def _supersede(others: list[ListVersion], at: date) -> ListVersion | None:
    superseded = None
    for other in others:
        if other.in_force_to is None:
            if other.in_force_from and other.in_force_from >= at:
                raise RoadmapError(
                    "in_force_later",
                    f"List {other.year}/{other.number} is in force from {other.in_force_from}. "
                    "Give a later day.",
                    day=str(other.in_force_from),
                )
            other.in_force_to, other.status, superseded = at, ListStatus.superseded, other
    return superseded


def _write(
    session: Session, hand: Hand, version: ListVersion, drafts: Sequence[ItemDraft], tell: Progress
) -> Counter[str]:
    before = {
        item.code: (revision, item_changes.cells_of(item, revision))
        for revision, item in session.execute(ItemRevision.of_version(version.id)).tuples()
    }
    items = _items(session, hand, [draft.code for draft in drafts])
    counts: Counter[str] = Counter(created=0, updated=0, unchanged=0)
    changes: list[Change] = []
    kept = {draft.code for draft in drafts}
    for revision, cells in (found for code, found in before.items() if code not in kept):
        changes.append(Change(revision.item_id, cells, None, revision.position))
        session.delete(revision)
    for position, draft in enumerate(each(drafts, tell, 1, 2)):
        values = list_content.of_draft(draft, position)
        revision, cells = before.get(draft.code, (None, None))
        if revision is None:
            revision = ItemRevision(
                id=new_id(), item_id=items[draft.code].id, list_version_id=version.id, **values
            )
            session.add(revision)
            counts["created"] += 1
        else:
            counts[_put(revision, values)] += 1
        after = item_changes.cells_of(items[draft.code], revision)
        changes.append(Change(revision.item_id, cells, after, position))
    item_changes.record(session, hand, version, changes)
    return counts


def _put(revision: ItemRevision, values: Mapping[str, Any]) -> str:
    changed = {name: value for name, value in values.items() if getattr(revision, name) != value}
    for name, value in changed.items():
        setattr(revision, name, value)
    return "updated" if changed else "unchanged"


def _items(session: Session, hand: Hand, codes: list[str]) -> dict[str, Item]:
    """The items of these codes; those that no list ever had are made."""
    known = {item.code: item for item in session.scalars(Item.by_codes(codes))}
    new = {code: Item(id=new_id(), code=code, created_at=hand.at) for code in codes if code not in known}
    session.add_all(new.values())
    session.flush()
    return known | new
