"""Every figure of the compliance view a second time, counted from what each deadline was shown as."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from statistics import median
from typing import Any

from ckanext.roadmap.tests.domain.oracle import DAY, TICK, midnight

from .retold import TZ, Ledger, months_on

SHARES = ("published", "current", "kept", "kept_on_time", "automatic")
REFRESHED = ("changed", "fewer_rows", "flip_flop", "timestamps_only", "resaved", "declared")


def quarter_days(code: str) -> tuple[datetime, datetime]:
    """The first instant of a quarter, and the first after it."""
    year, number = int(code[:4]), int(code[-1])
    first = date(year, 3 * number - 2, 1)
    return midnight(first, TZ), midnight(months_on(first - DAY, 3) + DAY, TZ)


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
