"""Seals what the status rule reads beside the ledger: approved lists, obligations, confirmed links."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain import seal
from ckanext.roadmap.domain.chain import Break
from ckanext.roadmap.domain.seal import Seal, Sealable
from ckanext.roadmap.model import ItemRevision, ListVersion, ObligationTerm, Publication, SealRow
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import ledger

_FIXED = {
    ListVersion: (
        "year", "number", "in_force_from", "grace_share", "grace_floor_days", "grace_cap_days",
        "attestation_limit",
    ),
    ItemRevision: (
        "item_id", "list_version_id", "places", "frequency", "due_rule", "territorial", "region_column",
        "unchanged_allowed", "columns",
    ),
    ObligationTerm: ("obligation_id", "list_version_id", "revision_id", "body_id", "in_force_from"),
    Publication: ("obligation_id", "dataset_id", "resource_id", "place"),
}  # fmt: skip
_OPEN = {
    ListVersion: ("in_force_to",),
    ItemRevision: (),
    ObligationTerm: ("in_force_to", "ended_at"),
    Publication: ("revoked_at",),
}
_AT = {
    ListVersion: ListVersion.approved_at,
    ItemRevision: ListVersion.approved_at,
    ObligationTerm: ObligationTerm.recorded_at,
    Publication: Publication.confirmed_at,
}
Register = type[ListVersion] | type[ItemRevision] | type[ObligationTerm] | type[Publication]


def record(session: Session, now: datetime) -> int:
    """Seal the rows that are new, or were filled in since they were sealed; the caller commits.

    :returns: how many
    """
    ledger.lock(session, SealRow)
    newest = {(one.register, one.subject): one for one in _seals(session)}
    rows = [
        SealRow(id=new_id(), register=row.register, subject=row.subject, content=dict(row.content))
        for row in seal.to_seal(_rows(session), newest)
    ]
    return len(ledger.append(session, now, rows))


def breaks(session: Session) -> list[Break]:
    """What is other in the registers than it was sealed."""
    return list(seal.altered(_rows(session), _seals(session)))


def _seals(session: Session) -> Sequence[Seal]:
    row = SealRow
    query = sa.select(row.seq, row.recorded_at, row.register, row.subject, row.content).order_by(row.seq)
    return [Seal(*found) for found in session.execute(query).tuples()]


def _rows(session: Session) -> Iterator[Sealable]:
    for register in _FIXED:
        yield from _of_register(session, register)


def _of_register(session: Session, register: Register) -> Iterator[Sealable]:
    names = (*_FIXED[register], *_OPEN[register])
    asked = [getattr(register, name) for name in names]
    query = sa.select(register.id, _AT[register], *asked).where(_AT[register].is_not(None))
    if register is ItemRevision:
        query = query.join(ListVersion, ListVersion.id == ItemRevision.list_version_id)
    table = register.__tablename__
    for id_, at, *values in session.execute(query.order_by(register.id)):
        told = dict(zip(names, map(_plain, values), strict=True))
        content = {name: told[name] if name in _OPEN[register] else told[name] or "" for name in names}
        yield Sealable(table, id_, at, {**content, "at": _plain(at)})


def _plain(value: object) -> str | None:
    """A value as a seal keeps it: the same whatever the session's time zone."""
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return json.dumps(value, sort_keys=True) if isinstance(value, list | dict) else str(value)
