"""What the events of all places come to for each deadline of one obligation (DESIGN section 5)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.event import DataEvent, Place
from ckanext.roadmap.domain.facts import Facts
from ckanext.roadmap.domain.qualification import Refusal
from ckanext.roadmap.domain.reason import Reason
from ckanext.roadmap.domain.sweep import Slot, open_slots, sweep

_PLACE_MISSING = {Place.portal: Reason.portal_missing, Place.site: Reason.site_unmeasured}


@dataclass(frozen=True, slots=True)
class Finding:
    """What the events of all places come to for one deadline."""

    event: DataEvent | None
    reason: Reason
    missing: tuple[str, ...] = ()
    nearest: DataEvent | None = None
    met: tuple[DataEvent, ...] = ()


NOTHING = Finding(None, Reason.no_event)


def findings(
    deadlines: Sequence[Deadline], seen: Facts, freed: Collection[str], confirms: bool
) -> dict[str, Finding]:
    """What the events come to, by deadline: every place of the item must be met, and counts when the last is.

    :param freed: ids of the deadlines that a decision freed, which take nothing from those that count
    :param confirms: whether what publishes a change of a continuous term confirms a month too
    """
    rows = [(deadline, seen.required(deadline)) for deadline in deadlines]
    slots: dict[str, list[tuple[Place, Slot]]] = {deadline.id: [] for deadline in deadlines}
    for place in sorted({place for _, required in rows for place in required.places}):
        events = [event for event in seen.events if event.place is place]
        named = open_slots([row for row in rows if place in row[1].places], events, freed)
        sweep(named, events, confirms)
        for slot in named:
            slots[slot.deadline.id].append((place, slot))
    none = Reason.no_event if seen.published_from or seen.events else Reason.no_publication
    return {deadline_id: _finding(found, none) for deadline_id, found in slots.items()}


def _finding(slots: Sequence[tuple[Place, Slot]], none: Reason) -> Finding:
    met = [slot.met for _, slot in slots if slot.met is not None]
    if slots and len(met) == len(slots):
        return Finding(max(met, key=lambda event: event.at), Reason.qualified, met=tuple(met))
    near, lack = _nearest([slot for _, slot in slots if slot.met is None])
    if lack is not None:
        return Finding(None, lack.reason, lack.missing, near)
    if not met:
        return Finding(None, none)
    places = tuple(place for place, slot in slots if slot.met is None)
    return Finding(None, _PLACE_MISSING[places[0]], tuple(map(str, places)), met[-1])


def _nearest(slots: Sequence[Slot]) -> tuple[DataEvent | None, Refusal | None]:
    told = [slot for slot in slots if slot.lack is not None]
    best = max(told, key=lambda slot: slot.lack.reason.rank if slot.lack else 0, default=None)
    return (best.near, best.lack) if best else (None, None)
