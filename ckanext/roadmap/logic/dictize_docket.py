"""Dockets as the API gives them: plain values, codes and not labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.logic import dictize
from ckanext.roadmap.model import Body, Docket, DocketEntry, DocketSuggestion, ListVersion, Suggestion


class Dockets:
    """Reads what belongs to some dockets with one question for each table."""

    def __init__(self, session: Session, dockets: Iterable[Docket]) -> None:
        self.dockets = list(dockets)
        entries = list(session.scalars(DocketEntry.of_dockets([row.id for row in self.dockets])))
        self.entries: dict[str, list[DocketEntry]] = defaultdict(list)
        for row in entries:
            self.entries[row.docket_id].append(row)
        self.suggestions: dict[str, list[Suggestion]] = defaultdict(list)
        links = DocketSuggestion.of_entries([row.id for row in entries])
        for entry_id, suggestion in session.execute(links).tuples():
            self.suggestions[entry_id].append(suggestion)
        self.bodies = {row.id: row for row in session.scalars(Body.select_all())}
        ids = [row.list_version_id for row in self.dockets if row.list_version_id]
        found = session.scalars(sa.select(ListVersion).where(ListVersion.id.in_(ids)))
        self.versions = {row.id: row for row in found}
        earlier = [row.deferred_from_id for row in entries if row.deferred_from_id]
        self.earlier = {
            id: (number, place) for id, number, place in session.execute(DocketEntry.numbers(earlier))
        }

    def docket(self, row: Docket, entries: Iterable[DocketEntry]) -> dict[str, Any]:
        """A docket with some of its entries."""
        version = self.versions.get(row.list_version_id or "")
        return {
            "number": row.number,
            "state": row.state,
            "sitting_date": row.sitting_date.isoformat(),
            "place": row.place,
            "chair": row.chair,
            "secretary": row.secretary,
            "present": row.present,
            "list": f"{version.year}-{version.number}" if version else None,
            "list_status": version.status if version else None,
            "sent_at": dictize.instant(row.sent_at),
            "closed_at": dictize.instant(row.closed_at),
            "entries": [self.entry(one) for one in entries],
        }

    def entry(self, row: DocketEntry) -> dict[str, Any]:
        """An entry with its suggestions, the body's opinion and the decision."""
        body, earlier = self.bodies.get(row.body_id or ""), self.earlier.get(row.deferred_from_id or "")
        return {
            "id": row.id,
            "position": row.position,
            "title": row.title,
            "body": dictize.body(body) if body else None,
            "suggestions": [suggestion(one) for one in self.suggestions[row.id]],
            "cost": row.cost,
            "legal": row.legal,
            "deferred_from": {"docket": earlier[0], "position": earlier[1]} if earlier else None,
            "opinion": _opinion(row),
            "decision": _decision(row),
            "item_code": row.item_code,
        }


def suggestion(row: Suggestion) -> dict[str, Any]:
    """A suggestion; of one that was hidden, its number only."""
    is_shown = row.hidden_reason is None
    return {
        "number": row.number,
        "title": row.title if is_shown else "",
        "what": row.what if is_shown else "",
        "why": row.why if is_shown else "",
        "indicator": row.indicator if is_shown else None,
        "origin": row.origin,
        "state": row.state,
    }


def _opinion(row: DocketEntry) -> dict[str, Any] | None:
    if row.stance is None:
        return None
    return {"stance": row.stance, "text": row.opinion, "at": dictize.instant(row.opinion_at)}


def _decision(row: DocketEntry) -> dict[str, Any] | None:
    if row.decision is None:
        return None
    votes = None
    if row.votes_for is not None:
        votes = {"for": row.votes_for, "against": row.votes_against, "abstained": row.votes_abstained}
    return {
        "decision": row.decision,
        "text": row.decision_text,
        "votes": votes,
        "at": dictize.instant(row.decided_at),
    }
