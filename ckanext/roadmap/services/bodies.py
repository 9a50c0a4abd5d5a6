"""The register of bodies: import it, and give it to the rules."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.body import Body as BodyRecord
from ckanext.roadmap.domain.body import BodyKind, SuccessionKind
from ckanext.roadmap.domain.body import Succession as SuccessionRecord
from ckanext.roadmap.domain.body_match import BodyNames, Directory
from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.model import Body, Succession
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.sources.bodies import BodyDraft, SuccessionDraft


@dataclass(frozen=True, slots=True)
class Register:
    """All bodies and successions as the rules see them; bodies are known by their ids."""

    bodies: tuple[BodyRecord, ...]
    successions: tuple[SuccessionRecord, ...]
    names: Directory = field(default_factory=lambda: Directory(()))

    def id_of(self, name: str) -> str | None:
        """The id of the body of that name."""
        return next((body.id for body in self.bodies if body.name == name), None)


def load_register(session: Session) -> Register:
    """Read the whole register."""
    rows = session.scalars(Body.select_all()).all()
    return Register(
        bodies=tuple(_record(row) for row in rows),
        successions=tuple(
            SuccessionRecord(row.from_body_id, row.to_body_id, SuccessionKind(row.kind), row.effective)
            for row in session.scalars(Succession.select_all())
        ),
        names=Directory(
            BodyNames(row.name, row.code, row.stir, tuple(map(str, row.title.values()))) for row in rows
        ),
    )


def import_bodies(
    session: Session, now: datetime, drafts: Iterable[BodyDraft], organization_ids: Mapping[str, str]
) -> Counter[str]:
    """Write bodies as drafted; the caller commits.

    :param organization_ids: CKAN organization id by name, for every draft
    :returns: how many were created, updated, unchanged
    :raises ListError: a parent that is neither drafted nor known
    """
    drafts = list(drafts)
    known = {row.name: row for row in session.scalars(Body.select_all())}
    counts: Counter[str] = Counter(created=0, updated=0, unchanged=0)
    for draft in drafts:
        row = known.get(draft.name)
        values = _values(draft, organization_ids[draft.name])
        if row is None:
            known[draft.name] = row = Body(id=new_id(), name=draft.name, recorded_at=now, **values)
            session.add(row)
            counts["created"] += 1
        else:
            counts[_update(row, values)] += 1
    session.flush()
    for draft in drafts:
        known[draft.name].parent_id = _parent_id(draft, known)
    session.flush()
    return counts


def import_successions(session: Session, now: datetime, drafts: Iterable[SuccessionDraft]) -> Counter[str]:
    """Add the successions that are not known yet; the caller commits.

    :raises ListError: a body that is not in the register
    """
    ids = {row.name: row.id for row in session.scalars(Body.select_all())}
    known: set[tuple[str | None, str | None, date]] = {
        (row.from_body_id, row.to_body_id, row.effective) for row in session.scalars(Succession.select_all())
    }
    counts: Counter[str] = Counter(created=0, unchanged=0)
    for draft in drafts:
        key = (_known_id(ids, draft, "from_body"), _known_id(ids, draft, "body"), draft.effective)
        if key in known:
            counts["unchanged"] += 1
            continue
        session.add(
            Succession(
                from_body_id=key[0],
                to_body_id=key[1],
                kind=draft.kind,
                effective=draft.effective,
                note=draft.note,
                recorded_at=now,
            )
        )
        known.add(key)
        counts["created"] += 1
    session.flush()
    return counts


def _record(row: Body) -> BodyRecord:
    return BodyRecord(
        id=row.id,
        name=row.name,
        code=row.code,
        kind=BodyKind(row.kind),
        parent=row.parent_id,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )


def _values(draft: BodyDraft, organization_id: str) -> dict[str, object]:
    return {
        "organization_id": organization_id,
        "code": draft.code,
        "stir": draft.stir,
        "title": draft.title.to_dict(),
        "kind": str(draft.kind),
        "region_soato": draft.region_soato,
        "valid_from": draft.valid_from,
        "valid_to": draft.valid_to,
    }


def _update(row: Body, values: Mapping[str, object]) -> str:
    changed = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return "updated" if changed else "unchanged"


def _parent_id(draft: BodyDraft, known: Mapping[str, Body]) -> str | None:
    if draft.parent is None:
        return None
    if draft.parent not in known:
        raise _unknown(draft.row, "parent", draft.parent)
    return known[draft.parent].id


def _known_id(ids: Mapping[str, str], draft: SuccessionDraft, column: str) -> str | None:
    name = getattr(draft, column)
    if name is not None and name not in ids:
        raise _unknown(draft.row, column, name)
    return ids[name] if name is not None else None


def _unknown(row: int, column: str, name: str) -> ListError:
    return ListError(
        "body_unknown",
        f'"{name}" is not in the register of bodies.',
        row=row,
        column=column,
        value=name,
        remedy="Correct the name, or add the body to the register first.",
    )
