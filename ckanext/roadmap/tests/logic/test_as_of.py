"""As of a past time, everything is as it was shown then."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from bs4 import BeautifulSoup

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories
from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap import config
from ckanext.roadmap.services import clock, events, health, publications
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
    ("roadmap_link_list", {}),
    ("roadmap_light_list", {}),
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
    "/en/compliance/links?state=all&format=csv",
)
PAGES = (
    "/en/compliance",
    "/en/compliance/body/ministry-education",
    "/en/compliance/item/F-01",
    "/en/compliance/item/E-01?quarter=2023-Q1",
    "/en/compliance/deadlines?share=kept",
    "/en/compliance/obligations?body=ministry-education",
    "/en/compliance/refresh",
    "/en/compliance/fix-first",
    "/en/compliance/territory",
    "/en/compliance/territory/body/ministry-education",
    "/en/compliance/objections?state=all",
    "/en/compliance/outages",
    "/en/compliance/links?state=all",
    "/en/compliance/takedowns",
    "/en/compliance/runs",
    "/en/approved-list",
    "/en/approved-list/E-01",
)
Memory = dict[str, tuple[list[Any], list[str], dict[str, str]]]


def shown(**data: Any) -> list[Any]:
    context = {"user": "", "ignore_auth": False}
    views = [tk.get_action("roadmap_compliance_show")(dict(context), {**view, **data}) for view in VIEWS]
    more = [*OTHERS, ("roadmap_deadline_show", {"id": deadline_of("E-01", "2023-Q1")})]
    others = [tk.get_action(name)(dict(context), {**asked, **data}) for name, asked in more]
    known = [found.id for name in ("schools", "new-schools") if (found := model.Package.get(name))]
    # who may see a dataset is decided by what it is today
    more = [act("roadmap_dataset_compliance_show", id=id_, **data) for id_ in known]
    return [*views, *others, *more]


def told_on_pages(app: CKANTestApp, as_of: str = "") -> dict[str, str]:
    """The words of pages, without what says that they show the past."""
    pages = [*PAGES, f"/en/compliance/deadline/{deadline_of('E-01', '2023-Q1')}"]
    return {address: _words(app, address, {"as_of": as_of} if as_of else {}) for address in pages}


def _words(app: CKANTestApp, address: str, questions: dict[str, str]) -> str:
    answer = app.get(urlsplit(address).path, query_string=_with(address, questions), status=200)
    content = BeautifulSoup(answer.body, "html.parser").select_one(".module-content")
    for aside in content.select(".roadmap-then, .roadmap-as-of, script, form, svg"):
        aside.decompose()
    return " ".join(content.get_text(" ").replace("no longer public", "").split())


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
def memory(in_force: RehearsalClock, app: CKANTestApp) -> Memory:
    """What was shown at each moment of a year in which everything happens, by the moment.

    What follows a look happens a minute after it.
    """
    seen: Memory = {}

    def look(moment: str, *, pages: bool = False) -> None:
        at = in_force.set(moment)
        seen[at.isoformat()] = shown(), fetched(app), told_on_pages(app) if pages else {}
        in_force.set(f"{moment[:-1]}1")

    act("roadmap_ledger_extend")
    factories.Dataset(name="schools", title="Schools of the country", owner_org="ministry-education")
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
    buys = bought()
    look("2023-09-02T12:00", pages=True)
    act("package_patch", id=dataset, title="Schools by region")
    act("package_patch", id=buys, title="All that was bought", name="bought")
    act("roadmap_deadline_notice_create", deadline=first, kind="void", reason="A test", act="No. 3")
    act("roadmap_exemption_revoke", id=freed["id"], reason="Decided anew")
    look("2023-10-03T12:00")
    act("roadmap_attest", deadline=deadline_of("E-01", "2023-Q3"), reason="No new school was opened")
    look("2023-10-20T12:00")
    act("package_patch", id=buys, private=True)
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
    act("package_patch", id=buys, private=False)
    look("2024-06-25T12:00", pages=True)
    return seen


def bought() -> str:
    """Publish what the ministry bought, here and on a site of its own; the id of the dataset."""
    made = factories.Dataset(name="purchases", title="Purchases", owner_org="ministry-education")["id"]
    factories.Resource(package_id=made, name="The year", url="https://edu.example.uz/buys.csv", format="CSV")
    session, at = model.Session(), clock.now()
    owed = publications.obligations_for(session, "F-01", "ministry-education", at.date())[0].id
    publications.link(session, at, owed, made, None, "coordinator", "chosen")
    seen = {"kind": "changed", "at": at, "grade": "measured", "source": "link", "dataset_id": made}
    events.record(
        session, at, obligation_ids=[owed], content_hash="f" * 64, rows=3, columns=["amount"], **seen
    )
    session.commit()
    return made


def turn_round(hand: RehearsalClock, ckan_config: dict[str, Any], patch: pytest.MonkeyPatch) -> None:
    """After the last look all that can be changed is changed."""
    hand.set("2025-01-10T12:00")
    schools = model.Package.get("schools").id
    act("package_patch", id=schools, name="new-schools", title_translated={"uz": "Yangi", "ru": "Новые"})
    act("package_delete", id="bought")
    act("dataset_purge", id="bought")
    patch.setitem(ckan_config, config.GREEN, 2)
    patch.setitem(ckan_config, config.YELLOW, 1)
    patch.setitem(ckan_config, "ckanext.roadmap.holidays", ["2025-02-15", "2025-02-16"])
    renamed = country.BODIES.replace("Ministry of Education", "Ministry of Schools").replace(
        "Ta'lim", "Maktab"
    )
    country.import_bodies(renamed)
    country.import_list(
        country.ITEMS.replace("Schools", "Lyceums").replace("quarterly", "monthly"), year=2025
    )
    country.approve(year=2025, day="2025-01-10")
    act(
        "roadmap_exemption_create",
        since="2023-01-01",
        until="2024-06-01",
        decision_number="9",
        decision_date="2025-01-10",
        reason="The register burned",
    )
    late = deadline_of("F-01", "2023-05")
    act("roadmap_deadline_notice_create", deadline=late, kind="void", reason="A test", act="No. 5")
    act("roadmap_ledger_extend")
    act("roadmap_compliance_show")
    hand.set("2025-02-20T12:00")


def as_named_then(told: Any) -> Any:
    """Without the one word that speaks of now: whether a dataset can still be opened."""
    if isinstance(told, dict):
        return {key: as_named_then(value) for key, value in told.items() if key != "is_public"}
    return [as_named_then(one) for one in told] if isinstance(told, list) else told


def test_whatever_was_shown_then_is_shown_of_then(
    memory: Memory,
    app: CKANTestApp,
    rehearsal: RehearsalClock,
    ckan_config: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
):
    turn_round(rehearsal, ckan_config, monkeypatch)
    wrong: list[Any] = []
    for moment, (before, files, pages) in memory.items():
        again = as_named_then(shown(as_of=moment))
        told = zip(as_named_then(before), again, strict=True)
        wrong += [(moment, then, now) for then, now in told if then != now]
        sheets = zip(ADDRESSES, files, fetched(app, moment), strict=True)
        wrong += [(moment, address, then, now) for address, then, now in sheets if then != now]
        words = told_on_pages(app, moment) if pages else {}
        wrong += [(moment, at, pages[at], words[at]) for at in words if pages[at] != words[at]]
    assert not wrong
    assert any("Purchases" in pages.get(PAGES[1], "") for _, _, pages in memory.values())


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
