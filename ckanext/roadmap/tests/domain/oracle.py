"""The status rule a second time, slow and plain, from the words of the design alone; it calls no rule of ours.

A deadline is a dict: kind, first, last (days), end, due (instants), grace (days), revision. An event has the
attributes of a data event. What is told of the law stands beside each line.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta

TICK, DAY = timedelta(microseconds=1), timedelta(days=1)
MONTHS = {"monthly": 1, "continuous": 1, "quarterly": 3, "half_yearly": 6, "annual": 12}


def midnight(day, tz):
    """The instant at which a legal day begins."""
    return datetime.combine(day, time(), tz).astimezone(UTC)


def calendar(frequency, rule, since, count, tz, holidays=frozenset()):
    """The first deadlines of a term whose period ends on a day or later."""
    if frequency == "once":  # its period is (obligation start, due_at]
        due = midnight(rule[1] + DAY, tz) - TICK
        return [_row("once", since, rule[1], due, due, tz)]
    rows, first = [], _first(frequency, since)
    while len(rows) < count:
        last = _last(frequency, first)
        day = _due_day(rule, last, holidays)
        rows.append(
            _row(frequency, first, last, midnight(last + DAY, tz), midnight(day + DAY, tz) - TICK, tz)
        )
        first = last + DAY
    return rows


def _row(frequency, first, last, end, due, tz):
    days = (last - first).days + 1
    grace = min(max(-(-days // 5), 1), 45)  # clamp(20 % of the period, 1 day, 45 days)
    found = {"frequency": frequency, "first": first, "last": last, "start": midnight(first, tz)}
    return found | {"end": end, "due": due, "grace": timedelta(days=grace), "kind": "period"}


def _first(frequency, day):
    if frequency == "daily":
        return day
    if frequency == "weekly":
        return day - timedelta(days=day.weekday())
    months = MONTHS[frequency]
    return date(day.year, day.month - (day.month - 1) % months, 1)


def _last(frequency, first):
    if frequency in ("daily", "weekly"):
        return first + timedelta(days=0 if frequency == "daily" else 6)
    month = first.month + MONTHS[frequency] - 1
    return date(first.year, month, monthrange(first.year, month)[1])


def _due_day(rule, last, holidays):
    if rule[0] == "by":  # annual "by 1 March" speaks of the year before
        year, month, day = last.year + 1, *rule[1:]
        return date(year, month, min(day, monthrange(year, month)[1]))
    day, left = last, rule[1]
    while left:
        day += DAY
        left -= rule[0] == "days" or (day.weekday() < 5 and day not in holidays)
    return day


def statuses(rows, events, required, as_of, linked_at=None, told=()):
    """What each deadline is shown as, computed as, and when it was met; `told` are the acts, as tuples."""
    told = [act for act in told if act[1] <= as_of]  # as_of filters every input by recorded_at
    rows = [_moved(row, told) for row in sorted(rows, key=_age)]
    seen = sorted(
        (e for e in events if linked_at is not None and max(e.at, e.recorded_at, linked_at) <= as_of),
        key=lambda e: (e.at, e.recorded_at, e.id),
    )
    counted = [row for row in rows if not _is_set_aside(row, told)]
    met = {}
    freed = {row["id"] for row in counted if any(a[0] == "free" and a[2] in (row["id"], None) for a in told)}
    by_place = [
        _meet(counted, [e for e in seen if e.place == place], required, freed) for place in required.places
    ]
    for row in counted:
        times = [found.get(row["id"]) for found in by_place]
        if None not in times:  # every place named by the item must be met
            met[row["id"]] = max(times)
    is_linked = linked_at is not None and linked_at <= as_of
    result, before = {}, {}
    for row in rows:
        if row not in counted:
            result[row["id"]] = ("exempt", "exempt", None)
            continue
        at, over = met.get(row["id"]), row["due"] + row["grace"]
        computed = _computed(row, at, as_of, is_linked or seen, before.get(row["kind"]), required, told)
        free = any(a[0] == "free" and a[2] in (row["id"], None) for a in told)
        open_ = any(a[0] == "object" and a[2] == row["id"] and not (a[3] and a[3] <= as_of) for a in told)
        before[row["kind"]] = (
            as_of > over and not (at and at <= over) and not free and computed != "unknown"
        )  # missed = no qualifying event by due_at + grace
        result[row["id"]] = ("exempt" if free else "contested" if open_ else computed, computed, at)
    return result


def _age(row):
    return row["end"], row["kind"], row["id"]


def _moved(row, told):
    """The newest notice supersedes; the period of a term due once ends with its date."""
    notices = [a for a in told if a[0] in ("void", "moved") and a[2] == row["id"]]
    newest = max(notices, key=lambda a: a[1], default=None)
    if newest is None or newest[0] == "void":
        return row
    return row | {"due": newest[3]} | ({"end": newest[3]} if row["frequency"] == "once" else {})


def _is_set_aside(row, told):
    """Void, or the obligation not in force at `end` (once-only: at `due_at`)."""
    notices = [a for a in told if a[0] in ("void", "moved") and a[2] == row["id"]]
    if notices and max(notices, key=lambda a: a[1])[0] == "void":
        return True
    return any(a[0] == "ended" and row["end"] > a[2] for a in told)


def _computed(row, at, as_of, is_published, missed_before, required, told):
    over = row["due"] + row["grace"]
    if at is not None:
        return "on_time" if at <= row["due"] else "late_met"
    if as_of < row["end"]:
        return "awaiting"
    if required.territorial and not required.region_column:
        return "unknown"
    decided = min(as_of, over)
    if any(a[0] == "down" and any(a[2] <= t < a[3] for t in (as_of, decided)) for a in told):
        return "unknown"  # facts not to be had through our fault
    if as_of <= row["due"] and as_of <= over:
        return "due"
    if as_of <= over:
        return "in_grace"
    if not is_published:
        return "not_published"
    return "delinquent" if missed_before or as_of > row["due"] + 2 * row["grace"] else "overdue"


def _meet(rows, events, required, freed):
    """Each event goes to the oldest unmet deadline whose window holds it and meets only that one.

    One that a decision freed comes after all that count. Beside it, what was measured confirms a month.
    """
    met, hashes, live, in_row = {}, set(), {}, 0

    def meet(event, among):
        for row in sorted(among, key=lambda row: row["id"] in freed):
            if row["id"] in met or not _holds(rows, row, event, events):
                continue
            if _qualifies(event, row, required, hashes, live, in_row):
                met[row["id"]] = event.at
                return row
        return None

    for event in events:
        aimed = _aimed(rows, event)
        target = meet(event, [row for row in aimed if not _is_confirmation(row)])
        if target is None or event.kind != "attested":
            target = meet(event, [row for row in aimed if _is_confirmation(row)]) or target
        if event.kind in ("changed", "unchanged", "withdrawn"):
            live[event.dataset_id] = event.kind != "withdrawn"
        hashes |= {event.content_hash} if event.kind in ("changed", "unchanged") else set()
        if target is not None:
            in_row = in_row + _is_limited(target) if event.kind == "attested" else 0
    return met


def _is_confirmation(row):
    """A month of a continuous term: the source must have been read for it, or the officer confirms."""
    return row["kind"] == "period" and row["frequency"] == "continuous"


def _is_limited(row):
    """The confirmation of a continuous term has no limit."""
    return row["kind"] == "period" and row["frequency"] != "continuous"


def _aimed(rows, event):
    """Where the data carry their own period, the period they cover decides instead: the newest that ended."""
    periodic = [row for row in rows if row["kind"] == "period" and row["frequency"] != "once"]
    if event.covers is None or not periodic:
        return rows
    ended = [row for row in periodic if row["end"] < event.at and row["last"] <= event.covers.last]
    return [row for row in ended[-1:] if row["first"] >= event.covers.start]


def _holds(rows, row, event, events):
    """The window (`end`, max(next period's `end`, `due_at` + 2 x grace)]."""
    if event.covers is not None and row["kind"] == "period" and row["frequency"] != "once":
        return True
    until = row["due"] + 2 * row["grace"]
    if row["frequency"] == "once":  # content already live qualifies
        gone = [e.at for e in events if e.kind == "withdrawn" and e.at <= row["start"]]
        return event.at <= until and (not gone or event.at > max(gone))
    if row["kind"] == "change":
        later = [r["end"] for r in rows if r["kind"] == "change" and r["end"] > row["end"]]
        return row["end"] <= event.at <= max(until, min(later, default=until))
    return row["end"] < event.at <= max(until, row["next_end"])


def _qualifies(event, row, required, hashes, live, in_row):
    is_once, is_read = row["frequency"] == "once", event.live_read_at is not None
    after = is_read and (
        event.live_read_at >= row["end"] if row["kind"] == "change" else event.live_read_at > row["end"]
    )
    good = {
        "changed": event.grade == "measured" and bool(event.content_hash)
        and (is_once or event.content_hash not in hashes),
        "unchanged": event.grade == "measured" and required.unchanged_allowed and is_read and (is_once or after),
        "attested": event.grade == "attested" and (not live or any(live.values()))
        and (not _is_limited(row) or in_row < required.attestation_limit),
    }  # fmt: skip
    if not good.get(event.kind, False):
        return False
    if required.columns and not required.columns <= (event.columns or frozenset()):
        return False
    if not required.territorial:
        return True
    return bool(required.region_column) and event.regions is not None and required.regions <= event.regions
