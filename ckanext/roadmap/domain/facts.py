"""All that the status rule is told about one obligation, and what of it was known at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from operator import attrgetter

from ckanext.roadmap.domain.deadline import Deadline
from ckanext.roadmap.domain.event import DataEvent, EventKind, Place
from ckanext.roadmap.domain.notice import Exemption, Fault, Force, Notice, Objection

MEASURED = "mapping"  # stands for a column of regions that a mapping named


@dataclass(frozen=True, slots=True)
class Requirements:
    """What an item's revision asks of an event.

    `attestation_limit` is how many deadlines in a row may be met by attestation alone; changes and monthly
    confirmations of continuous terms know no limit. `regions` must all be measured for a territorial item;
    without a `region_column` its coverage is undefined, until `measured_from`: from then on a mapping told
    the regions that its events measured.
    """

    unchanged_allowed: bool = False
    columns: frozenset[str] = frozenset()
    places: frozenset[Place] = frozenset({Place.portal})
    territorial: bool = False
    regions: frozenset[str] = frozenset()
    attestation_limit: int = 1
    region_column: str | None = None
    measured_from: datetime | None = None

    @property
    def is_coverage_undefined(self) -> bool:
        """Whether nobody can measure the regions that must be covered."""
        return self.territorial and not self.region_column


@dataclass(frozen=True, slots=True)
class Facts:
    """The inputs of the rule for one obligation, in any order.

    `published_from` is when the first confirmed link was recorded, `published_until` when the last one was
    revoked; where links began and ended more than once, `links` tells each one's time, and these two are not
    asked. `requirements` hold for deadlines whose `revision_id` is not in `revisions`. Without `forces`
    the obligation is taken to be in force at every deadline given.
    """

    deadlines: tuple[Deadline, ...]
    events: tuple[DataEvent, ...] = ()
    requirements: Requirements = field(default_factory=Requirements)
    published_from: datetime | None = None
    published_until: datetime | None = None
    notices: tuple[Notice, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    objections: tuple[Objection, ...] = ()
    faults: tuple[Fault, ...] = ()
    forces: tuple[Force, ...] = ()
    revisions: Mapping[str, Requirements] = field(default_factory=dict[str, Requirements])
    links: tuple[tuple[datetime, datetime | None], ...] = ()

    def required(self, deadline: Deadline) -> Requirements:
        """The requirements of the revision that the deadline was written under."""
        return self.revisions.get(deadline.revision_id or "", self.requirements)


def known(facts: Facts, as_of: datetime) -> Facts:
    """What was recorded by `as_of`, in the order of time; nothing later is seen."""
    return Memory(facts).at(as_of)


class Memory:
    """The facts in the order of time, to be asked of several instants what was known then."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.deadlines = sorted(facts.deadlines, key=_age)
        self.events = [(event, seen_from(event, facts)) for event in sorted(facts.events, key=_moment)]
        self.notices = sorted(facts.notices, key=_recording)

    def at(self, as_of: datetime) -> Facts:
        """What was recorded by an instant; nothing later is seen."""
        facts = self.facts
        return Facts(
            deadlines=tuple([row for row in self.deadlines if _is_written(row, as_of)]),
            events=tuple([event for event, since in self.events if _is_known(event, since, as_of)]),
            published_from=_past(facts.published_from, as_of),
            published_until=_past(facts.published_until, as_of),
            notices=tuple(n for n in self.notices if n.recorded_at <= as_of),
            exemptions=tuple(
                e for e in facts.exemptions if e.recorded_at <= as_of and not _past(e.revoked_at, as_of)
            ),
            objections=tuple(
                o for o in facts.objections if o.recorded_at <= as_of and not _past(o.ruled_at, as_of)
            ),
            faults=tuple(fault for fault in facts.faults if fault.recorded_at <= as_of),
            forces=tuple(known_force(force, as_of) for force in facts.forces if force.recorded_at <= as_of),
            requirements=_measured(facts.requirements, as_of),
            revisions={id_: _measured(required, as_of) for id_, required in facts.revisions.items()},
            links=facts.links,
        )


