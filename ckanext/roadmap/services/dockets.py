"""Dockets of sittings: make one, send it to the commission, close it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain import docket as rules
from ckanext.roadmap.domain.docket import DocketState, DocketStep
from ckanext.roadmap.domain.suggestion import TRANSITIONS, SuggestionState
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.model import (
    Docket,
    DocketEntry,
    DocketSuggestion,
    ListVersion,
    Suggestion,
    SuggestionSecond,
)
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import suggestions


@dataclass(frozen=True, slots=True)
class Sitting:
    """When and where the commission sits, who leads and attends, and which draft it fills."""

    day: date
    place: Text = field(default_factory=Text)
    chair: str | None = None
    secretary: str | None = None
    present: tuple[str, ...] = ()
    version: ListVersion | None = None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What may be put in a docket: suggestions with their voices, deferred entries with their docket."""

    suggestions: list[tuple[Suggestion, int]]
    entries: list[tuple[DocketEntry, str]]


def waiting(session: Session) -> Waiting:
    """What may be put in a docket, what most people stand behind first."""
    states = [state for state, then in TRANSITIONS.items() if SuggestionState.in_docket in then]
    voices: dict[str, int] = dict(session.execute(SuggestionSecond.counts()).tuples().all())
    placed = set(session.scalars(DocketSuggestion.in_undecided()))
    free = [row for row in session.scalars(Suggestion.in_states(states)) if row.id not in placed]
    counted = [(row, voices.get(row.id, 0)) for row in free]
    counted.sort(key=lambda pair: -pair[1])
    return Waiting(counted, list(session.execute(DocketEntry.waiting()).tuples()))


def take(session: Session, docket: Docket, step: DocketStep) -> None:
    """Take a docket in hand for a step: nobody else changes dockets until the transaction ends.

    :raises RoadmapError: the step may not be taken from where it stands
    """
    session.execute(Docket.lock())
    session.refresh(docket)
    rules.require(step, docket.state, docket.number)


def create(session: Session, now: datetime, sitting: Sitting, by: str) -> Docket:
    """Begin the docket of a sitting under the next number of its year; the caller commits."""
    session.execute(Docket.lock())
    taken = [docket.number for docket in session.scalars(Docket.select_all())]
    docket = Docket(
        id=new_id(),
        number=rules.number_of(sitting.day.year, taken),
        state=DocketState.draft,
        created_by=by,
        created_at=now,
    )
    _describe(docket, sitting)
    session.add(docket)
    session.flush()
    return docket


def update(session: Session, docket: Docket, sitting: Sitting) -> None:
    """Change what is said of a sitting; its day and list only until the first decision. The caller commits.

    :raises RoadmapError: it is closed, or was held and its day or list would change
    """
    take(session, docket, DocketStep.describe)
    list_id = sitting.version.id if sitting.version else None
    if (docket.sitting_date, docket.list_version_id) != (sitting.day, list_id):
        rules.require(DocketStep.move, docket.state, docket.number)
    _describe(docket, sitting)
    session.flush()


def send(session: Session, now: datetime, docket: Docket, by: str) -> None:
    """Send a docket to the commission, and tell the authors that their suggestions are in it.

    The caller commits.

    :raises RoadmapError: it is no draft, holds no entry, or a suggestion can't be put in a docket any more
    """
    take(session, docket, DocketStep.send)
    entries = list(session.scalars(DocketEntry.of_docket(docket.id)))
    rules.check_sendable(docket.number, len(entries))
    docket.state, docket.sent_at, docket.sent_by = DocketState.sent, now, by
    for _entry, suggestion in session.execute(DocketSuggestion.of_entries([row.id for row in entries])):
        suggestions.step(session, suggestion, SuggestionState.in_docket, docket.number, by, now)
    session.flush()


def close(session: Session, now: datetime, docket: Docket, by: str) -> None:
    """Close a docket whose every entry is decided; the caller commits.

    :raises RoadmapError: it was not held, or an entry has no decision
    """
    take(session, docket, DocketStep.close)
    entries = session.scalars(DocketEntry.of_docket(docket.id))
    rules.check_closable(docket.number, [row.position for row in entries if row.decision is None])
    docket.state, docket.closed_at, docket.closed_by = DocketState.closed, now, by
    session.flush()


def _describe(docket: Docket, sitting: Sitting) -> None:
    docket.sitting_date, docket.place = sitting.day, sitting.place.to_dict()
    docket.chair, docket.secretary = sitting.chair, sitting.secretary
    docket.present = list(sitting.present)
    docket.list_version_id = sitting.version.id if sitting.version else None
