"""Fix first: what one good publication would raise, found by the status rule itself on facts that hold it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from ckanext.roadmap.domain import shares
from ckanext.roadmap.domain.assessment import Assessment
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.event import DataEvent, EventKind
from ckanext.roadmap.domain.facts import Facts
from ckanext.roadmap.domain.figures import is_in_force, standing_of
from ckanext.roadmap.domain.shares import Share

_IMAGINED = "imagined"


@dataclass(frozen=True, slots=True)
class Outlook:
    """The three shares, or by how much they rise; `kept` as it will be at the quarter's end. Addable."""

    published: Share = Share(0, 0)
    current: Share = Share(0, 0)
    kept: Share = Share(0, 0)

    @property
    def weight(self) -> int:
        """What repairs are ranked by: one for each obligation or deadline that a share gains."""
        return self.published.met + self.current.met + self.kept.met

    def __add__(self, other: Outlook) -> Outlook:
        return Outlook(self.published + other.published, self.current + other.current, self.kept + other.kept)


Rule = Callable[[Facts, datetime], tuple[Assessment, ...]]


def outlook(
    facts: Facts, rows: Sequence[Assessment], quarter: Period, tz: tzinfo, as_of: datetime
) -> Outlook:
    """The three shares of one obligation, now."""
    if not is_in_force(facts, as_of):
        return Outlook(kept=_kept_at_last(rows, quarter, tz))
    return Outlook(
        published=shares.published([standing_of(facts, rows, as_of)]).share,
        current=shares.current(rows, as_of).share,
        kept=_kept_at_last(rows, quarter, tz),
    )


def gain(facts: Facts, rule: Rule, quarter: Period, tz: tzinfo, as_of: datetime) -> Outlook:
    """What publishing all that is asked for, now, would change in the shares of one obligation."""
    if not is_in_force(facts, as_of):
        return Outlook()
    before = outlook(facts, rule(facts, as_of), quarter, tz, as_of)
    after_facts = repaired(facts, as_of)
    after = outlook(after_facts, rule(after_facts, as_of), quarter, tz, as_of)
    return Outlook(
        _more(before.published, after.published),
        _more(before.current, after.current),
        _more(before.kept, after.kept),
    )


def repaired(facts: Facts, as_of: datetime) -> Facts:
    """The same facts with a publication at `as_of` that lacks nothing: every place, column and region."""
    asked = [facts.requirements, *facts.revisions.values()]
    events = tuple(
        DataEvent(
            id=f"{_IMAGINED}-{place}",
            kind=EventKind.changed,
            at=as_of,
            recorded_at=as_of,
            place=place,
            content_hash=_IMAGINED,
            columns=frozenset[str]().union(*(one.columns for one in asked)),
            regions=frozenset[str]().union(*(one.regions for one in asked)),
            linked_at=as_of,
        )
        for place in sorted({place for one in asked for place in one.places})
    )
    return replace(
        facts,
        events=facts.events + events,
        published_from=min(facts.published_from or as_of, as_of),
        published_until=None,
    )


def ranked(repairs: Iterable[tuple[str, Outlook]]) -> list[tuple[str, Outlook]]:
    """Repairs by their keys, those that raise nothing left out, the heaviest first, alike ones by key."""
    found = [(key, one) for key, one in repairs if one.weight > 0]
    return sorted(
        found, key=lambda pair: (-pair[1].weight, -pair[1].current.met, -pair[1].published.met, pair[0])
    )


def steps_to(share: Share, gains: Iterable[Share], percent: float) -> int | None:
    """How many repairs, in this order, lift a share to so many percent; None where all of them do not."""
    for count, more in enumerate([Share(0, 0), *gains]):
        share += more
        if share.of and 100 * share.met >= percent * share.of:
            return count
    return None


def _kept_at_last(rows: Sequence[Assessment], quarter: Period, tz: tzinfo) -> Share:
    """Of all deadlines whose grace ends in the quarter, also those ahead."""
    return shares.kept(rows, quarter, tz, quarter.end_at(tz)).share


def _more(before: Share, now: Share) -> Share:
    return Share(now.met - before.met, now.of - before.of)
