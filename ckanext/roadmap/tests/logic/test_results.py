"""Stored results are what the rule says, whoever wrote what, and can be made again to the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model
from ckan.lib.jobs import get_queue

from ckanext.roadmap import config, result_jobs
from ckanext.roadmap.domain.badge import next_due
from ckanext.roadmap.domain.figures import Figures
from ckanext.roadmap.model import Body, BodySheet, CourseRow, Obligation, SheetRow, StaleMark, Tally
from ckanext.roadmap.services import behind, clock, compliance, country, health, overview
from ckanext.roadmap.services.compliance import Scope
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish
from ckanext.roadmap.tests.logic.test_as_of import memory  # noqa: F401 - a year in which everything happens

FIRST_PAGE = {"cells": 12, "repairs": 6, "limit": 20}  # what a reader opens


def by_rule(at: datetime) -> dict[str, Any]:
    """Figures of the running quarter, by body: the rule asked of every deadline."""
    scope = _scope(at)
    found: dict[str, Any] = {}
    for one in compliance.assess_all(model.Session(), scope):
        told = overview.measure(one, scope)
        name = one.owed.body.name
        found[name] = found[name] + told if name in found else told
    return {name: _plain(told) for name, told in found.items()}


def next_by_rule(at: datetime) -> dict[str, datetime | None]:
    """When the next open deadline falls due, by the id of the body."""
    found: dict[str, list[Any]] = {}
    for one in compliance.assess_all(model.Session(), _scope(at)):
        found.setdefault(one.owed.body.id, []).extend(one.rows if one.owed.in_force else ())
    dues = {id_: next_due(rows, at) for id_, rows in found.items()}
    return {id_: due.deadline.due_at if due else None for id_, due in dues.items()}


def stored(at: datetime) -> dict[str, Any]:
    """The same, from the stored results."""
    country.refresh(model.Session(), None, config.timezone())
    model.Session.rollback()
    return {
        body.name: _plain(told)
        for body, told in country.load(model.Session(), _scope(at), is_now=False).bodies
    }


def _scope(at: datetime) -> Scope:
    tz = config.timezone()
    return Scope(at, tz, compliance.quarter_at(at, tz), (71, 55))


def _plain(told: overview.Overview) -> tuple[Any, ...]:
    figures: Figures = told.now
    late = ({k: v for k, v in part.items() if v} for part in (figures.late.met, figures.late.waiting))
    shares = (figures.published, figures.current, figures.kept, figures.kept_on_time, figures.automatic)
    touches = {touch: count for touch, count in told.refresh[-1].counts.items() if count}
    counts = (figures.obligations, figures.attested, figures.contested, figures.unknown)
    return shares, counts, *late, touches, {k: v for k, v in told.statuses.items() if v}


def test_at_every_edge_of_a_year_they_are_what_the_rule_says(memory: Any):  # noqa: F811
    stored(clock.now())
    query = sa.select(sa.func.unnest(CourseRow.instants)).distinct()
    edges = sorted(at for at in model.Session.scalars(query) if at <= clock.now())
    tick = timedelta(microseconds=1)
    for at in [edge + step for edge in edges[::5] for step in (-tick, timedelta())]:
        assert stored(at) == by_rule(at), at
    for at in edges[::9]:
        by_rule_then = next_by_rule(at)
        told = {id_: behind.next_due(model.Session(), at, body_id=id_) for id_ in by_rule_then}
        assert told == by_rule_then
        whole = behind.next_due(
            model.Session(), at, obligations=model.Session.scalars(sa.select(Obligation.id))
        )
        assert whole == min((due for due in told.values() if due), default=None)


def test_a_further_outage_gives_back_what_it_took_of_what_another_gave_back(in_force: RehearsalClock):
    for down, well in (("2023-05-01T12:00", "2023-05-10T00:00"), ("2023-05-12T00:00", "2023-05-20T00:00")):
        for moment, parts in ((down, ["web"]), (well, [])):
            health.beat(model.Session(), in_force.set(moment), parts)
            model.Session.commit()
        stored(clock.now())  # before the outage is written down
        health.settle(model.Session(), timedelta(minutes=5), clock.now())
        model.Session.commit()
        assert stored(clock.now()) == by_rule(clock.now())
    publish(in_force, "2023-05-20T11:00")
    for moment in ("2023-05-20T13:00", "2023-07-01T12:00"):
        at = in_force.set(moment)
        assert stored(at) == by_rule(at), moment
    (row,) = act("roadmap_deadline_list", item="E-01", status="late_met")["deadlines"]
    assert (row["period"]["code"], row["missed"]) == ("2023-Q1", False)
    assert act("roadmap_ledger_rebuild")["differing"] == 0


def test_made_again_they_do_not_differ(memory: Any):  # noqa: F811
    assert act("roadmap_compliance_show")["bodies"]
    assert act("roadmap_ledger_rebuild")["differing"] == 0
    row = model.Session.scalars(sa.select(CourseRow).order_by(CourseRow.deadline_id)).first()
    row.states = [state ^ 1 for state in row.states]
    model.Session.commit()
    shown = act("roadmap_compliance_show")
    assert act("roadmap_ledger_rebuild")["differing"] == 1
    assert act("roadmap_ledger_rebuild")["differing"] == 0
    assert act("roadmap_compliance_show")["total"] == shown["total"]


def test_a_write_marks_what_it_touches_and_no_more(in_force: RehearsalClock):
    act("roadmap_compliance_show")
    assert not _marked()
    dataset = publish(in_force, "2023-04-10T12:00")
    assert _marked() == {"ministry-education"}
    act("roadmap_compliance_show")
    assert not _marked()
    act("package_patch", id=dataset, private=True)
    assert _marked() == {"ministry-education"}
    freed = {
        "since": "2023-04-01",
        "until": "2023-06-30",
        "decision_number": "7",
        "decision_date": "2023-04-01",
    }
    act("roadmap_exemption_create", **freed, reason="An outage", item="F-02")
    act("roadmap_compliance_show")
    act("roadmap_exemption_create", **freed, reason="An outage", body="tax-committee", item="F-02")
    assert _marked() == {"tax-committee"}


def test_a_body_is_told_from_its_sheets_what_the_rule_says(in_force: RehearsalClock):
    asked = {"body": "ministry-education", **FIRST_PAGE}
    told: list[Any] = []
    for moment in ("2023-04-15T12:00", "2023-04-15T12:01", "2023-04-15T23:59", "2023-04-16T00:01"):
        in_force.set(moment)
        told.append(act("roadmap_compliance_show", **asked))
        kept = act("roadmap_compliance_show", **asked)
        assert told[-1] == kept == act("roadmap_compliance_show", **asked, as_of=clock.now().isoformat())
        if moment.endswith("12:00"):
            publish(in_force, "2023-04-15T12:00")
    assert told[1]["history_count"] == told[0]["history_count"] + 1
    made = model.Session.scalars(sa.select(SheetRow.since).distinct()).all()
    assert len(made) == 1  # at midnight all that the body owes


def test_an_item_is_told_from_sheets_what_the_rule_says(memory: Any):  # noqa: F811
    for code in ("E-01", "F-02"):
        for more in ({}, {"status": "on_time"}, {"cells": 12, "repairs": 3, "limit": 4, "offset": 2}):
            told = act("roadmap_compliance_show", item=code, **more)
            assert told == act("roadmap_compliance_show", item=code, **more, as_of=clock.now().isoformat())


def test_a_past_quarter_is_told_from_sheets_what_the_rule_says(memory: Any):  # noqa: F811
    for asked in (
        {"item": "E-01", "quarter": "2023-Q2"},
        {"item": "F-01", "quarter": "2023-Q3", "cells": 12, "repairs": 3, "limit": 4, "offset": 2},
        {"item": "F-01", "quarter": "2023-Q3", "share": "kept", "limit": 3, "offset": 1},
        {"body": "ministry-education", "quarter": "2023-Q4", "status": "on_time"},
        {"body": "ministry-finance", "share": "late"},
    ):
        told = act("roadmap_compliance_show", **asked)
        assert len(told["obligations"]) >= told["total"]["obligations"] > 0
        assert told == act("roadmap_compliance_show", **asked, as_of=clock.now().isoformat()), asked


def test_a_body_s_row_holds_until_something_that_it_tells_changes(in_force: RehearsalClock):
    in_force.set("2023-04-15T12:00")
    asked = {"body": "ministry-education", **FIRST_PAGE}
    dataset = publish(in_force, "2023-04-15T12:00")
    changes: tuple[Callable[[], object], ...] = (
        lambda: None,
        lambda: act("package_patch", id=dataset, title="Renamed", contact_name="A. Karimov"),
        lambda: model.Session.execute(sa.update(Body).values(contact={"name": "B. Aliyeva"})),
        lambda: model.Session.execute(sa.update(Body).values(title={"uz": "Vazirlik"})),
    )
    seen: list[Any] = []
    for change in changes:
        change()
        model.Session.commit()
        told = act("roadmap_compliance_show", **asked)
        assert told == act("roadmap_compliance_show", **asked, as_of=clock.now().isoformat())
        assert told not in seen
        seen.append(told)
        row = model.Session.scalar(sa.select(BodySheet.id))
        assert act("roadmap_compliance_show", **asked) == told
        assert model.Session.scalar(sa.select(BodySheet.id)) == row


def test_what_a_great_write_marks_is_made_by_a_job(in_force: RehearsalClock, monkeypatch: pytest.MonkeyPatch):
    act("roadmap_compliance_show")
    freed = {"since": "2023-01-01", "until": "2023-12-31", "reason": "An outage"}
    freed |= {"decision_number": "7", "decision_date": "2023-04-01"}
    queue = get_queue()
    queue.empty()
    act("roadmap_exemption_create", **freed, item="F-02")
    assert result_jobs.RESULTS not in queue.job_ids
    monkeypatch.setattr(result_jobs, "MANY", 2)
    for number in ("8", "9"):
        act("roadmap_exemption_create", **{**freed, "decision_number": number})
        assert queue.job_ids.count(result_jobs.RESULTS) == 1
    assert _marked()
    result_jobs.make_results()
    assert not _marked()
    assert act("roadmap_ledger_rebuild")["differing"] == 0
    queue.empty()


def test_time_alone_changes_what_is_shown(in_force: RehearsalClock):
    for moment in ("2023-04-15T23:59", "2023-04-16T00:01", "2023-05-20T12:00", "2023-07-01T00:00"):
        in_force.set(moment)
        assert act("roadmap_compliance_show") == act("roadmap_compliance_show", as_of=clock.now().isoformat())
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Tally))


def _marked() -> set[str]:
    """The bodies of what is marked."""
    query = (
        sa.select(Body.name)
        .join(Obligation, Obligation.body_id == Body.id)
        .join(StaleMark, StaleMark.obligation_id == Obligation.id)
    )
    model.Session.rollback()
    return set(model.Session.scalars(query))
