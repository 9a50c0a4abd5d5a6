"""Dockets and suggestions for tests."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.model import Body, DocketEntry, Suggestion
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.services import clock, suggestions
from ckanext.roadmap.tests.country import act

ITEM = {
    "code": "H-01",
    "sphere": "health",
    "place": "portal",
    "frequency": "quarterly",
    "due_rule": "15 days after period end",
    "responsible": "ministry-education",
    "columns": "code;beds",
}


def suggest(title: str, lang: str = "uz", body: str | None = "ministry-education", **more: Any) -> str:
    """Put a suggestion of a citizen in the box; its number."""
    session = model.Session()
    found = session.scalars(Body.by_name(body)).first() if body else None
    row = Suggestion(
        id=new_id(),
        title=title,
        what=f"{title}: what",
        why=f"{title}: why",
        holder_text="",
        body_id=found.id if found else None,
        origin="citizen",
        author_email="citizen@example.com",
        lang=lang,
        state="unconfirmed",
        created_at=datetime.now(UTC),
        **more,
    )
    session.add(row)
    session.flush()
    suggestions.open_(session, row, "", clock.now(), ZoneInfo("Asia/Tashkent"))
    session.commit()
    return str(row.number)


def suggestion(number: str) -> Suggestion:
    """A suggestion as it stands."""
    model.Session.expire_all()
    return model.Session.scalars(Suggestion.by_number(number)).one()


def docket(day: str = "2023-04-10", list: str = "2024-1", **more: Any) -> str:
    """Begin a docket; its number."""
    return act("roadmap_docket_create", sitting_date=day, list=list, **more)["number"]


def entry(number: str, *suggestions: str, **more: Any) -> str:
    """Put an entry in a docket; its id."""
    joined = ";".join(suggestions)
    return act("roadmap_docket_entry_create", docket=number, suggestions=joined, **more)["id"]


def entry_of_education() -> str:
    """The id of an entry of docket 2023-01 that concerns the Ministry of Education; made if there is none."""
    found = model.Session.scalars(sa.select(DocketEntry)).first()
    if found is not None:
        return found.id
    made = act("roadmap_docket_create", sitting_date="2023-09-01")["number"]
    return entry(made, title_uz="Maktablar", body="ministry-education")
