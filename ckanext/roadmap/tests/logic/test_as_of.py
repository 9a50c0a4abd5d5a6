"""As of a past time, everything is as it was shown then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap.services import health, publications
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadline_of, publish

VIEWS: tuple[dict[str, Any], ...] = (
    {},
    {"item": "E-01"},
    {"body": "ministry-education"},
    {"item": "F-01", "quarter": "2023-Q1"},
    {"body": "ministry-finance", "status": "overdue"},
    {"body": "tax-committee", "cells": 12, "repairs": 3, "limit": 2, "offset": 1},
)


OTHERS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("roadmap_deadline_list", {"limit": 1000}),
    ("roadmap_event_list", {"limit": 1000}),
    ("roadmap_territory_show", {}),
    ("roadmap_territory_show", {"item": "E-01"}),
    ("roadmap_badge_show", {"body": "ministry-education"}),
    ("roadmap_badge_show", {"item": "E-01"}),
    ("roadmap_list_version_list", {}),
    ("roadmap_item_list", {}),
    ("roadmap_item_history", {"code": "E-01"}),
    ("roadmap_publication_list", {}),
    ("roadmap_publication_list", {"state": "revoked"}),
    ("roadmap_takedown_list", {}),
    ("roadmap_obligation_list", {"share": "published"}),
    ("roadmap_refresh_list", {}),
    ("roadmap_objection_list", {}),
    ("roadmap_objection_list", {"open": True, "body": "ministry-education"}),
    ("roadmap_outage_list", {}),
)
ADDRESSES = (
    "/en/compliance?format=csv",
    "/en/compliance/body/ministry-education?format=csv&table=deadlines",
    "/en/compliance/item/F-01?format=json&table=obligations",
    "/en/compliance/territory/item/E-01?format=csv",
    "/en/compliance/badge/ministry-education.svg",
    "/en/compliance/card/item/E-01",
    "/en/approved-list?format=csv",
    "/en/compliance/takedowns?format=json",
    "/en/compliance/objections?state=all&format=csv",
    "/en/compliance/outages?format=json",
    "/en/compliance/refresh?format=csv",
    "/en/compliance/fix-first?table=items&format=json",
    "/en/compliance?table=kinds&format=json",
)


def shown(**data: Any) -> list[Any]:
    context = {"user": "", "ignore_auth": False}
    views = [tk.get_action("roadmap_compliance_show")(dict(context), {**view, **data}) for view in VIEWS]
    more = [*OTHERS, ("roadmap_deadline_show", {"id": deadline_of("E-01", "2023-Q1")})]
    others = [tk.get_action(name)(dict(context), {**asked, **data}) for name, asked in more]
    if model.Package.get("schools"):  # who may see a dataset is decided by what it is today
        others.append(act("roadmap_dataset_compliance_show", id="schools", **data))
    return [*views, *others]


def fetched(app: CKANTestApp, as_of: str = "") -> list[str]:
    """What pages and files give, byte by byte."""
    questions = {"as_of": as_of} if as_of else {}
    return [
        app.get(urlsplit(address).path, query_string=_with(address, questions), status=200).body
        for address in ADDRESSES
    ]


def _with(address: str, questions: dict[str, str]) -> dict[str, str]:
    return {**dict(parse_qsl(urlsplit(address).query)), **questions}


@pytest.fixture
def memory(in_force: RehearsalClock, app: CKANTestApp) -> dict[str, tuple[list[Any], list[str]]]:
    """What was shown at each moment of a year in which everything happens, by the moment.

    What follows a look happens a minute after it.
    """
    seen: dict[str, tuple[list[Any], list[str]]] = {}

    def look(moment: str) -> None:
        at = in_force.set(moment)
        seen[at.isoformat()] = shown(), fetched(app)
        in_force.set(f"{moment[:-1]}1")

    factories.Dataset(name="schools", owner_org="ministry-education")
    look("2023-04-10T12:00")
    dataset = publish(in_force, "2023-04-11T12:00")
    look("2023-04-12T12:00")
    for moment, down in (("2023-05-15T12:00", ["web"]), ("2023-05-18T12:00", [])):
        health.beat(model.Session(), in_force.set(moment), down)
    model.Session.commit()
    look("2023-05-19T12:00")
    health.settle(model.Session(), timedelta(minutes=5), in_force.set("2023-05-20T12:00"))
    model.Session.commit()
    look("2023-05-21T12:00")
    first = deadline_of("E-01", "2023-Q1")
    publish(in_force, "2023-07-06T12:00", content="b", regions=["1703"])
    look("2023-07-10T12:00")
    second = deadline_of("E-01", "2023-Q2")
    objection = act("roadmap_objection_create", deadline=second, fault="portal", text="The portal was down")
    look("2023-08-20T12:00")
    ruled = {"ruling": "upheld", "text": "By the portal's log", "remedy": "moved", "due_day": "2023-09-30"}
    in_force.set("2023-08-21T12:00")
    act("roadmap_objection_rule", id=objection["id"], **ruled)
    look("2023-09-01T12:00")
    freed = act(
        "roadmap_exemption_create",
        since="2023-04-01",
        until="2023-06-30",
        body="ministry-finance",
        decision_number="7",
        decision_date="2023-09-01",
        reason="The portal was moved",
    )
    look("2023-09-02T12:00")
    act("roadmap_deadline_notice_create", deadline=first, kind="void", reason="A test", act="No. 3")
    act("roadmap_exemption_revoke", id=freed["id"], reason="Decided anew")
    look("2023-10-03T12:00")
    act("roadmap_attest", deadline=deadline_of("E-01", "2023-Q3"), reason="No new school was opened")
    look("2023-10-20T12:00")
    act("package_patch", id=dataset, private=True)
    look("2023-11-20T12:00")
    act("package_patch", id=dataset, private=False)
    publish(in_force, "2024-01-10T12:00", content="c")
    look("2024-01-20T12:00")
    country.import_list(
        country.ITEMS.replace("15 days after", "30 days after").replace("Schools", "All schools"), year=2024
    )
    country.approve(year=2024, day="2024-02-01")
    look("2024-03-01T12:00")
    link = model.Session.scalars(publications.Publication.confirmed()).first()
    link.revoked_at, link.revoked_by = in_force.set("2024-03-02T12:00"), "coordinator"
    model.Session.commit()
    model.Session.expire_all()
    look("2024-06-20T12:00")
    other = factories.Dataset(name="pupils", owner_org="ministry-education")["id"]
    resource = factories.Resource(package_id=other)["id"]
    hidden = act("roadmap_takedown_create", resource=resource, reason="Names of children")["id"]
    look("2024-06-22T12:00")
    act("roadmap_takedown_rule", id=hidden, ruling="confirmed", text="They are personal")
    look("2024-06-24T12:00")
    return seen


def test_whatever_was_shown_then_is_shown_of_then(
    memory: dict[str, tuple[list[Any], list[str]]], app: CKANTestApp
):
    for moment, (before, files) in memory.items():
        for then, now in zip(before, shown(as_of=moment), strict=True):
            assert then == now, moment
        for address, then, now in zip(ADDRESSES, files, fetched(app, moment), strict=True):
            assert then == now, (moment, address)


def test_a_day_is_looked_at_as_it_ended(in_force: RehearsalClock):
    publish(in_force, "2023-04-10T18:00")
    in_force.set("2023-06-20T12:00")
    result = shown(as_of="2023-04-10")[1]
    assert result["as_of"] == "2023-04-10T18:59:59.999999+00:00"
    assert result["deadlines"][-1]["status"] == "on_time"
    assert shown(as_of="2023-04-09")[1]["deadlines"][-1]["status"] == "due"


def test_today_is_the_present(in_force: RehearsalClock):
    assert shown(as_of="2023-04-10") == shown()


@pytest.mark.parametrize("value", ["2023-04-11", "2023-04-10T12:01", "2024-01-01T00:00:00Z"])
def test_the_future_is_refused(in_force: RehearsalClock, value: str):
    with pytest.raises(tk.ValidationError, match="The future is not known"):
        shown(as_of=value)


@pytest.mark.parametrize("value", ["yesterday", "2023-13-01", "2023"])
def test_what_is_no_time_is_refused(in_force: RehearsalClock, value: str):
    with pytest.raises(tk.ValidationError, match="Give a past day or instant"):
        shown(as_of=value)


def test_before_the_list_there_was_nothing(in_force: RehearsalClock):
    result = act("roadmap_compliance_show", as_of="2023-01-19")
    assert (result["list_version"], result["bodies"]) == (None, [])
    with pytest.raises(tk.ObjectNotFound):
        act("roadmap_compliance_show", as_of="2023-01-19", item="E-01")
