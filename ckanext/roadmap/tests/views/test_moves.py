"""The report of a move: who sees it, its filters, pages and files, and what a coordinator decides."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from ckan import model

from ckanext.roadmap.model import MovedDataset, MovedPublisher
from ckanext.roadmap.services import bodies, clock, connections, moving_readings
from ckanext.roadmap.tests import egov
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
NAME = "old-portal"
URL = f"/en/moves/{NAME}"


@pytest.fixture
def coordinator(monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> dict[str, str]:
    """A catalogue of 60 datasets was read; nobody knows the publisher of one, and the rows of one are held."""
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", ["127.0.0.1/32"])
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.portal.questions_per_second", 1000)
    with egov.serving(60) as portal:
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__OLD_PORTAL__URL", portal.url)
        monkeypatch.setitem(ckan_config, f"ckanext.roadmap.connection.{NAME}.url", portal.url)
        stranger = egov.texts("Kosmos agentligi", "", "", "")
        portal.datasets[2] = egov.dataset(3, userOrgId="o9", orgName=stranger)
        read()
    held = model.Session.query(MovedDataset).filter_by(identifier="1-003-0001").one()
    finding = {"code": "personal_data", "weight": "hold", "digest": "d", "message": "PINFL", "remedy": ""}
    held.rows_state, held.rows_reason = "held", {"findings": [finding]}
    model.Session.commit()
    return headers(member("statistics-agency", "member"))


def read() -> None:
    """Note one page, as a gathering does."""
    session: Any = model.Session()
    reading = moving_readings.begin(session, clock.now(), NAME, "reading")
    catalogue = connections.catalogue(NAME)
    found = catalogue.page("")
    moving_readings.take(session, clock.now(), reading, found, True, bodies.load_register(session))
    moving_readings.finish(session, clock.now(), reading, 100)
    session.commit()


def strangers(count: int) -> None:
    """So many publishers that nobody knows."""
    for number in range(count):
        title = {"uz": f"Agentlik {number}"}
        values = {"title": title, "stir": "", "name": "", "candidates": [], "first_seen_at": clock.now()}
        model.Session.add(MovedPublisher(connection=NAME, key=f"s{number:03}", **values))
    model.Session.commit()


def asked_for(shown: Any) -> list[str]:
    """The publishers that a page asks for."""
    return [found["value"] for found in shown.select("#publishers ~ section form:last-of-type [name=key]")]


def listed(shown: Any) -> int:
    return len(shown.select("#table-datasets tbody tr"))


def test_only_a_coordinator_finds_it(app, coordinator):
    assert "Nothing is kept" in page(app, URL, status=404).get_text()
    officer = headers(member("ministry-education"))
    page(app, URL, status=404, headers=officer)
    assert "may not see" in page(app, "/en/moves", status=403, headers=officer).get_text()
    page(app, "/en/moves/none", status=404, headers=coordinator)
    assert page(app, "/en/moves", headers=coordinator).select_one("#table-catalogues tbody a")["href"] == URL
    assert page(app, "/en/systems", headers=coordinator).select_one("a[href='/en/moves']")


def test_pages_filters_and_files(app, coordinator):
    first = page(app, URL, headers=coordinator)
    assert (listed(first), first.select_one("a[rel=next]") is not None) == (50, True)
    assert listed(page(app, f"{URL}?offset=50", headers=coordinator)) == 10
    assert listed(page(app, f"{URL}?state=rows_held", headers=coordinator)) == 1
    assert listed(page(app, f"{URL}?q=школы 12", headers=coordinator)) == 1
    assert listed(page(app, f"{URL}?q=1-002-", headers=coordinator)) == 30
    assert "No dataset matches." in page(app, f"{URL}?q=%25", headers=coordinator).get_text()
    page(app, f"{URL}?state=odd", status=400, headers=coordinator)
    text = app.get(f"{URL}?format=csv", headers=coordinator).get_data(as_text=True).removeprefix("\ufeff")
    table = list(csv.DictReader(io.StringIO(text)))
    assert len(table) == 60
    assert sum("publisher_unknown" in row.values() for row in table) == 1


def test_publishers_that_nobody_knows_come_page_by_page(app, coordinator):
    strangers(40)
    first = page(app, URL, headers=coordinator)
    assert "41 publishers without a body" in first.get_text()
    onward = first.select_one("[aria-labelledby=publishers] a[rel=next]")["href"]
    found = asked_for(first) + asked_for(page(app, onward, headers=coordinator))
    assert found == ["o9", *(f"s{number:03}" for number in range(39))], "those with most datasets first"
    last = page(app, f"{URL}?publisher=40&offset=50", headers=coordinator)
    assert (asked_for(last), listed(last)) == (["s039"], 10)


def test_a_publisher_is_told_and_held_rows_are_released(app, coordinator, monkeypatch):
    asked: list[str] = []
    monkeypatch.setattr("ckanext.roadmap.moving_jobs.enqueue", lambda row: asked.append(row.identifier))

    def send(**fields: str) -> str:
        answer = app.post(URL, headers=coordinator, data=fields, follow_redirects=True)
        assert answer.status_code == 200
        return answer.get_data(as_text=True)

    assert "no body nobody" in send(act="resolve", key="o9", body="nobody")
    assert "move at the next reading" in send(act="resolve", key="o9", body="ministry-finance")
    assert model.Session.get(MovedPublisher, (NAME, "o9")).how == "person"
    (row,) = act("roadmap_portal_report", connection=NAME, state="rows_held")["datasets"]
    assert "loaded again" in send(act="release", id=row["id"])
    assert asked == ["1-003-0001"]
    assert "not held" in send(act="release", id=row["id"])
