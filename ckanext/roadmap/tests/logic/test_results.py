"""Stored results are what the rule says, whoever wrote what, and can be made again to the same."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.domain.figures import Figures
from ckanext.roadmap.model import Body, CourseRow, Obligation, SheetRow, StaleMark, Tally
from ckanext.roadmap.services import clock, compliance, country, overview
from ckanext.roadmap.services.compliance import Scope
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish
from ckanext.roadmap.tests.logic.test_as_of import memory  # noqa: F401 - a year in which everything happens


def by_rule(at: datetime) -> dict[str, Any]:
    """Figures of the running quarter, by body: the rule asked of every deadline."""
    scope = _scope(at)
    found: dict[str, Any] = {}
    for one in compliance.assess_all(model.Session(), scope):
        told = overview.measure(one, scope)
        name = one.owed.body.name
        found[name] = found[name] + told if name in found else told
    return {name: _plain(told) for name, told in found.items()}


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
    counts = (figures.obligations, figures.contested, figures.unknown)
    return shares, counts, *late, touches, {k: v for k, v in told.statuses.items() if v}


def test_at_every_edge_of_a_year_they_are_what_the_rule_says(memory: Any):  # noqa: F811
    stored(clock.now())
    query = sa.select(sa.func.unnest(CourseRow.instants)).distinct()
    edges = sorted(at for at in model.Session.scalars(query) if at <= clock.now())
    tick = timedelta(microseconds=1)
    for at in [edge + step for edge in edges[::5] for step in (-tick, timedelta())]:
        assert stored(at) == by_rule(at), at


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
    asked = {"body": "ministry-education", "cells": 12, "repairs": 6}
    told: list[Any] = []
    for moment in ("2023-04-15T12:00", "2023-04-15T12:01", "2023-04-15T23:59", "2023-04-16T00:01"):
        in_force.set(moment)
        told.append(act("roadmap_compliance_show", **asked))
        assert told[-1] == act("roadmap_compliance_show", **asked, as_of=clock.now().isoformat())
        if moment.endswith("12:00"):
            publish(in_force, "2023-04-15T12:00")
    assert told[1]["history_count"] == told[0]["history_count"] + 1
    made = model.Session.scalars(sa.select(SheetRow.since).distinct()).all()
    assert len(made) == 1  # at midnight all that the body owes


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
