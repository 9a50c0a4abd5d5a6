"""Which regions the data of a territorial obligation hold (DESIGN section 5, "Territory")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from ckanext.roadmap.domain.event import DataEvent, EventKind, Grade, Place
from ckanext.roadmap.domain.facts import Facts, Requirements, known, sighted
from ckanext.roadmap.domain.region import REGIONS


class Held(StrEnum):
    """What is known of one region in the data: `partly` speaks of several obligations together."""

    covered = "covered"
    partly = "partly"
    missing = "missing"
    unknown = "unknown"
    no_data = "no_data"


class Basis(StrEnum):
    """What the knowledge rests on: data measured by region, or why there is none."""

    measured = "measured"
    undefined = "undefined"
    unmeasured = "unmeasured"
    no_data = "no_data"


_WITHOUT = {Basis.undefined: Held.unknown, Basis.unmeasured: Held.unknown, Basis.no_data: Held.no_data}
_SHOWS_DATA = frozenset({EventKind.changed, EventKind.unchanged, EventKind.withdrawn})


@dataclass(frozen=True, slots=True)
class Coverage:
    """The regions that the newest data hold, and the event that shows it."""

    basis: Basis
    regions: frozenset[str] = frozenset()
    event: DataEvent | None = None

    def of(self, region: str) -> Held:
        """What is known of one region; without measured data it is never covered."""
        if self.basis is not Basis.measured:
            return _WITHOUT[self.basis]
        return Held.covered if region in self.regions else Held.missing

    @property
    def missing(self) -> tuple[str, ...]:
        """The codes of the regions that measured data lack."""
        return tuple(sorted(REGIONS - self.regions)) if self.basis is Basis.measured else ()


def coverage(facts: Facts, required: Requirements, as_of: datetime) -> Coverage:
    """The regions in the newest data of every place where the item must appear.

    Newer data replace older ones also where they hold less: a region that was dropped is missing again.
    """
    seen = known(facts, as_of)
    shown = [event for event in seen.events if event.kind in _SHOWS_DATA]
    newest = {sighted(event): event for event in shown}.values()
    standing = [event for event in newest if event.kind is not EventKind.withdrawn]
    by_place = {event.place: event for event in sorted(standing, key=lambda event: event.at)}
    found = [by_place.get(place) for place in sorted(required.places or {Place.portal})]
    there = [event for event in found if event is not None]
    if len(there) < len(found) or seen.published_until is not None:
        return Coverage(Basis.no_data, event=there[-1] if there else None)
    last = max(there, key=lambda event: event.at)
    if required.is_coverage_undefined:
        return Coverage(Basis.undefined, event=last)
    measured = [frozenset(one.regions) for one in there if one.regions is not None and _is_seen(one)]
    if len(measured) < len(there):
        return Coverage(Basis.unmeasured, event=last)
    return Coverage(Basis.measured, REGIONS.intersection(*measured), last)


def together(held: Iterable[Held]) -> Held:
    """What several obligations come to in one region: covered only if all of them cover it."""
    counts = Counter(held)
    if len(counts) == 1:
        return next(iter(counts))
    if counts[Held.covered]:
        return Held.partly
    return next((one for one in (Held.missing, Held.unknown) if counts[one]), Held.no_data)


def _is_seen(event: DataEvent) -> bool:
    return event.grade is Grade.measured
