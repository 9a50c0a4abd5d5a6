"""An item that many owe is told from stored results: at any instant what the rule tells of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.domain.figures import Drill
from ckanext.roadmap.logic import country_repairs, exporting, item_page, sheets
from ckanext.roadmap.model import CourseRow, SheetRow, StandRow
from ckanext.roadmap.services import clock, compliance, country
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.test_as_of import memory  # noqa: F401 - a year in which everything happens

from benchmarks import synthetic

TICK = timedelta(microseconds=1)
ASKED: tuple[dict[str, Any], ...] = (
    {"cells": 12, "repairs": 6, "limit": 20},
    {"status": "on_time", "cells": 2, "limit": 2, "offset": 1},
    {"quarter": "2023-Q2", "cells": 3},
    {"share": "kept", "quarter": "2023-Q3", "repairs": 2},
    {"share": "current"},
    {"kind": "ministry", "cells": 20},
    {"sphere": "finance", "share": "late", "quarter": "2023-Q3"},
    {"q": "moliya", "cells": 4},
)
FILES = (
    ("roadmap_obligation_list", "obligations", exporting.obligations),
    ("roadmap_refresh_list", "events", exporting.events),
    ("roadmap_deadline_list", "deadlines", exporting.deadlines),
    ("roadmap_compliance_show", "deadlines", exporting.deadlines_of_one),
)


def alike(monkeypatch: pytest.MonkeyPatch, at: datetime | None = None, **asked: Any) -> dict[str, Any]:
    """What stored results tell, once it is what the rule tells."""
    as_of = {"as_of": at.isoformat()} if at else {}
    by_rule = act("roadmap_compliance_show", **asked, **as_of)
    with monkeypatch.context() as patched:
        patched.setattr(item_page, "MOST_ASKED", 0)
        told = act("roadmap_compliance_show", **asked, **as_of)
    assert told == by_rule, (at, asked)
    return told


def files_alike(monkeypatch: pytest.MonkeyPatch, at: datetime | None = None, **asked: Any) -> int:
    """How many rows files have, once they are those of all pages, each once."""
    if at:
        asked["as_of"] = at.isoformat()
    monkeypatch.setattr(exporting, "PART", 2)
    for name, key, read in FILES:
        own = {name: value for name, value in asked.items() if key != "events" or name != "share"}
        if key == "obligations" and own.get("share"):
            own["share"] = "published"
        pages = paged(name, key, **own)
        found = list(read({"user": ""}, own))
        assert found == pages, (name, own)
    return len(found)


def paged(action: str, key: str, **asked: Any) -> list[dict[str, Any]]:
    """The rows of all pages."""
    rows: list[dict[str, Any]] = []
    count = 1
    while len(rows) < count:
        page = act(action, **asked, limit=60, offset=len(rows))
        rows, count = [*rows, *page[key]], page["count"]
    return rows


def test_at_every_edge_of_a_year_it_is_what_the_rule_says(memory: Any, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    act("roadmap_compliance_show")
    monkeypatch.setattr(sheets, "CELLS", 1)  # so that next steps are sought beyond what is told in full
    tables = (CourseRow, StandRow)
    edges = {at for one in tables for at in model.Session.scalars(sa.select(sa.func.unnest(one.instants)))}
    instants = sorted(at for at in edges if at <= clock.now())[::4]
    instants += [at - TICK for at in instants[1::2]] + [datetime.fromisoformat(moment) for moment in memory]
    for number, at in enumerate(instants):
        for place, code in enumerate(("E-01", "F-01", "F-02")):
            alike(monkeypatch, at, item=code, **ASKED[(number + 3 * place) % len(ASKED)])


def test_the_present_is_told_alike(memory: Any, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    for number, asked in enumerate(ASKED):
        told = alike(monkeypatch, item=("F-01", "E-01", "F-02")[number % 3], **asked)
        assert told["obligations"] or asked.get("kind") or asked.get("q")
    narrowed = ({}, {"status": "on_time"}, {"share": "current"}, {"share": "kept", "quarter": "2023-Q3"})
    for number, asked in enumerate(narrowed):
        at = datetime.fromisoformat(list(memory)[3 * number + 2]) if number % 2 else None
        files_alike(monkeypatch, at, body="ministry-education", **asked)


def test_a_made_up_country_is_told_alike(clean_db: Any, monkeypatch: pytest.MonkeyPatch):
    """Events of all kinds in any order, told late; moved deadlines, objections."""
    monkeypatch.setattr(synthetic, "OWED", 2)
    connection = model.meta.engine.raw_connection()
    made = synthetic.Country(connection.driver_connection, items=2)
    made.write_list()
    made.write_bodies(4)
    connection.close()
    country.refresh(model.Session(), None, synthetic.TZ)
    for number, month in enumerate(range(2, 59, 7)):
        at = synthetic.APPROVED + timedelta(days=30 * month, minutes=number)
        told = alike(monkeypatch, at, item="B-0000", cells=12, repairs=3, limit=15, offset=number)
        assert told["history_count"] > 0
        assert len(told["obligations"]) == 4
        quarter = compliance.quarter_at(at, synthetic.TZ).code
        share = [None, *Drill][number % 7]
        shown = {"share": share, "quarter": quarter} if share else {}
        if number % 2:
            files_alike(monkeypatch, at, item="B-0000", **shown)
    assert files_alike(monkeypatch, item="B-0000") > 100


def test_repairs_that_must_be_counted_are_not_waited_for(memory: Any, monkeypatch: pytest.MonkeyPatch):  # noqa: F811
    for name in ("MOST_MISSING", "MOST_ASKED"):
        monkeypatch.setattr(country_repairs, name, 0)
    monkeypatch.setattr(item_page, "MOST_ASKED", 0)
    monkeypatch.setattr(sheets, "STEPS", 0)  # nothing is shown, so no sheet is made
    model.Session.execute(sa.delete(SheetRow))
    model.Session.commit()
    for as_of in ({}, {"as_of": "2023-05-10"}):
        told = act("roadmap_compliance_show", item="F-01", repairs=3, limit=0, **as_of)
        assert told["fix_first"] is None
        assert told["count"]
