"""Pages and files of the territory grid."""

from __future__ import annotations

import csv
import io
import json

import pytest
from bs4 import BeautifulSoup
from python_calamine import CalamineWorkbook

from ckan.tests import factories

from ckanext.roadmap.domain.region import REGIONS
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
COUNTRY = "/en/compliance/territory"
ONE = f"{COUNTRY}/item/E-01/ministry-education"


def page(app, url: str) -> BeautifulSoup:
    return BeautifulSoup(app.get(url, status=200).body, "html.parser")


@pytest.fixture
def two_regions(approved: None, rehearsal: RehearsalClock) -> str:
    """The schools hold two regions; the id of the dataset."""
    return publish(rehearsal, "2023-07-20T12:00", regions=["1703", "1726"])


@pytest.mark.usefixtures("two_regions")
@pytest.mark.parametrize("url", [COUNTRY, f"{COUNTRY}/item/E-01", f"{COUNTRY}/body/ministry-education"])
def test_a_cell_says_in_words_and_by_shape_what_it_means(app, url):
    shown = page(app, url)
    heads = [
        head.get_text(strip=True) for head in shown.select("#table-territory thead th.roadmap-cell-held")
    ]
    marks = shown.select("#table-territory tbody a.roadmap-mark")
    assert len(heads) == len(marks) == 14
    for head, mark in zip(heads, marks, strict=True):
        words = mark.select_one(".visually-hidden").get_text()
        said = "In the data" if head in ("Andijan", "Tashkent city") else "Not in the data"
        assert words == f"{head}: {said}"
        assert ("fa-check" in mark.i["class"]) == words.endswith(": In the data")
    assert marks[0]["href"].endswith("/compliance/territory/item/E-01/ministry-education#region-1735")


def test_one_obligation_with_its_table(app, two_regions):
    resource = factories.Resource(package_id=two_regions, name="Schools", url_type="datastore")
    records = [{"region": code} for code in ("1703", "1703202", "Andijon")]
    fields = [{"id": "region", "type": "text"}]
    act("datastore_create", resource_id=resource["id"], force=True, records=records, fields=fields)
    shown = page(app, ONE)
    row = shown.select_one("#region-1703").find_parent("tr")
    assert [cell.get_text(strip=True) for cell in row.select("td")] == ["In the data", "1703", "2", "2"]
    opened = shown.select_one("#opened").parent.get_text(" ", strip=True)
    assert "Tashkent city (1726)" in opened
    assert "Andijon" in opened
    assert shown.select_one('a[href*="/compliance/deadline/"]')


def test_nothing_is_said_of_the_present_on_a_page_of_the_past(app, two_regions, rehearsal: RehearsalClock):
    rehearsal.set("2023-08-20T12:00")
    past = page(app, f"{ONE}?as_of=2023-07-20T12:00")
    assert past.select_one("#opened") is None
    assert past.select_one(".roadmap-then")
    assert all("as_of=2023-07-20" in link["href"] for link in past.select(".breadcrumb a[href*=compliance]"))


@pytest.mark.usefixtures("two_regions")
def test_files_hold_what_the_page_shows(app):
    url = f"{COUNTRY}/item/E-01"
    text = app.get(f"{url}?format=csv").body.lstrip("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert {code for code in REGIONS if row[f"region_{code}"] == "covered"} == {"1703", "1726"}
    assert json.loads(app.get(f"{url}?format=json").body)[0]["covered"] == 2
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(app.get(f"{url}?format=xlsx").data)).get_sheet_by_index(
        0
    )
    head, cells = sheet.to_python()
    of = list(row).index("covered")  # a workbook's heads are words
    assert (head[of], cells[of]) == ("Of 14", 2.0)
    assert len(app.get(f"{ONE}?format=csv").body.splitlines()) == 15


def test_where_nothing_is_owed(app):
    assert page(app, f"{COUNTRY}/body/tax-committee").select_one(".roadmap-empty")
    app.get(f"{COUNTRY}/item/F-01/ministry-education", status=404)
    app.get(f"{COUNTRY}/item/Z-99", status=404)
    app.get(f"{COUNTRY}?as_of=tomorrow", status=400)
