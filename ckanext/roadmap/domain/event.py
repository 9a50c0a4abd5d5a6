"""Data events: what really happened to a publication, append-only (DESIGN section 2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.content import Label


class EventKind(StrEnum):
    """What happened."""

    changed = "changed"
    unchanged = "unchanged"
    attested = "attested"
    failed = "failed"
    withdrawn = "withdrawn"

    @property
    def shows_data(self) -> bool:
        """Whether it tells that the data are there."""
        return self in (EventKind.changed, EventKind.unchanged, EventKind.attested)


class Grade(StrEnum):
    """How we know: we hashed the bytes, somebody said so, an officer signed it, or not at all."""

    measured = "measured"
    declared = "declared"
    attested = "attested"
    unknown = "unknown"


class Place(StrEnum):
    """Where an item must appear (DP-6247 annex 1: the portal, the official web site, or both)."""

    portal = "portal"
    site = "site"


@dataclass(slots=True, unsafe_hash=True)
class DataEvent:
    """One fact about the data that answer an obligation.

    `at` is when we first saw the data public, never a declared date. `columns` and `regions` are what was
    measured in the data of this very event (None: not measured); an attestation carries what the table held
    when it was signed. `covers` is the period that the data's own period column tells. The event is known
    from the later of `recorded_at` and `linked_at` (when its link was confirmed, if not with the first link),
    and until `unlinked_at` (when the link was revoked as mistaken). `label`: what was odd in the content.
    Nobody changes one; it is not frozen since millions are made, and that would take four times as long.
    """

    id: str
    kind: EventKind
    at: datetime
    recorded_at: datetime
    place: Place = Place.portal
    content_hash: str | None = None
    rows: int | None = None
    columns: frozenset[str] | None = None
    regions: frozenset[str] | None = None
    grade: Grade = Grade.measured
    live_read_at: datetime | None = None
    covers: Period | None = None
    rows_changed: int | None = None
    source: str | None = None
    run_id: str | None = None
    dataset_id: str | None = None
    linked_at: datetime | None = None
    unlinked_at: datetime | None = None
    label: Label | None = None
