"""A made-up country by COPY: bodies, a list, obligations, deadlines, events with valid hash chains, and acts.

The triggers stay on: COPY only inserts, and what is inserted is marked as everything else that is written.
"""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from ckanext.roadmap.domain import chain
from ckanext.roadmap.domain.calendar import WorkingDays
from ckanext.roadmap.domain.deadline import PlannedDeadline, plan
from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.domain.term import Term

TZ = ZoneInfo("Asia/Tashkent")
FIRST, LAST = date(2021, 1, 1), date(2025, 12, 31)
APPROVED = datetime(2020, 12, 20, 7, tzinfo=UTC)
NOW = datetime(2026, 1, 5, 7, tzinfo=UTC)
OWED, EVENTS = 50, 5
TERRITORIAL = 20  # each so many-th item holds the regions
TERMS = (
    ("monthly", "20 days after period end", 15),
    ("quarterly", "15 days after period end", 50),
    ("half_yearly", "15 days after period end", 20),
    ("annual", "by 1 March", 15),
)
SPHERES = ("economy", "finance", "education", "health", "transport")
KINDS = ("ministry", "agency", "committee", "region")
BUNDLE = 20_000
Values = dict[str, Any]


@dataclass
class Chain:
    """Where a table's hash chain has got to."""

    seq: int = 0
    previous: str = chain.GENESIS

    def link(self, content: Values) -> Values:
        """A row with its place in the chain."""
        self.seq += 1
        digest = chain.link_hash(self.previous, content)
        row = {**content, "seq": self.seq, "previous_hash": self.previous, "hash": digest}
        self.previous = digest
        return row


@dataclass
class Country:
    """Writes bodies with all that they owe, so many at a time.

    :ivar items: how many items the list has
    :ivar counts: how many rows were written, by table
    """

    connection: Any
    items: int
    chance: random.Random = field(default_factory=lambda: random.Random(2021))  # noqa: S311 - no secret
    chains: dict[str, Chain] = field(default_factory=dict[str, Chain])
    counts: dict[str, int] = field(default_factory=dict[str, int])
    bodies: int = 0

    def write_list(self) -> None:
        """One approved list, and what it says of each item."""
        version = {
            "id": "list", "year": 2021, "number": 1, "status": "approved", "decision_number": "1",
            "decision_date": date(2020, 12, 20), "in_force_from": FIRST, "grace_share": "0.2",
            "grace_floor_days": 1, "grace_cap_days": 45, "attestation_limit": 2, "content_hash": "x",
            "created_at": APPROVED, "approved_at": APPROVED, "approved_by": "x",
        }  # fmt: skip
        self._copy("roadmap_list_version", [version])
        codes = [f"B-{number:04}" for number in range(self.items)]
        self._copy("roadmap_item", [{"id": code, "code": code, "created_at": APPROVED} for code in codes])
        self._copy("roadmap_item_revision", [self._revision(n, code) for n, code in enumerate(codes)])

    def write_bodies(self, count: int) -> None:
        """So many further bodies, each owing as many items as the others."""
        first, self.bodies = self.bodies, self.bodies + count
        numbers = range(first, self.bodies)
        self._copy("roadmap_body", [_body(number) for number in numbers])
        bundle: dict[str, list[Values]] = {}
        for number in numbers:
            for table, rows in self._owed(number):
                bundle.setdefault(table, []).extend(rows)
            if sum(map(len, bundle.values())) > BUNDLE:
                self._flush(bundle)
        self._flush(bundle)

    def _flush(self, bundle: dict[str, list[Values]]) -> None:
        order = ("roadmap_obligation", "roadmap_obligation_term", "roadmap_publication", "roadmap_deadline")
        for table in (*order, *(name for name in list(bundle) if name not in order)):
            self._copy(table, bundle.pop(table, []))

    def _revision(self, number: int, code: str) -> Values:
        frequency, due_rule = _term(number)
        return {
            "id": f"r-{code}", "item_id": code, "list_version_id": "list", "position": number,
            "title": {"uz": f"To‘plam {number}", "ru": f"Набор {number}", "en": f"Set {number}"},
            "sphere": SPHERES[number % len(SPHERES)], "places": ["portal"], "frequency": frequency,
            "due_rule": due_rule, "responsible": {}, "territorial": number % TERRITORIAL == 0,
            "region_column": "code" if number % TERRITORIAL == 0 else None,
            "unchanged_allowed": number % 3 == 0, "columns": ["code", "amount"], "odin": [], "ai": False,
        }  # fmt: skip

    def _owed(self, body: int) -> Iterator[tuple[str, list[Values]]]:
        for place in range(OWED):
            item = (body * OWED + place) % self.items if place else 0  # the first one binds every body
            id_, code = f"o-{body:04}-{place:02}", f"B-{item:04}"
            yield (
                "roadmap_obligation",
                [{"id": id_, "item_id": code, "body_id": f"b-{body:04}", "recorded_at": APPROVED}],
            )
            yield "roadmap_obligation_term", [
                {"id": f"t{id_}", "obligation_id": id_, "list_version_id": "list", "revision_id": f"r-{code}",
                 "body_id": f"b-{body:04}",
                 "in_force_from": FIRST, "recorded_at": APPROVED}
            ]  # fmt: skip
            if self.chance.random() < 0.9:
                yield "package", [_dataset(id_)]
                yield "roadmap_publication", [_link(id_)]
            planned = CALENDARS[_term(item)]
            yield (
                "roadmap_deadline",
                [self._chained("roadmap_deadline", _deadline(id_, n, one)) for n, one in enumerate(planned)],
            )
            yield from self._happened(id_, item, planned)

    def _happened(
        self, id_: str, item: int, planned: Sequence[PlannedDeadline]
    ) -> Iterator[tuple[str, list[Values]]]:
        chance = self.chance
        ended = [(n, one) for n, one in enumerate(planned) if one.end_at < NOW]
        regional = item % TERRITORIAL == 0
        events = [self._event(id_, n, one, step, regional) for n, one in ended for step in range(EVENTS)]
        events.sort(key=lambda event: event["at"])
        yield (
            "roadmap_data_event",
            [self._chained("roadmap_data_event", event) for event in events if event["at"] < NOW],
        )
        for n, one in ended:
            if chance.random() < 0.002:
                notice = {
                    "id": f"n-{id_}-{n}", "deadline_id": f"{id_}-{n:02}", "kind": "moved",
                    "due_at": one.due_at + timedelta(days=30), "reason": "x", "act": "1",
                    "recorded_at": one.end_at,
                }  # fmt: skip
                yield "roadmap_deadline_notice", [self._chained("roadmap_deadline_notice", notice)]
            if chance.random() < 0.002:
                objection = {
                    "id": f"j-{id_}-{n}", "deadline_id": f"{id_}-{n:02}", "fault": "portal", "text": "x",
                    "evidence_url": None, "by": "x", "recorded_at": one.due_at + timedelta(days=5),
                }  # fmt: skip
                yield "roadmap_objection", [self._chained("roadmap_objection", objection)]

    def _event(self, id_: str, number: int, one: PlannedDeadline, step: int, regional: bool) -> Values:
        chance = self.chance
        at = one.due_at + timedelta(seconds=chance.randrange(-20 * 86400, 30 * 86400))
        kind = chance.choices(("changed", "unchanged", "failed", "withdrawn"), (50, 42, 7, 1))[0]
        late = timedelta(days=3) if chance.random() < 0.005 else timedelta()
        return {
            "id": f"e-{id_}-{number:02}-{step}", "obligation_id": id_, "dataset_id": f"d-{id_}",
            "resource_id": None, "kind": kind, "at": at, "place": "portal", "grade": "measured",
            "source": "run",
            "run_id": f"{id_}-{number}-{step}", "content_hash": f"{id_}-{chance.randrange(number + 3)}",
            "rows": 1000, "rows_changed": None, "columns": ["amount", "code"],
            "regions": self._regions() if regional else None,
            "live_read_at": at, "note": None, "recorded_at": at + late,
        }  # fmt: skip

    def _regions(self) -> list[str]:
        """All regions; in one of five events the last one is missing."""
        found = sorted(REGIONS)
        return found if self.chance.random() < 0.8 else found[:-1]

    def _chained(self, table: str, content: Values) -> Values:
        return self.chains.setdefault(table, Chain()).link(content)

    def _copy(self, table: str, rows: list[Values]) -> None:
        if not rows:
            return
        lines = io.StringIO("".join("\t".join(map(_plain, row.values())) + "\n" for row in rows))
        columns = ", ".join(f'"{name}"' for name in rows[0])
        with self.connection.cursor() as cursor:
            cursor.copy_expert(f"COPY {table} ({columns}) FROM STDIN", lines)
        self.connection.commit()
        self.counts[table] = self.counts.get(table, 0) + len(rows)


