"""Decisions of the commission on the entries of a docket, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from ckanext.roadmap.domain import docket as rules
from ckanext.roadmap.domain.docket import Decision, DocketState, DocketStep, Votes
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.suggestion import SuggestionState
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.model import Docket, DocketEntry, ListVersion
from ckanext.roadmap.services import list_items, suggestions
from ckanext.roadmap.services.bodies import Register
from ckanext.roadmap.services.docket_entries import suggestions_of
from ckanext.roadmap.services.dockets import take
from ckanext.roadmap.services.item_changes import Hand

STATES = {
    Decision.accept: SuggestionState.accepted,
    Decision.reject: SuggestionState.rejected,
    Decision.defer: SuggestionState.deferred,
}


@dataclass(frozen=True, slots=True)
class Resolution:
    """What was decided, in what words, by how many votes, and as which item it enters the draft."""

    decision: Decision
    text: Text
    votes: Votes | None
    cells: Mapping[str, str]


def decide(
    session: Session,
    hand: Hand,
    today: date,
    docket: Docket,
    entry: DocketEntry,
    resolution: Resolution,
    register: Register,
    by: str,
) -> None:
    """Record the decision on an entry, write its draft item and tell the authors; the caller commits.

    :param hand: who writes the draft item, and when all this happens
    :param today: the present day by the legal calendar
    :param by: id of who records the decision
    :raises ListError: a cell of the draft item that can't be taken
    :raises RoadmapError: the docket was not sent, the sitting is still to come, the entry is decided
        already, a rejection has no reason, the votes cannot be, or the docket feeds no draft
    """
    take(session, docket, DocketStep.decide)
    session.refresh(entry)
    rules.check_sitting(docket.number, docket.sitting_date, today)
    _check(docket, entry, resolution)
    if resolution.decision is Decision.accept:
        list_items.create(session, hand, _draft(session, docket), resolution.cells, register)
        entry.item_code = resolution.cells["code"]
    entry.decision, entry.decision_text = resolution.decision, resolution.text.to_dict()
    entry.decided_at, entry.decided_by = hand.at, by
    if votes := resolution.votes:
        entry.votes_for, entry.votes_against = votes.in_favour, votes.against
        entry.votes_abstained = votes.abstained
    docket.state = DocketState.held
    session.flush()
    for one in suggestions_of(session, entry):
        words = resolution.text.pick(one.lang)
        code = entry.item_code
        suggestions.step(session, one, STATES[resolution.decision], words, by, hand.at, item_code=code)


def _check(docket: Docket, entry: DocketEntry, resolution: Resolution) -> None:
    if entry.decision is not None:
        text = f"Entry {entry.position} of docket {docket.number} is decided already. A decision is final."
        raise RoadmapError("docket_decided", text, docket=docket.number, entry=entry.position)
    reason = resolution.text.pick("uz")
    rules.check_decision(resolution.decision, reason, resolution.votes, len(docket.present))


def _draft(session: Session, docket: Docket) -> ListVersion:
    version = session.get(ListVersion, docket.list_version_id) if docket.list_version_id else None
    if version is None:
        text = f"Docket {docket.number} feeds no draft of the list. Choose a draft before accepting anything."
        raise RoadmapError("docket_list_missing", text, docket=docket.number)
    return version
