"""The worklist of broken links, and the last look at a dataset's own page."""

from __future__ import annotations

import csv
import io

import pytest

from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadline_of
from ckanext.roadmap.tests.logic.test_sites import check, enact, link, site  # noqa: F401 - a fixture
from ckanext.roadmap.tests.views.test_compliance import page

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "rehearsal")
URL = "/en/compliance/links"


def rows(shown):
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in shown.select("#table-links tbody tr")
    ]


@pytest.fixture
def linked(site, rehearsal):  # noqa: F811
    enact(rehearsal)
    return link(site, rehearsal)


def test_nothing_to_do_is_said_with_what_to_do(app):
    assert "No link is broken." in page(app, URL).get_text()
    assert "No obligation is answered by a link" in page(app, f"{URL}?state=all").get_text()


def test_a_broken_link_is_told_with_body_fault_and_remedy(app, linked, site):  # noqa: F811
    site.pages.clear()
    check()
    (row,) = rows(page(app, URL))
    assert "Ministry of Finance" in row[0]
    assert "Broken" in row[3]
    assert "error 404" in row[3]
    assert "Restore the file" in row[3]
    assert not rows(page(app, f"{URL}?body=ministry-education"))
    assert "Nothing is kept" in page(app, f"{URL}?body=nobody", status=404).get_text()


def test_data_behind_a_broken_link_come_first_on_the_pages_of_who_owes_them(
    app,
    linked,
    site,  # noqa: F811
    rehearsal,
):
    check()
    for url in ("/en/compliance/body/ministry-finance", "/en/compliance/item/F-01"):
        assert page(app, url).select_one("#table-lost") is None
    site.pages.clear()
    rehearsal.set("2023-04-05T12:00")
    check()
    for url, who in (("body/ministry-finance", "F-01"), ("item/F-01", "Ministry of Finance")):
        (row,) = page(app, f"/en/compliance/{url}").select("#table-lost tbody tr")
        told = row.get_text(" ", strip=True)
        assert who in told
        assert "link broken since 5 Apr 2023" in told
    assert (
        page(app, "/en/compliance/body/ministry-finance?as_of=2023-04-04").select_one("#table-lost") is None
    )


def test_all_links_can_be_shown_and_downloaded(app, linked):
    check()
    assert not rows(page(app, URL))
    assert len(rows(page(app, f"{URL}?state=all"))) == 1
    text = app.get(f"{URL}?state=all&format=csv").get_data(as_text=True).removeprefix("\ufeff")
    (row,) = csv.DictReader(io.StringIO(text))
    assert linked["url"] in row.values()


def test_the_dataset_and_the_deadline_tell_the_last_look(app, linked, rehearsal):
    rehearsal.set("2023-04-05T12:00")
    assert "not looked at yet" in page(app, "/en/dataset/purchases").get_text()
    check()
    for url in (
        "/en/dataset/purchases",
        f"/en/compliance/deadline/{deadline_of('F-01', '2023-03', 'ministry-finance')}",
    ):
        shown = page(app, url).select_one(".roadmap-passport #looks ~ dl").get_text()
        assert "New data" in shown
        assert "Looked at 5 Apr 2023" in shown


def test_an_address_that_is_no_link_is_not_made_one(app, linked):
    act("resource_patch", id=linked["id"], url="javascript:alert(1)")
    shown = page(app, f"{URL}?state=all")
    assert not shown.select('#table-links a[href^="javascript"]')
