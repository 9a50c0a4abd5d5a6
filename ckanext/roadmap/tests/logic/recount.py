"""Every figure of the compliance view a second time: plain Python over the rows of the ledger.

Nothing of the product is called; the status of a deadline is the oracle's, a second reading of the law. It knows
one list version and no outages.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from statistics import median
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
SHARES = ("published", "current", "kept", "kept_on_time", "automatic")
REFRESHED = ("changed", "fewer_rows", "flip_flop", "timestamps_only", "resaved", "declared")
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
    after = row.period_last + timedelta(step) if step else _months_on(row.period_last, months)
    return {
        "id": row.id, "frequency": frequency, "kind": row.kind, "first": row.period_start,
        "last": row.period_last, "due": row.due_at, "grace": timedelta(row.grace_days),
        "start": row.changed_at or midnight(row.period_start, TZ),
        "end": row.due_at if frequency == "once" else row.changed_at or end,
        "next_end": midnight(after + DAY, TZ),
    }  # fmt: skip


def _months_on(last: date, months: int) -> date:
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


def quarter_days(code: str) -> tuple[datetime, datetime]:
    """The first instant of a quarter, and the first after it."""
    year, number = int(code[:4]), int(code[-1])
    first = date(year, 3 * number - 2, 1)
    return midnight(first, TZ), midnight(_months_on(first - DAY, 3) + DAY, TZ)


def quarter_before(code: str) -> str:
    """The quarter before."""
    return f"{int(code[:4]) - 1}-Q4" if code[-1] == "1" else f"{code[:4]}-Q{int(code[-1]) - 1}"


def told(ledger: Ledger, spans: list[Any], at: datetime, code: str) -> dict[str, Any]:
    """The figures of some obligations in a quarter, as known at an instant."""
    first, after = quarter_days(code)
    then = min(after - TICK, at)
    shares = {name: [0, 0] for name in SHARES}
    late, beside = [], {"attested": 0, "contested": 0, "unknown": 0}
    obligations = 0
    for span in spans:
        if span.recorded_at <= then and midnight(span.in_force_from, TZ) < then + TICK:
            obligations += 1
            rows = ledger.show(span, then)
            newest = max(rows, key=lambda row: (row.end, row.kind, row.id), default=None)
            if newest is None or newest.status != "exempt":
                _count(shares["published"], ledger.is_published(span, then))
            closed = [r for r in rows if r.status != "exempt" and (r.met_at or r.over < then)]
            if closed:
                newest = max(closed, key=lambda row: (row.end, row.last, row.id))
                _count(shares["current"], newest.met_at is not None)
        for row in ledger.show(span, at):
            if row.status == "exempt" or not (first <= row.over < after and row.over < at):
                continue
            _count(shares["kept"], row.met_at is not None and row.met_at <= row.over)
            _count(shares["kept_on_time"], row.met_at is not None and row.met_at <= row.due)
            if row.met_at:
                _count(shares["automatic"], any(one.run_id for one in row.by))
            beside["attested"] += any(one.kind == "attested" for one in row.by)
            beside["contested"] += row.status == "contested"
            beside["unknown"] += row.status == "unknown"
            if row.computed != "unknown" and (row.met_at or at) > row.due:
                late.append(-((row.due - (row.met_at or at)) // DAY))
    return {
        "obligations": obligations,
        **{name: {"met": met, "of": of, "percent": _percent(met, of)} for name, (met, of) in shares.items()},
        "late": {"count": len(late), "median": median(late) if late else None, "worst": max(late, default=None)},
        **beside,
    }  # fmt: skip


def _count(share: list[int], is_met: bool) -> None:
    share[0] += is_met
    share[1] += 1


def _percent(met: int, of: int) -> float | None:
    if not of:
        return None
    return 100.0 if met == of else min(round(100 * met / of, 1), 99.9)


def touched(ledger: Ledger, spans: list[Any], at: datetime, code: str) -> dict[str, int]:
    """How often data were refreshed in a quarter, and really changed."""
    first, after = quarter_days(code)
    counts: dict[str, int] = defaultdict(int)
    for span in spans:
        known: dict[str, set[str]] = defaultdict(set)
        rows: dict[str, int] = {}
        events = [
            row
            for row in ledger.data_event
            if row.obligation_id == span.obligation_id and max(row.recorded_at, row.at) <= at
        ]
        for one in sorted(events, key=lambda one: (one.at, one.recorded_at, one.id)):
            touch = _touch(one, known[one.place], rows.get(one.place))
            if touch in ("changed", "fewer_rows", "flip_flop"):
                known[one.place].add(one.content_hash)
                rows[one.place] = one.rows if one.rows is not None else rows.get(one.place)
            if touch and first <= one.at < after:
                counts[touch] += 1
    return {
        "refreshed": sum(counts[name] for name in REFRESHED),
        "really_changed": counts["changed"] + counts["fewer_rows"],
        **{name: counts[name] for name in (*REFRESHED, "read", "attested")},
    }


def _touch(one: Any, known: set[str], rows: int | None) -> str | None:
    if one.kind == "attested":
        return "attested"
    if one.kind not in ("changed", "unchanged") or one.note == "public_again":
        return None
    if one.kind == "unchanged":
        return "read" if one.run_id or one.live_read_at else "resaved"
    if one.grade != "measured" or not one.content_hash:
        return "declared"
    if one.content_hash in known:
        return "flip_flop"
    return "fewer_rows" if rows is not None and one.rows is not None and one.rows < rows else "changed"


def summary(ledger: Ledger, spans: list[Any], at: datetime, code: str) -> dict[str, Any]:
    """All that one row of the country's page tells."""
    now, before = told(ledger, spans, at, code), told(ledger, spans, at, quarter_before(code))
    counts: dict[str, int] = defaultdict(int)
    for span in spans:
        for row in ledger.show(span, at):
            counts[row.status] += 1
    change = {}
    for name in SHARES:
        one, two = before[name], now[name]
        both = one["of"] and two["of"]
        points = 100 * two["met"] / two["of"] - 100 * one["met"] / one["of"] if both else None
        change[name] = round(points, 1) if points is not None else None
    return {
        **now,
        "change": change,
        "statuses": dict(counts),
        "refresh": touched(ledger, spans, at, code),
    }
