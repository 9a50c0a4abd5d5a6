"""Appends to the ledger and checks its hash chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain import chain
from ckanext.roadmap.model import (
    AttestationRow,
    BodyRevisionRow,
    ContentLookRow,
    DataEventRow,
    DatasetFaceRow,
    DeadlineNoticeRow,
    DeadlineRow,
    ExemptionRevocationRow,
    ExemptionRow,
    HeartbeatRow,
    IdentifierRow,
    ItemChangeRow,
    LightRow,
    ObjectionRow,
    OutageRow,
    RulingRow,
    RunDecisionRow,
    SealRow,
    SiteCheckRow,
    SuggestionEventRow,
    SystemStepRow,
    TakedownRow,
    TakedownStepRow,
)
from ckanext.roadmap.model.columns import new_id

LedgerRow = (
    DeadlineRow
    | DeadlineNoticeRow
    | DataEventRow
    | AttestationRow
    | ExemptionRow
    | ExemptionRevocationRow
    | ObjectionRow
    | RulingRow
    | ItemChangeRow
    | SuggestionEventRow
    | SiteCheckRow
    | SystemStepRow
    | TakedownRow
    | TakedownStepRow
    | ContentLookRow
    | HeartbeatRow
    | OutageRow
    | BodyRevisionRow
    | IdentifierRow
    | RunDecisionRow
    | LightRow
    | DatasetFaceRow
    | SealRow
)
Row = TypeVar("Row", bound=LedgerRow)
TABLES: tuple[type[LedgerRow], ...] = (
    DeadlineRow,
    DeadlineNoticeRow,
    DataEventRow,
    AttestationRow,
    ExemptionRow,
    ExemptionRevocationRow,
    ObjectionRow,
    RulingRow,
    ItemChangeRow,
    SuggestionEventRow,
    SiteCheckRow,
    SystemStepRow,
    TakedownRow,
    TakedownStepRow,
    ContentLookRow,
    HeartbeatRow,
    OutageRow,
    BodyRevisionRow,
    IdentifierRow,
    RunDecisionRow,
    LightRow,
    DatasetFaceRow,
    SealRow,
)
CHAIN_COLUMNS = frozenset({"seq", "previous_hash", "hash"})
BATCH = 5000


def append(session: Session, now: datetime, rows: Sequence[Row]) -> list[str]:
    """Append rows of one table, chained in the order given; the caller commits.

    Appends to a table wait for one another (a lock held until the end of the transaction), so that the
    chain has no forks.

    :returns: the ids of the rows
    """
    if not rows:
        return []
    table = type(rows[0])
    seq, previous = _head(session, table)
    written: list[dict[str, object]] = []
    for row in rows:
        seq += 1
        row.id, row.recorded_at = row.id or new_id(), now
        record = _content(row)
        digest = chain.link_hash(previous, record)
        written.append({**record, "seq": seq, "previous_hash": previous, "hash": digest})
        previous = digest
    for start in range(0, len(written), BATCH):
        session.execute(sa.insert(table), written[start : start + BATCH])
    return [row.id for row in rows]


def verify(session: Session) -> dict[str, list[chain.Break]]:
    """Check the chains of all tables from their first row.

    :returns: for each table, the breaks found (an empty list: the chain holds), and whether it is unguarded
    """
    return {
        table.__tablename__: [*_unguarded(session, table), *chain.breaks(_links(session, table))]
        for table in TABLES
    }


def _unguarded(session: Session, table: type[LedgerRow]) -> list[chain.Break]:
    """Whether the database refuses to edit a table no more: triggers are off, or something goes round."""
    is_guarded = session.scalar(_GUARDED, {"name": table.__tablename__})
    return [] if is_guarded else [chain.Break(0, "unguarded")]


_GUARDED = sa.text(r"""
    SELECT count(*) = 2 AND NOT bool_or(c.relhasrules OR c.relhassubclass)
    FROM pg_class c JOIN pg_trigger t ON t.tgrelid = c.oid JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE c.oid = to_regclass(:name) AND t.tgname IN (:name || '_rows', :name || '_all')
      AND t.tgenabled = 'A' AND t.tgqual IS NULL AND t.tgattr = ''
      AND p.prosrc ~ '^\s*BEGIN\s+RAISE EXCEPTION [^;]*append-only'
      AND t.tgtype & 58 = CASE WHEN t.tgname = :name || '_rows' THEN 26 ELSE 34 END
""")
"""Both triggers fire in every mode of the session, before every edit (bits of `tgtype`), and refuse."""


@dataclass(frozen=True, slots=True)
class Head:
    """The newest row of a table; noted elsewhere, it shows later whether rows were cut off the end."""

    table: str
    seq: int
    hash: str
    recorded_at: datetime | None


def heads(session: Session) -> list[Head]:
    """The head of each table, in a fixed order."""
    return [_newest(session, table) for table in TABLES]


def _newest(session: Session, table: type[LedgerRow]) -> Head:
    newest = sa.select(table.seq, table.hash, table.recorded_at).order_by(table.seq.desc()).limit(1)
    row = session.execute(newest).first()
    if row is None:
        return Head(table.__tablename__, 0, chain.GENESIS, None)
    return Head(table.__tablename__, row.seq, row.hash, row.recorded_at)


def lost(session: Session, noted: Iterable[Head]) -> dict[str, list[chain.Break]]:
    """Which noted heads the ledger no longer holds: cut off (`cut`), or written anew (`rewritten`)."""
    tables = {table.__tablename__: table for table in TABLES}
    found: dict[str, list[chain.Break]] = {}
    for head in noted:
        table = tables.get(head.table)
        if table is None or head.seq == 0:
            continue
        now = session.scalar(sa.select(table.hash).where(table.seq == head.seq))
        if now != head.hash:
            code = "cut" if now is None else "rewritten"
            found.setdefault(head.table, []).append(chain.Break(head.seq, code))
    return found


def lock(session: Session, table: type[LedgerRow]) -> None:
    """Let nobody else append to a table until the transaction ends: what is checked now still holds then."""
    session.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(table.__tablename__))))


def _head(session: Session, table: type[LedgerRow]) -> tuple[int, str]:
    lock(session, table)
    found = session.execute(sa.select(table.seq, table.hash).order_by(table.seq.desc()).limit(1)).first()
    return (found.seq, found.hash) if found else (0, chain.GENESIS)


def _content(row: LedgerRow) -> dict[str, object]:
    names = (column.key for column in sa.inspect(type(row)).column_attrs)
    values = {name: getattr(row, name) for name in names if name not in CHAIN_COLUMNS}
    return {name: value for name, value in values.items() if value is not None or name not in row.LATER}


def _links(session: Session, table: type[LedgerRow]) -> Iterator[chain.Link]:
    query = sa.select(table).order_by(table.seq).execution_options(yield_per=BATCH)
    for row in session.scalars(query):
        yield chain.Link(row.seq, _content(row), row.previous_hash, row.hash)
