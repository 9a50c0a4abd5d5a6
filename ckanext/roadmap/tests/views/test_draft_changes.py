"""The pages of what was changed in a draft, and the undo on them."""

from __future__ import annotations

import pytest

from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers
from ckanext.roadmap.tests.views.test_drafts import DRAFT, DRAFTS, items, send

pytestmark = pytest.mark.usefixtures("with_plugins", "approved", "draft")
KEY = {"year": "2024", "number": "1"}


@pytest.fixture
def draft(approved) -> None:
    act("roadmap_list_version_create", year=2024)


@pytest.fixture
def who(approved) -> dict[str, str]:
    return headers(member("statistics-agency", "member"))


def rows(app, who, url=DRAFT) -> list[str]:
    return [
        row.get_text(" ", strip=True) for row in page(app, url, headers=who).select("#table-changes tbody tr")
    ]


def retire(app, who) -> str:
    send(app, f"{DRAFT}/item/F-02", {"form": "retire-item"}, who)
    shown = page(app, DRAFT, headers=who)
    return shown.select_one("#table-changes form")["action"]


def test_a_draft_without_changes_says_so(app, who):
    assert "Nothing has been changed yet" in page(app, DRAFT, headers=who).get_text()


def test_pages_tell_who_changed_what(app, who):
    act("roadmap_item_update", year=2024, number=1, code="E-01", title_en="One", ai="no")
    for url in (DRAFT, f"{DRAFT}/changes", f"{DRAFT}/item/E-01"):
        [row] = rows(app, who, url)
        assert "Title in English: Schools → One" in row
        assert "Fit for AI: yes → no" in row
    assert rows(app, who, f"{DRAFT}/item/F-01") == []


def test_undo_leads_back_to_the_list(app, who):
    address = retire(app, who)
    assert list(items()) == ["E-01", "F-01"]
    shown = app.post(address, data=KEY, headers=who, follow_redirects=True)
    assert "F-02 stands as before" in shown.body
    assert list(items()) == ["E-01", "F-01", "F-02"]
    assert [row.split()[1] for row in rows(app, who)] == ["Added", "Removed"]
    again = app.post(address, data=KEY, headers=who, follow_redirects=True)
    assert "The change is undone already." in again.body


def test_undo_by_htmx_tells_the_outcome_inside_the_page(app, who):
    address = retire(app, who)
    asked = {**who, "HX-Request": "true"}
    shown = app.post(address, data={**KEY, "from": "changes"}, headers=asked, follow_redirects=True)
    part = shown.body[shown.body.index('id="draft-page"') :]
    assert 'role="status"' in part
    assert "F-02 stands as before" in part


def test_undo_needs_a_coordinator_and_an_existing_change(app, who):
    address = retire(app, who)
    app.post(address, data=KEY, headers=headers(member("ministry-education", "admin")), status=403)
    app.post(address, data=KEY, status=403)
    app.post(f"{DRAFTS}/change/none/undo", data=KEY, headers=who, status=404)
    assert list(items()) == ["E-01", "F-01"]
    send(app, address, {}, who)
    assert "F-02" in items()


def test_many_changes_are_read_page_by_page(app, who):
    for number in range(52):
        act("roadmap_item_update", year=2024, number=1, code="E-01", title_en=f"Schools {number}")
    assert len(rows(app, who)) == 10
    assert "All changes: 52" in page(app, DRAFT, headers=who).get_text()
    assert len(rows(app, who, f"{DRAFT}/changes?offset=50")) == 2
    page(app, f"{DRAFT}/changes?offset=x", headers=who, status=400)


def test_the_items_of_a_draft_are_searched(app, who):
    shown = page(app, f"{DRAFT}?q=мактаб", headers=who)
    assert [
        row.select_one("th").get_text(strip=True)[:4] for row in shown.select("#draft-items tbody tr")
    ] == ["E-01"]
    assert "No item has these words" in page(app, f"{DRAFT}?q=zzz", headers=who).get_text()
