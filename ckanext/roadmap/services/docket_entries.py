"""Entries of a docket: put one in, change it, take it out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.docket import DocketStep, Stance
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.suggestion import TRANSITIONS, SuggestionState
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.model import Body, Docket, DocketEntry, DocketSuggestion, Suggestion
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services.dockets import take


@dataclass(frozen=True, slots=True)
class Matter:
    """What an entry says before the sitting."""

    title: Text
    suggestions: tuple[str, ...] = ()
    body: Body | None = None
    cost: Text = field(default_factory=Text)
    legal: Text = field(default_factory=Text)


def create(
    session: Session, now: datetime, docket: Docket, matter: Matter, deferred: DocketEntry | None = None
) -> DocketEntry:
    """Put an entry at the end of a draft docket; the caller commits.

    :param deferred: entry of an earlier docket that is taken up again
    :raises RoadmapError: the docket was sent, or a suggestion can't be put in it
    """
    take(session, docket, DocketStep.edit)
    if deferred is not None:
        _check_deferred(session, deferred)
    last = [row.position for row in session.scalars(DocketEntry.of_docket(docket.id))]
    entry = DocketEntry(
        id=new_id(),
        docket_id=docket.id,
        position=max(last, default=0) + 1,
        deferred_from_id=deferred.id if deferred else None,
        created_at=now,
        opinion={},
        decision_text={},
    )
    if deferred is not None:
        entry.stance, entry.opinion = deferred.stance, deferred.opinion
        entry.opinion_by, entry.opinion_at = deferred.opinion_by, deferred.opinion_at
    found = _suggestions(session, matter.suggestions, entry.id)
    _fill(entry, matter, found)
    session.add(entry)
    session.flush()
    _link(session, entry, found)
    return entry


def update(session: Session, docket: Docket, entry: DocketEntry, matter: Matter) -> None:
    """Change an entry of a draft docket; the caller commits.

    :raises RoadmapError: the docket was sent, or a suggestion can't be put in it
    """
    take(session, docket, DocketStep.edit)
    found = _suggestions(session, matter.suggestions, entry.id)
    body_before = entry.body_id
    _fill(entry, matter, found)
    if entry.body_id != body_before:
        entry.stance, entry.opinion, entry.opinion_by, entry.opinion_at = None, {}, None, None
    session.execute(DocketSuggestion.remove(entry.id))
    _link(session, entry, found)


def move(session: Session, docket: Docket, entry: DocketEntry, position: int) -> None:
    """Give an entry of a draft docket another place; the caller commits.

    :raises RoadmapError: the docket was sent
    """
    take(session, docket, DocketStep.edit)
    rows = [row for row in session.scalars(DocketEntry.of_docket(docket.id)) if row.id != entry.id]
    rows.insert(max(position, 1) - 1, entry)
    _number(rows)
    session.flush()


def delete(session: Session, docket: Docket, entry: DocketEntry) -> None:
    """Take an entry out of a draft docket; its suggestions stay in the box. The caller commits.

    :raises RoadmapError: the docket was sent
    """
    take(session, docket, DocketStep.edit)
    session.execute(DocketSuggestion.remove(entry.id))
    session.delete(entry)
    session.flush()
    _number(list(session.scalars(DocketEntry.of_docket(docket.id))))
    session.flush()


def give_opinion(
    session: Session, now: datetime, docket: Docket, entry: DocketEntry, stance: Stance, text: Text, by: str
) -> None:
    """Record what the body says of an entry; until the first decision it may be said anew.

    The caller commits.

    :raises RoadmapError: the commission has begun to decide
    """
    take(session, docket, DocketStep.opine)
    entry.stance, entry.opinion = stance, text.to_dict()
    entry.opinion_by, entry.opinion_at = by, now
    session.flush()


def suggestions_of(session: Session, entry: DocketEntry) -> list[Suggestion]:
    """The suggestions of an entry, by number."""
    return [row for _id, row in session.execute(DocketSuggestion.of_entries([entry.id])).tuples()]


def _fill(entry: DocketEntry, matter: Matter, found: Sequence[Suggestion]) -> None:
    title = matter.title.to_dict() or (_title(found[0]) if found else {})
    if not title:
        raise RoadmapError("docket_title_missing", "The entry has no title. Give one, or name a suggestion.")
    entry.title, entry.cost, entry.legal = title, matter.cost.to_dict(), matter.legal.to_dict()
    entry.body_id = matter.body.id if matter.body else next((row.body_id for row in found), None)


def _title(suggestion: Suggestion) -> dict[str, str]:
    return Text.from_dict({suggestion.lang: suggestion.title}).to_dict() or {"uz": suggestion.title}


def _suggestions(session: Session, numbers: Sequence[str], entry_id: str) -> list[Suggestion]:
    """The suggestions of these numbers, which wait in the box and in no other docket."""
    return [_waiting(session, number, entry_id) for number in dict.fromkeys(numbers)]


def _waiting(session: Session, number: str, entry_id: str) -> Suggestion:
    found = session.scalars(Suggestion.by_number(number)).first()
    if found is None:
        text = f"There is no suggestion {number}. Check the number."
        raise RoadmapError("docket_suggestion_unknown", text, number=number)
    if SuggestionState.in_docket not in TRANSITIONS[SuggestionState(found.state)]:
        text = f"Suggestion {number} is {found.state}. Only open or deferred ones are put in a docket."
        raise RoadmapError("docket_suggestion_state", text, number=number, state=found.state)
    elsewhere = [
        docket for docket, id in session.execute(DocketSuggestion.undecided(found.id)) if id != entry_id
    ]
    if elsewhere:
        text = f"Suggestion {number} stands in docket {elsewhere[0]} already. Take it out there first."
        raise RoadmapError("docket_suggestion_taken", text, number=number, docket=elsewhere[0])
    return found


def _check_deferred(session: Session, deferred: DocketEntry) -> None:
    if deferred.decision != "defer" or session.scalars(DocketEntry.carried_over(deferred.id)).first():
        text = "Only a deferred entry that no later docket holds is taken up again. Add a new entry instead."
        raise RoadmapError("docket_not_deferred", text)


def _link(session: Session, entry: DocketEntry, found: Sequence[Suggestion]) -> None:
    for suggestion in found:
        session.add(DocketSuggestion(id=new_id(), entry_id=entry.id, suggestion_id=suggestion.id))
    session.flush()


def _number(rows: Sequence[DocketEntry]) -> None:
    for position, row in enumerate(rows, start=1):
        row.position = position