def is_published(facts: Facts, as_of: datetime) -> bool:
    """Whether a confirmed public dataset was live at `as_of`: linked, seen, and not withdrawn everywhere.

    Unknown is never compliant: where nobody has seen any data, a link alone publishes nothing. A dataset was
    taken at its link's word up to version 4 of the rule (`was_promised`).
    """
    return is_linked(facts, as_of) and is_live(_newest(facts, as_of))


def was_promised(facts: Facts, as_of: datetime) -> bool:
    """The same by versions 1 to 4 of the rule: a link stood for data until they were withdrawn."""
    newest = set(_newest(facts, as_of))
    return is_linked(facts, as_of) and (not newest or is_live(newest))


def published_by(version: str) -> Callable[[Facts, datetime], bool]:
    """Whether data were public, by a version of the rule."""
    return was_promised if version in _PROMISED else is_published


_PROMISED = frozenset({"1", "2", "3", "4"})


def _newest(facts: Facts, as_of: datetime) -> Iterable[EventKind]:
    newest: dict[Sighted, DataEvent] = {}
    for event in facts.events:
        if event.kind in SHOWS_DATA and _is_seen(event, facts, as_of):
            newest[sighted(event)] = max(newest.get(sighted(event), event), event, key=_moment)
    return [event.kind for event in newest.values()]


def is_live(newest: Iterable[EventKind]) -> bool:
    """Whether the newest sights of datasets at their places leave one of them."""
    return any(kind is not EventKind.withdrawn for kind in newest)


Sighted = tuple[Place, str | None]


def sighted(event: DataEvent) -> Sighted:
    """What an event speaks of: one dataset that is taken away takes nothing of another away."""
    return event.place, event.dataset_id


SHOWS_DATA = frozenset({EventKind.changed, EventKind.unchanged, EventKind.withdrawn})


def seen_from(event: DataEvent, facts: Facts) -> datetime | None:
    """The instant from which an event is known (None: never), if its link was not revoked before."""
    linked_at = event.linked_at or facts.published_from
    if linked_at is None:
        return None
    known_at = event.recorded_at if event.recorded_at >= event.at else event.at
    return known_at if known_at >= linked_at else linked_at


def is_linked(facts: Facts, as_of: datetime) -> bool:
    """Whether a confirmed link stood."""
    if facts.links:
        return any(since <= as_of and not _past(until, as_of) for since, until in facts.links)
    return bool(_past(facts.published_from, as_of)) and not _past(facts.published_until, as_of)


def _is_written(deadline: Deadline, as_of: datetime) -> bool:
    is_recorded = deadline.recorded_at is None or deadline.recorded_at <= as_of
    return is_recorded and not _past(deadline.overtaken_at, as_of)


def _measured(required: Requirements, as_of: datetime) -> Requirements:
    if required.region_column is None and _past(required.measured_from, as_of):
        return replace(required, region_column=MEASURED)
    return required


def _past(instant: datetime | None, as_of: datetime) -> datetime | None:
    return instant if instant is not None and instant <= as_of else None


def _is_seen(event: DataEvent, facts: Facts, as_of: datetime) -> bool:
    return _is_known(event, seen_from(event, facts), as_of)


def _is_known(event: DataEvent, since: datetime | None, as_of: datetime) -> bool:
    if since is None or since > as_of:
        return False
    return event.unlinked_at is None or event.unlinked_at > as_of


def known_force(force: Force, as_of: datetime) -> Force:
    """A span as it was known: its end counts from when it was recorded."""
    is_open = force.until_recorded_at is not None and force.until_recorded_at > as_of
    return replace(force, until=None) if is_open else force


_age = attrgetter("end_at", "kind", "id")
_moment = attrgetter("at", "recorded_at", "id")


def _recording(notice: Notice) -> tuple[datetime, str, str]:
    return notice.recorded_at, notice.kind, str(notice.due_at)
