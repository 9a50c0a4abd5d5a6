"""Steps of a suggestion: recorded in the chain, and told to whoever made it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.model import Suggestion, SuggestionEventRow, SuggestionNotice
from ckanext.roadmap.services import ledger, suggestions

pytestmark = pytest.mark.usefixtures("clean_db")
NOW = datetime(2026, 12, 31, 20, tzinfo=UTC)
TASHKENT = ZoneInfo("Asia/Tashkent")


def draft(**changes: object) -> Suggestion:
    values = {
        "title": "Maktab avtobuslari",
        "what": "Yo'nalishlar",
        "why": "Bolalar",
        "holder_text": "Transport vazirligi",
        "origin": "citizen",
        "author_email": "citizen@example.org",
        "lang": "uz",
        "state": "unconfirmed",
        "created_at": NOW,
    }
    made = Suggestion(**{**values, **changes})
    model.Session.add(made)
    model.Session.flush()
    return made


def opened(**changes: object) -> Suggestion:
    made = draft(**changes)
    suggestions.open_(model.Session(), made, "", NOW, TASHKENT)
    return made


def test_the_number_is_of_the_legal_year_and_goes_on():
    assert [opened().number, opened().number] == ["2027-0001", "2027-0002"]
    with pytest.raises(RoadmapError, match="can't become open"):
        suggestions.open_(model.Session(), opened(), "", NOW, TASHKENT)


def test_a_way_through_is_recorded_told_and_verified():
    made, later = opened(), NOW + timedelta(days=9)
    steps = [("in_docket", ""), ("deferred", "No budget"), ("in_docket", ""), ("accepted", "Useful")]
    for to, reason in steps:
        code = "E-77" if to == "accepted" else None
        suggestions.step(model.Session(), made, to, reason, "someone", later, item_code=code)
    suggestions.step(model.Session(), made, "published", "", "", later + timedelta(days=1))
    model.Session.commit()
    assert (made.state, made.answer, made.item_code) == ("published", "Useful", "E-77")
    assert (made.decided_at, made.published_at) == (later, later + timedelta(days=1))
    history = model.Session.scalars(SuggestionEventRow.of(made.id)).all()
    assert [(row.state, row.reason) for row in history] == [("open", ""), *steps, ("published", "")]
    told = model.Session.scalars(sa.select(SuggestionNotice)).all()
    assert {notice.event_id for notice in told} == {row.id for row in history}
    assert ledger.verify(model.Session())["roadmap_suggestion_event"] == []


def test_a_refused_step_leaves_no_trace():
    made = opened()
    with pytest.raises(RoadmapError, match="is open and can't become accepted"):
        suggestions.step(model.Session(), made, "accepted", "", "someone", NOW)
    assert made.state == "open"
    assert len(model.Session.scalars(SuggestionEventRow.of(made.id)).all()) == 1


def test_a_rating_has_nobody_to_be_told():
    opened(origin="rating", author_email=None)
    assert model.Session.scalars(sa.select(SuggestionNotice)).all() == []