def _term(item: int) -> tuple[str, str]:
    """The terms in their proportions."""
    place = item * 37 % 100
    for frequency, due_rule, share in TERMS:
        place -= share
        if place < 0:
            return frequency, due_rule
    raise AssertionError(item)


def _planned(frequency: str, due_rule: str) -> list[PlannedDeadline]:
    term = Term.parse(frequency, due_rule)
    return list(plan(term, FIRST, None, date(2026, 12, 31), WorkingDays(), TZ))


CALENDARS = {(frequency, due_rule): _planned(frequency, due_rule) for frequency, due_rule, _ in TERMS}


def _body(number: int) -> Values:
    name = f"body-{number:04}"
    return {
        "id": f"b-{number:04}", "organization_id": name, "name": name, "code": f"1-{number:04}",
        "title": {"uz": f"Idora {number}", "ru": f"Орган {number}", "en": f"Body {number}"},
        "kind": KINDS[number % len(KINDS)], "recorded_at": APPROVED,
    }  # fmt: skip


def _dataset(id_: str) -> Values:
    return {
        "id": f"d-{id_}", "name": f"d-{id_}", "title": f"To‘plam {id_}", "type": "dataset", "state": "active",
        "private": False, "metadata_created": APPROVED, "metadata_modified": APPROVED, "extras": {},
    }  # fmt: skip


def _link(id_: str) -> Values:
    return {
        "id": f"p-{id_}", "obligation_id": id_, "dataset_id": f"d-{id_}", "place": "portal", "how": "mapping",
        "proposed_at": APPROVED, "proposed_by": "x", "confirmed_at": APPROVED + timedelta(days=20),
        "confirmed_by": "x",
    }  # fmt: skip


def _deadline(id_: str, number: int, one: PlannedDeadline) -> Values:
    """Written ahead: to the end of next year, year by year."""
    written = datetime(max(one.period.start.year - 1, 2020), 12, 20, 7, tzinfo=UTC)
    return {
        "id": f"{id_}-{number:02}", "obligation_id": id_, "list_version_id": "list", "kind": "period",
        "period_code": one.period.code, "period_start": one.period.start, "period_last": one.period.last,
        "due_at": one.due_at, "grace_days": one.grace.days, "recorded_at": written,
    }  # fmt: skip


def _plain(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, bool):
        return "t" if value else "f"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, date | datetime) else str(value)
