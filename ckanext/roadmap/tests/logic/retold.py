"""What each deadline was shown as, a second time: plain Python over the rows of the ledger.

Nothing of the product is called; the status of a deadline is the oracle's, a second reading of the law. It knows
one list version and no outages.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.tests.domain.oracle import DAY, TICK, midnight, statuses

TZ = ZoneInfo("Asia/Tashkent")
TABLES = (
    "deadline", "deadline_notice", "data_event", "exemption", "exemption_revocation", "objection", "ruling",
    "attestation", "publication", "obligation_term", "item_revision", "list_version", "body", "item",
)  # fmt: skip
EVERY_REGION = {f"17{number:02d}" for number in (3, 6, 8, 10, 12, 14, 18, 22, 24, 26, 27, 30, 33, 35)}


class Ledger:
    """All rows of the tables, as they stand now."""

    def __init__(self) -> None:
        for name in TABLES:
            found = model.Session.execute(sa.text(f'SELECT * FROM "roadmap_{name}"')).mappings()
            setattr(self, name, [SimpleNamespace(**row) for row in found])
        self.revisions = {row.id: row for row in self.item_revision}
        self.versions = {row.id: row for row in self.list_version}
        codes = {row.id: row.code for row in self.item}
        self.codes = {row.id: codes[row.item_id] for row in self.item_revision}
        self.bodies = {row.id: row for row in self.body}
        self.ruled = {row.objection_id: row.recorded_at for row in self.ruling}
        self.revoked = {row.exemption_id: row.recorded_at for row in self.exemption_revocation}
        self.signed = {row.event_id: row.deadline_id for row in self.attestation}
        self.shown: dict[Any, Any] = {}

    def owed(self, at: datetime) -> list[Any]:
        """Spans that were known."""
        return [row for row in self.obligation_term if row.recorded_at <= at]

    def show(self, span: Any, at: datetime) -> list[Any]:
        """The deadlines of an obligation that had begun, each as it was shown."""
        key = span.obligation_id, at
        if key not in self.shown:
            self.shown[key] = self._show(span, at)
        return self.shown[key]

    def _show(self, span: Any, at: datetime) -> list[Any]:
        revision = self.revisions[span.revision_id]
        rows = [
            _deadline(row, revision)
            for row in self.deadline
            if row.obligation_id == span.obligation_id and row.recorded_at <= at
        ]
        linked_at, events = self.seen(span, at)
        required = SimpleNamespace(
            unchanged_allowed=revision.unchanged_allowed, columns=set(revision.columns),
            places=revision.places, territorial=revision.territorial, regions=EVERY_REGION,
            attestation_limit=self.versions[span.list_version_id].attestation_limit,
            region_column=revision.region_column or any(one.regions is not None for one in events),
        )  # fmt: skip
        told = self._acts(span, rows, at)
        moved = _moved(rows, told)
        found = statuses(rows, events, required, at, linked_at, told)
        shown = []
        for row in rows:
            if row["start"] > at:
                continue
            status, computed, met_at = found[row["id"]]
            due = moved.get(row["id"], row["due"])
            end = due if row["frequency"] == "once" else row["end"]
            by = [one for one in events if one.at == met_at and one.kind != "failed"] if met_at else []
            shown.append(
                SimpleNamespace(
                    id=row["id"], status=status, computed=computed, met_at=met_at, due=due, end=end,
                    over=due + row["grace"], kind=row["kind"], by=by, last=row["last"],
                )
            )  # fmt: skip
        return shown

    def seen(self, span: Any, at: datetime) -> tuple[datetime | None, list[Any]]:
        """Since when a dataset was linked, and what was seen of those that are."""
        links = [
            row
            for row in self.publication
            if row.obligation_id == span.obligation_id and row.confirmed_at and row.confirmed_at <= at
        ]
        standing = {row.dataset_id: row for row in links if not row.revoked_at or row.revoked_at > at}
        gone = {row.dataset_id for row in links} - set(standing)
        events = [
            _event(row, self._named(row))
            for row in self.data_event
            if row.obligation_id == span.obligation_id
            and max(row.recorded_at, row.at) <= at
            and row.dataset_id not in gone
        ]
        return min((row.confirmed_at for row in links), default=None), events

    def _named(self, event: Any) -> Any:
        signed = [row for row in self.deadline if row.id == self.signed.get(event.id)]
        if not signed or signed[0].kind != "period" or signed[0].period_code == "once":
            return None
        return SimpleNamespace(start=signed[0].period_start, last=signed[0].period_last)

    def _acts(self, span: Any, rows: list[Any], at: datetime) -> list[Any]:
        ids = {row["id"] for row in rows}
        told: list[Any] = [
            (row.kind, row.recorded_at, row.deadline_id, row.due_at)
            for row in self.deadline_notice
            if row.deadline_id in ids
        ]
        told += [
            ("object", row.recorded_at, row.deadline_id, self.ruled.get(row.id))
            for row in self.objection
            if row.deadline_id in ids
        ]
        due = {row["id"]: row["due"] for row in rows}
        due.update(_moved(rows, [act for act in told if act[1] <= at]))
        item = self.revisions[span.revision_id].item_id
        for row in self.exemption:
            if row.recorded_at > at or self.revoked.get(row.id, at + TICK) <= at:
                continue
            if row.body_id not in (None, span.body_id) or row.item_id not in (None, item):
                continue
            for id_ in ids:
                is_named = row.deadline_id == id_
                is_between = row.deadline_id is None and row.since <= due[id_] <= (row.until or due[id_])
                if is_named or is_between:
                    told.append(("free", row.recorded_at, id_))
        return [act for act in told if act[1] <= at]

    def is_published(self, span: Any, at: datetime) -> bool:
        """Whether a linked dataset was there and was seen."""
        linked_at, events = self.seen(span, at)
        newest: dict[Any, str] = {}
        for one in sorted(events, key=lambda one: (one.at, one.recorded_at, one.id)):
            if one.kind in ("changed", "unchanged", "withdrawn"):
                newest[one.place, one.dataset_id] = one.kind
        links = [row for row in self.publication if row.obligation_id == span.obligation_id]
        stands = any(
            r.confirmed_at and r.confirmed_at <= at and not (r.revoked_at and r.revoked_at <= at)
            for r in links
        )
        return stands and any(kind != "withdrawn" for kind in newest.values())


def _deadline(row: Any, revision: Any) -> dict[str, Any]:
    frequency = revision.frequency
    end = midnight(row.period_last + DAY, TZ)
    step = {"daily": 1, "weekly": 7}.get(frequency)
    months = {"monthly": 1, "continuous": 1, "quarterly": 3, "half_yearly": 6, "annual": 12}.get(frequency, 0)
    after = row.period_last + timedelta(step) if step else months_on(row.period_last, months)
    return {
        "id": row.id, "frequency": frequency, "kind": row.kind, "first": row.period_start,
        "last": row.period_last, "due": row.due_at, "grace": timedelta(row.grace_days),
        "start": row.changed_at or midnight(row.period_start, TZ),
        "end": row.due_at if frequency == "once" else row.changed_at or end,
        "next_end": midnight(after + DAY, TZ),
    }  # fmt: skip


def months_on(last: date, months: int) -> date:
    """The last day of the period so many months on."""
    first = last + DAY
    total = first.year * 12 + first.month - 1 + months
    return date(total // 12, total % 12 + 1, 1) - DAY


def _event(row: Any, covers: Any) -> Any:
    return SimpleNamespace(
        id=row.id, kind=row.kind, at=row.at, recorded_at=row.recorded_at, place=row.place,
        content_hash=row.content_hash, rows=row.rows, grade=row.grade, live_read_at=row.live_read_at,
        columns=None if row.columns is None else set(row.columns), covers=covers,
        regions=None if row.regions is None else set(row.regions), dataset_id=row.dataset_id,
        run_id=row.run_id, note=row.note,
    )  # fmt: skip


def _moved(rows: list[Any], told: list[Any]) -> dict[str, datetime]:
    found: dict[str, datetime] = {}
    for row in rows:
        notices = [act for act in told if act[0] in ("void", "moved") and act[2] == row["id"]]
        newest = max(notices, key=lambda act: act[1], default=None)
        if newest is not None and newest[0] == "moved":
            found[row["id"]] = newest[3]
    return found
