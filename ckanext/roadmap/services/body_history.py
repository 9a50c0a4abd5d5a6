"""Bodies as they were: what a body was called and was on a day, by what had been recorded at a time.

A body that never changed has no revision: its row holds for all days. The first change records the body as it
stood before, and each change the body as it stands from its day on.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.model import Body, BodyRevisionRow
from ckanext.roadmap.services import ledger

ATTRIBUTES = (
    "name",
    "code",
    "stir",
    "title",
    "kind",
    "parent_id",
    "region_soato",
    "state_share",
    "valid_from",
    "valid_to",
)


@dataclass(frozen=True, slots=True)
class BodyThen:
    """A body with the attributes that it had."""

    id: str
    organization_id: str
    name: str
    code: str
    stir: str | None
    title: Mapping[str, Any]
    kind: str
    parent_id: str | None
    region_soato: str | None
    state_share: Decimal | None
    valid_from: date | None
    valid_to: date | None


Face = Body | BodyThen


@dataclass(frozen=True, slots=True)
class Past:
    """How bodies stood on a day; bodies without a word here stand as their rows tell."""

    faces: Mapping[str, BodyThen] = field(default_factory=dict[str, BodyThen])

    def of(self, row: Face) -> Face:
        """The body as it stood."""
        return self.faces.get(row.id, row)


def on(session: Session, day: date, as_of: datetime) -> Past:
    """How bodies stood on a day, by what had been recorded at a time; one statement."""
    revisions: dict[str, list[BodyRevisionRow]] = defaultdict(list)
    organizations: dict[str, str] = {}
    for row, organization_id in session.execute(BodyRevisionRow.overtaken(day, as_of)).tuples():
        revisions[row.body_id].append(row)
        organizations[row.body_id] = organization_id
    return Past(
        {id_: _then(_standing(rows, day, as_of), organizations[id_]) for id_, rows in revisions.items()}
    )


def record(
    session: Session,
    now: datetime,
    changed: Iterable[tuple[Body, Mapping[str, Any]]],
    effective: date,
    act: str | None,
    by: str,
) -> None:
    """Keep what bodies were and are from a day on; the caller has written the rows and commits.

    :param changed: each body as it is now, with its attributes before
    """
    changed = list(changed)
    ids = [row.id for row, _ in changed]
    known = {row.body_id for row in session.scalars(BodyRevisionRow.of_bodies(ids))}
    rows: list[BodyRevisionRow] = []
    for row, before in changed:
        if row.id not in known:
            rows.append(BodyRevisionRow(body_id=row.id, effective=None, attributes=before, act=None, by=by))
        after = attributes(row)
        rows.append(BodyRevisionRow(body_id=row.id, effective=effective, attributes=after, act=act, by=by))
    ledger.append(session, now, rows)


def attributes(row: Body) -> dict[str, Any]:
    """What is kept of a body, as plain values; nothing of its contact officer, who is a person."""
    return {name: _plain(getattr(row, name)) for name in ATTRIBUTES}


def _plain(value: object) -> object:
    return str(value) if isinstance(value, date | Decimal) else value


def _standing(rows: Sequence[BodyRevisionRow], day: date, as_of: datetime) -> BodyRevisionRow:
    """The last revision known then whose day had come; before all, the first."""
    begun = [row for row in rows if row.recorded_at <= as_of and (row.effective or day) <= day]
    return begun[-1] if begun else rows[0]


def _then(row: BodyRevisionRow, organization_id: str) -> BodyThen:
    values = dict(row.attributes)
    share = values["state_share"]
    values["state_share"] = None if share is None else Decimal(share)
    for name in ("valid_from", "valid_to"):
        values[name] = date.fromisoformat(values[name]) if values[name] else None
    return BodyThen(id=row.body_id, organization_id=organization_id, **values)
