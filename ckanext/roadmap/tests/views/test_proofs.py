"""Pages of objections and outages: public, downloadable, with the form of those who may act."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from ckanext.roadmap.logic import health_checks
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import as_user, deadline_of, member, publish
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
OBJECTIONS, OUTAGES = "/en/compliance/objections", "/en/compliance/outages"


def look(rehearsal, monkeypatch, moment, *down):
    rehearsal.set(moment)
    probes = {part: (lambda part=part: part not in down) for part in health_checks.PROBES}
    monkeypatch.setattr(health_checks, "PROBES", probes)
    act("roadmap_heartbeat")


def test_the_worklist_tells_the_days_left_and_what_is_late(app, rehearsal):
    assert "No objection waits for a ruling" in page(app, OBJECTIONS).get_text()
    assert "Nobody has objected yet" in page(app, f"{OBJECTIONS}?state=all").get_text()
    deadline = deadline_of("F-01", "2023-06")
    officer = member("ministry-education")
    asked = {"deadline": deadline, "fault": "portal", "text": "It was down"}
    id_ = as_user(officer, "roadmap_objection_create", **asked)["id"]
    shown = page(app, OBJECTIONS)
    (row,) = shown.select("#table-objections tbody tr")
    assert "15 days left" in row.get_text()
    assert row.select_one(f'a[href$="/compliance/deadline/{deadline}"]')
    assert "to rule by" in page(app, f"/en/compliance/deadline/{deadline}").get_text()
    rehearsal.set("2023-08-10T12:00")
    assert "1 objection has waited longer" in page(app, OBJECTIONS).get_text()
    as_user(
        member("anti-corruption-agency"), "roadmap_objection_rule", id=id_, ruling="upheld", text="By the log"
    )
    assert not page(app, OBJECTIONS).select("#table-objections")
    assert "By the log" in page(app, f"{OBJECTIONS}?state=all").get_text()
    file = app.get(f"{OBJECTIONS}?state=all&format=csv").body
    assert deadline in file
    assert "upheld" in file


def test_what_is_odd_in_the_data_stands_with_the_event(app, rehearsal):
    publish(rehearsal, "2023-07-21T12:00", note="fewer_rows")
    deadline = deadline_of("E-01", "2023-Q2")
    assert "fewer rows than before" in page(app, f"/en/compliance/deadline/{deadline}").get_text()
    (event,) = act("roadmap_event_list", item="E-01")["events"]
    assert event["label"] == "fewer_rows"


def test_an_outage_and_the_exemption_that_rests_on_it(app, rehearsal, monkeypatch):
    assert "There is no log yet" in page(app, OUTAGES).get_text()
    look(rehearsal, monkeypatch, "2023-07-10T09:55")
    look(rehearsal, monkeypatch, "2023-07-10T10:00", "web")
    look(rehearsal, monkeypatch, "2023-07-10T10:05")
    shown = page(app, OUTAGES)
    assert "5 min" in shown.select_one("#table-outages").get_text()
    assert "pages and API" in shown.select_one("#table-outages").get_text()
    assert not shown.select(".roadmap-act"), "a reader may not exempt"
    coordinator = headers(member("statistics-agency"))
    shown = page(app, OUTAGES, headers=coordinator)
    link = shown.select_one("#table-outages td a")["href"]
    form = page(app, link.partition("#")[0], headers=coordinator).select_one(".roadmap-act form")
    chosen = form.select_one("[name=outage] option[selected]")
    began = chosen["value"]
    assert chosen.get_text() == "10 Jul 2023 10:00"
    sent = {
        "form": form["id"],
        "decision_number": "7",
        "decision_date": "2023-07-12",
        "reason": "It was down",
    }
    answer = app.post(
        OUTAGES, data={**sent, "outage": "2023-07-11T00:00+05:00"}, headers=coordinator, status=400
    )
    assert "no outage" in BeautifulSoup(answer.body, "html.parser").select_one(".roadmap-act").get_text()
    app.post(OUTAGES, data={**sent, "outage": began}, headers=coordinator)
    rehearsal.set("2023-07-21T12:00")
    shown = page(app, OUTAGES)
    assert shown.select("#table-outages tbody tr")[-1].select_one("td:last-child").get_text(strip=True) == "7"
    story = page(app, f"/en/compliance/deadline/{deadline_of('F-01', '2023-06')}")
    assert "own log" in story.get_text()
