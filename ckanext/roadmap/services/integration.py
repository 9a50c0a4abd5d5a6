"""The share of systems and obligations that publish automatically, over time, and what to connect next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.body import resolve
from ckanext.roadmap.domain.calendar import quarter_of, start_of_day
from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.domain.system import (
    Candidate,
    Dividend,
    Manual,
    Stage,
    Step,
    dividends,
    share_of_obligations,
    share_of_systems,
    stage_at,
)
from ckanext.roadmap.domain.term import Frequency
from ckanext.roadmap.model import (
    Body,
    Item,
    ItemRevision,
    Obligation,
    ObligationTerm,
    Publication,
    System,
    SystemStepRow,
)
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services.bodies import load_register

QUARTERS = 8


@dataclass(frozen=True, slots=True)
class Span:
    """An obligation under one list version."""

    obligation_id: str
    body_id: str
    item: str
    frequency: Frequency
    first: date
    ended: date | None

    def holds(self, at: date) -> bool:
        """Whether it is in force on a day."""
        return self.first <= at and (self.ended is None or at < self.ended)


@dataclass(frozen=True, slots=True)
class Link:
    """A confirmed dataset of an obligation that a connection fills."""

    obligation_id: str
    connection: str
    since: datetime
    until: datetime | None

    def stands(self, at: datetime) -> bool:
        """Whether it stood at an instant."""
        return self.since <= at and (self.until is None or at < self.until)


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the figures are made of, read once."""

    systems: tuple[tuple[System, Body], ...]
    steps: dict[str, list[Step]]
    spans: tuple[Span, ...]
    links: tuple[Link, ...]
    tz: tzinfo

    def of(self, body_id: str) -> Picture:
        """What of it is one body's."""
        return replace(
            self,
            systems=tuple(pair for pair in self.systems if pair[1].id == body_id),
            spans=tuple(span for span in self.spans if span.body_id == body_id),
        )

    def stages(self, at: datetime) -> dict[str, Stage | None]:
        """The stage of each system at an instant, by id."""
        return {system.id: stage_at(self.steps[system.id], at) for system, _ in self.systems}

    def in_force(self, at: datetime) -> dict[str, Span]:
        """Obligations in force at an instant, by id."""
        day = at.astimezone(self.tz).date()
        return {span.obligation_id: span for span in self.spans if span.holds(day)}

    def automatic(self, at: datetime) -> frozenset[str]:
        """Obligations that a live system answered at an instant."""
        stages = self.stages(at)
        live = {one.connection for one, _ in self.systems if stages[one.id] is Stage.live}
        return frozenset(
            link.obligation_id for link in self.links if link.connection in live and link.stands(at)
        )

    def shares(self, at: datetime) -> tuple[Share, Share]:
        """The share of systems and of obligations at an instant."""
        return share_of_systems(self.stages(at).values()), share_of_obligations(
            self.automatic(at), self.in_force(at)
        )


def look(session: Session, tz: tzinfo) -> Picture:
    """Read systems, stages, obligations and the datasets that connections fill; four statements."""
    systems = tuple(session.execute(System.all_rows()).tuples())
    steps: dict[str, list[Step]] = defaultdict(list)
    for row in session.scalars(SystemStepRow.in_order()):
        since = max(start_of_day(row.reached, tz), row.recorded_at)
        steps[row.system_id].append(Step(Stage(row.stage), since))
    return Picture(systems, steps, tuple(_spans(session)), tuple(_links(session)), tz)


def by_body(picture: Picture, at: datetime, also: Iterable[Body] = ()) -> list[tuple[Body, Share, Share]]:
    """Both shares of each body that has a system, in the order of the codes.

    :param also: further bodies: those that said that they have none
    """
    stages, automatic = picture.stages(at), picture.automatic(at)
    systems: dict[str, list[Stage | None]] = defaultdict(list)
    owed: dict[str, list[str]] = defaultdict(list)
    for one, body in picture.systems:
        systems[body.id].append(stages[one.id])
    for span in picture.in_force(at).values():
        owed[span.body_id].append(span.obligation_id)
    named = {body.id: body for body in (*also, *(body for _, body in picture.systems))}
    bodies = sorted(named.values(), key=lambda body: body.code)
    return [
        (body, share_of_systems(systems[body.id]), share_of_obligations(automatic, owed[body.id]))
        for body in bodies
    ]


def trend(picture: Picture, at: datetime) -> list[tuple[str, Share, Share]]:
    """Both shares at the end of each of the last quarters, and of the running one so far; oldest first."""
    quarter, found = quarter_of(at.astimezone(picture.tz).date()), list[tuple[str, Share, Share]]()
    for _ in range(QUARTERS):
        found.append((quarter.code, *picture.shares(min(at, quarter.end_at(picture.tz)))))
        quarter = quarter_of(quarter.start - timedelta(days=1))
    return found[::-1]


def ranked(session: Session, picture: Picture, at: datetime) -> tuple[Dividend, ...]:
    """Systems not live yet, by what connecting them brings."""
    register, day = load_register(session), at.astimezone(picture.tz).date()
    automatic, spans, stages = picture.automatic(at), picture.in_force(at), picture.stages(at)
    candidates = [
        Candidate(one.code, resolve(body.id, register.successions, day), frozenset(one.items))
        for one, body in picture.systems
        if stages[one.id] not in (None, Stage.live, Stage.retired)
    ]
    manual = [
        Manual(span.obligation_id, span.body_id, span.item, span.frequency)
        for span in spans.values()
        if span.obligation_id not in automatic
    ]
    return dividends(candidates, manual, len(spans) - len(manual))


def _spans(session: Session) -> Iterable[Span]:
    term = ObligationTerm
    query = (
        sa.select(
            term.obligation_id, Obligation.body_id, Item.code, ItemRevision.frequency,
            term.in_force_from, term.in_force_to,
        )
        .join(Obligation, Obligation.id == term.obligation_id)
        .join(Item, Item.id == Obligation.item_id)
        .join(ItemRevision, ItemRevision.id == term.revision_id)
    )  # fmt: skip
    for id_, body_id, item, frequency, first, ended in session.execute(query).tuples():
        yield Span(id_, body_id, item, Frequency(frequency), first, ended)


def _links(session: Session) -> Iterable[Link]:
    query = (
        sa.select(Publication, Mapping.connection)
        .join(Mapping, Mapping.dataset_id == Publication.dataset_id)
        .where(Publication.confirmed_at.is_not(None))
    )
    for row, connection in session.execute(query).tuples():
        if row.confirmed_at is not None:
            yield Link(row.obligation_id, connection, row.confirmed_at, row.revoked_at)
