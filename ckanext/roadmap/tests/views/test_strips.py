"""Strips of periods, next steps and history on the pages of bodies and items."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap.model import Body
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import as_user, deadline_of, member, publish

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
BODY, ITEM = "/en/compliance/body/ministry-education", "/en/compliance/item/F-01"


def page(app: CKANTestApp, url: str) -> BeautifulSoup:
    return BeautifulSoup(app.get(url, status=200).body, "html.parser")


@pytest.mark.parametrize("url", [BODY, ITEM])
def test_a_cell_tells_in_words_what_its_deadline_page_tells(app, url):
    cells = page(app, url).select(".roadmap-strip a")
    assert cells
    for cell in cells:
        words = cell.select_one(".visually-hidden").get_text(strip=True)
        shape = next(name for name in cell.i["class"] if name.startswith("fa-"))
        verdict = page(app, cell["href"]).select_one(".roadmap-verdict .roadmap-status")
        assert words.endswith(f": {verdict.get_text(strip=True)}")
        assert shape in verdict.i["class"]


def test_every_mark_has_its_own_shape_in_the_legend(app):
    shapes = [tuple(mark["class"]) for mark in page(app, BODY).select(".roadmap-legend i")]
    assert len(shapes) == len(set(shapes)) == 12


def test_a_strip_has_the_newest_periods_the_oldest_first(app, rehearsal: RehearsalClock):
    rehearsal.set("2024-06-20T12:00")
    result = act("roadmap_compliance_show", body="ministry-education", item="F-01", cells=12)
    found = [cell["id"] for cell in result["obligations"][0]["cells"]]
    assert found == [row["id"] for row in result["deadlines"][11::-1]]
    shown = page(app, f"{ITEM}?body=ministry-education").select(".roadmap-strip a")
    assert [cell["href"].rpartition("/")[2] for cell in shown] == found


def test_what_is_overdue_comes_first(app):
    shown = page(app, BODY)
    steps = shown.select("#table-agenda tbody tr")
    assert len(steps) == len(shown.select("#table-obligations tbody tr"))
    assert "Not published" in steps[0].get_text()
    assert str(shown).index('id="agenda"') < str(shown).index('id="obligations"')


def test_an_attestation_is_marked_apart(rehearsal: RehearsalClock):
    publish(rehearsal, "2023-07-21T12:00")
    rehearsal.set("2023-10-05T12:00")
    officer = member("ministry-education")
    as_user(officer, "roadmap_attest", deadline=deadline_of("E-01", "2023-Q3"), reason="No school opened")
    result = act("roadmap_compliance_show", item="E-01", cells=12)
    marks = {cell["period"]: cell["mark"] for cell in result["obligations"][0]["cells"]}
    assert [period for period, mark in marks.items() if mark == "attested"] == ["2023-Q3"]
    assert marks["2023-Q4"] == "awaiting"


def test_contact_and_history(app, rehearsal: RehearsalClock):
    dataset = publish(rehearsal, "2023-07-21T12:00")
    act("package_patch", id=dataset, contact_name="Nodira Karimova", contact_email="nodira@edu.example")
    officer = {"name": "Bobur Aliyev", "post": "Adviser", "email": "bobur@edu.example"}
    model.Session.execute(sa.update(Body).where(Body.name == "ministry-education").values(contact=officer))
    model.Session.commit()
    shown = page(app, BODY)
    for email in ("bobur@edu.example", "nodira@edu.example"):
        assert shown.select_one(f'#agenda ~ ul a[href="mailto:{email}"]')
    assert len(shown.select("#table-history tbody tr")) == 1
    act("package_patch", id=dataset, private=True)
    alone = app.get(BODY).body
    assert "Nodira" not in alone
    assert "Bobur Aliyev, Adviser" in alone


def test_a_long_table_has_pages_that_lose_no_row(app, rehearsal: RehearsalClock):
    lines = "".join(
        f"X-{n:02},T,Т,T,social,portal,annual,by 1 March,ministry-finance,no,,no,,,no,law\n"
        for n in range(60)
    )
    country.import_list(country.ITEMS + lines, year=2024)
    country.approve(year=2024, day="2024-01-15")
    rehearsal.set("2024-02-20T12:00")
    url = "/en/compliance/body/ministry-finance"
    found = [
        head.get_text(strip=True)
        for number in (1, 2, 3, 4)
        for head in page(app, f"{url}?page={number}").select("#table-obligations tbody th")
    ]
    whole = tk.get_action("roadmap_compliance_show")({"ignore_auth": True}, {"body": "ministry-finance"})
    assert len(found) == len(set(found)) == len(whole["obligations"]) == 62
    assert page(app, url).select_one('nav a[rel=next][href*="page=2"]')
    assert len(page(app, url).select("#table-agenda tbody tr")) == 10
    app.get(f"{url}?page=x", status=400)


@pytest.mark.parametrize("url", [BODY, ITEM])
def test_every_figure_leads_to_as_many_rows(app, url):
    shown = page(app, f"{url}?quarter=2023-Q3")
    chips = [(chip["href"], chip.b.get_text()) for chip in shown.select(".roadmap-statuses a")]
    counts = [(count["href"], count.get_text()) for count in shown.select("td.roadmap-cell-deadline_count a")]
    shares = [
        (card["href"], card.select_one(".roadmap-card-of").get_text().split(" of ")[1].split()[0])
        for card in shown.select(".roadmap-cards a[href$='#deadlines']")
    ]
    assert chips
    assert counts
    assert len(shares) == 4
    for href, figure in [*chips, *counts, *shares]:
        assert _rows(app, href) == int(figure), href
    whole = int(chips[0][1])
    assert whole == sum(int(figure) for _, figure in chips[1:]) == sum(int(figure) for _, figure in counts)


def _rows(app: CKANTestApp, href: str) -> int:
    """How many deadlines stand behind an address, on all pages."""
    shown = page(app, href)
    following = shown.select_one(".roadmap-paging a[rel=next][href*=offset]")
    count = len(shown.select("#table-deadlines tbody tr"))
    return count + (_rows(app, following["href"]) if following else 0)
