"""Pages and files of the approved list."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from bs4 import BeautifulSoup
from werkzeug.datastructures import FileStorage

from ckanext.roadmap.sources.approved_list import read_approved_list
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index")


def page(app, address: str) -> BeautifulSoup:
    answer = app.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.body, "html.parser")


def codes(app, query: str = "") -> list[str]:
    rows = page(app, f"/en/approved-list?{query}").select("#table-items tbody tr .roadmap-code")
    return [row.get_text(strip=True) for row in rows]


@pytest.fixture
def two_lists(approved: None, rehearsal) -> None:
    """A second list in force since February 2024: an item left out, one added, one with another term."""
    act("roadmap_list_version_create", year=2024)
    act("roadmap_item_retire", year=2024, number=1, code="F-02")
    act("roadmap_item_update", year=2024, number=1, code="F-01", due_rule="10 working days after period end")
    act(
        "roadmap_item_create",
        year=2024, number=1, code="H-01", title_uz="Shifoxonalar", sphere="health", place="portal",
        frequency="annually", due_rule="until 1 March", responsible="all",
    )  # fmt: skip
    country.approve(2024, "2024-02-01")
    act(
        "roadmap_list_version_correct",
        year=2024, number=1, code="E-01", title_en="Schools of the country", act="15-K", reason="Typing error",
    )  # fmt: skip
    rehearsal.set("2024-03-01T12:00")


def test_first_day(app):
    assert "No list is approved yet" in page(app, "/en/approved-list").get_text()
    assert "no two lists" in page(app, "/en/approved-list/compare").get_text()
    assert app.get("/en/approved-list/E-01").status_code == 404


@pytest.mark.usefixtures("approved")
class TestIndex:
    def test_items_with_term_place_and_bodies(self, app):
        row = page(app, "/en/approved-list").select_one("#table-items tbody tr")
        text = row.get_text(" ", strip=True)
        for part in (
            "E-01",
            "Schools",
            "Education",
            "within 15 days after the period ends",
            "Ministry of Education",
        ):
            assert part in text

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("q=МАКТАБ", ["E-01"]),
            ("q=закупки", ["F-01"]),
            ("q=f-0", ["F-01", "F-02"]),
            ("sphere=finance&frequency=annual", ["F-02"]),
            ("place=site", []),
            ("ai=yes", ["E-01"]),
            ("ai=no&sphere=finance", ["F-01", "F-02"]),
            ("body=tax-committee", ["F-02"]),
            ("body=ministry-finance", ["F-01", "F-02"]),
            ("body=hokimiyat-andijan", []),
            ("version=2023-1&place=portal", ["E-01", "F-01", "F-02"]),
        ],
    )
    def test_search_and_facets(self, app, query: str, found: list[str]):
        assert codes(app, query) == found

    def test_bodies_are_chosen_by_their_names_with_counts(self, app):
        shown = page(app, "/ru/approved-list?body=tax-committee")
        options = shown.select("#filter-body option")
        assert [option.get_text(strip=True) for option in options[1:]] == [
            "Агентство статистики (1)",
            "Министерство образования (2)",
            "Министерство финансов (2)",
            "Налоговый комитет (1)",
        ]
        assert shown.select_one("#filter-body option[selected]")["value"] == "tax-committee"
        assert [option["value"] for option in shown.select("#filter-ai option")] == ["", "yes", "no"]

    def test_of_a_draft_those_are_told_whom_it_would_bind(self):
        act("roadmap_list_version_create", year=2024)
        asked = {"responsible": "kind:region;tax-committee"}
        act("roadmap_item_update", year=2024, number=1, code="F-02", **asked)
        found = act("roadmap_item_list", year=2024, body="hokimiyat-andijan", bodies=True)
        assert [(item["code"], item["bodies"]) for item in found] == [
            ("F-02", ["tax-committee", "hokimiyat-andijan"])
        ]

    def test_an_unknown_facet_is_told(self, app):
        assert app.get("/en/approved-list?body=nobody").status_code == 400
        assert app.get("/en/approved-list?sphere=zebra").status_code == 400
        assert app.get("/en/approved-list?version=1999-1").status_code == 400

    def test_a_long_list_has_pages(self, app, monkeypatch):
        monkeypatch.setattr("ckanext.roadmap.views.approved_list.PAGE", 2)
        first = page(app, "/en/approved-list")
        assert len(first.select("#table-items tbody tr")) == 2
        assert first.select_one("h2#items").get_text(strip=True) == "3 items"
        assert codes(app, first.select_one('a[rel="next"]')["href"].partition("?")[2]) == ["F-02"]
        assert first.select_one('a[href*="format=csv"]')
        assert len(json.loads(app.get("/en/approved-list?format=json&offset=2").body)) == 3

    def test_a_fragment_for_htmx(self, app):
        part = app.get("/en/approved-list?q=maktab", headers={"HX-Request": "true"}).body
        assert part.strip().startswith('<div id="list-page"')

    def test_linked_from_the_head_and_from_compliance(self, app):
        shown = page(app, "/en/compliance/item/E-01")
        assert len(shown.select('a[href="/en/approved-list/E-01"]')) == 1
        assert shown.select_one('nav a[href="/en/approved-list"], header a[href="/en/approved-list"]')

    def test_drafts_are_not_for_the_public(self, app):
        act("roadmap_list_version_create", year=2024)
        assert app.get("/en/approved-list?version=2024-1").status_code == 400


def again_imported(content: bytes, form: str, **version: int) -> dict[str, Any]:
    upload = FileStorage(io.BytesIO(content), filename=f"list.{form}")
    return act("roadmap_list_import", upload=upload, **version)


class TestFiles:
    def test_imported_again_it_changes_nothing(self, app, approved: None):
        before = act("roadmap_list_version_show", year=2023, number=1)["content_hash"]
        for form in ("csv", "xlsx"):
            content = app.get(f"/en/approved-list?format={form}").data
            upload = FileStorage(io.BytesIO(content), filename=f"list.{form}")
            result = act("roadmap_list_import", upload=upload, year=2023)
            assert (result["unchanged"], result["content_hash"]) == (3, before)

    def test_the_real_list_comes_back_as_it_was(self, app, shared_data: Path):
        def file(name: str) -> FileStorage:
            return FileStorage((shared_data / name).open("rb"), filename=name)

        act("roadmap_body_import", upload=file("bodies.csv"), successions=file("successions.csv"))
        first = act("roadmap_list_import", upload=file("approved-list-2023.csv"), year=2023)
        country.approve()
        for number, form in enumerate(("csv", "xlsx"), start=2):
            content = app.get(f"/en/approved-list?format={form}").data
            assert len(read_approved_list(content, f"list.{form}")) == 26
            again = again_imported(content, form, year=2023)
            assert (again["unchanged"], again["content_hash"]) == (26, first["content_hash"])
            other = again_imported(content, form, year=2023, number=number)
            assert (other["created"], other["content_hash"]) == (26, first["content_hash"])
            found = act("roadmap_list_version_diff", from_year=2023, from_number=1, year=2023, number=number)
            assert [found[change] for change in ("added", "removed", "changed")] == [{}, {}, {}]

    def test_only_what_is_shown(self, app, approved: None):
        rows = json.loads(app.get("/en/approved-list?format=json&sphere=education").body)
        assert [row["code"] for row in rows] == ["E-01"]
        assert app.get("/en/approved-list?format=pdf").status_code == 400


@pytest.mark.usefixtures("two_lists")
class TestOverTime:
    def test_what_changed(self, app):
        shown = page(app, "/en/approved-list/compare")
        assert "Added: 1, removed: 1, changed: 2" in shown.get_text()
        rows = [row.get_text(" ", strip=True) for row in shown.select("#table-changes tbody tr")]
        assert rows == [
            "H-01 Shifoxonalar Added", "F-02 Tax benefits Removed",
            "E-01 Schools of the country Changed Title in English Schools Schools of the country",
            "F-01 Procurement Changed Due rule within 10 days after the period ends"
            " within 10 working days after the period ends",
        ]  # fmt: skip

    def test_of_the_past_it_says_so_and_knows_no_more(self, app):
        shown = page(app, "/en/approved-list/compare?as_of=2024-02-10")
        assert "This is the past" in shown.select_one(".roadmap-then").get_text()
        assert shown.select_one('form.roadmap-filters input[name="as_of"]')["value"] == "2024-02-10"
        earlier = page(app, "/en/approved-list/compare?as_of=2022-01-10")
        assert "no two lists" in earlier.get_text()
        assert earlier.select_one(".roadmap-then")

    def test_the_other_way_round(self, app):
        shown = page(app, "/en/approved-list/compare?from=2024-1&to=2023-1")
        assert "Added: 1, removed: 1, changed: 2" in shown.get_text()
        assert "say the same" in page(app, "/en/approved-list/compare?from=2024-1&to=2024-1").get_text()

    def test_files_of_changes(self, app):
        book = openpyxl.load_workbook(io.BytesIO(app.get("/en/approved-list/compare?format=xlsx").data))
        lines = [[cell.value for cell in row] for row in book.active.rows]
        assert lines[0] == ["code", "change", "field", "before", "after"]
        told = json.loads(app.get("/en/approved-list/compare?format=json").body)
        assert len(told) == len(lines) - 1
        assert "F-01,changed,due_rule" in app.get("/en/approved-list/compare?format=csv").body

    def test_an_item_with_its_history_and_correction(self, app):
        shown = page(app, "/en/approved-list/E-01").get_text(" ", strip=True)
        for part in (
            "Schools of the country",
            "Technical correction by act 15-K",
            "first listed",
            "Ministry of Education",
        ):
            assert part in shown
        told = json.loads(app.get("/en/approved-list/E-01?format=json").body)
        assert [(row["version"]["year"], len(row["corrections"])) for row in told] == [(2024, 1), (2023, 0)]
        assert [row["changes"] for row in told] == [[], []], "a correction is told as such, and not twice"

    def test_an_item_left_out_says_so(self, app):
        shown = page(app, "/en/approved-list/F-02").get_text(" ", strip=True)
        assert "not in the list in force" in shown

    def test_changed_bodies_are_told_by_their_names(self, app):
        act("roadmap_list_version_create", year=2025)
        asked = {"responsible": "all;kind:region;except:tax-committee"}
        act("roadmap_item_update", year=2025, number=1, code="E-01", **asked)
        country.approve(2025, "2025-02-01")
        row = page(app, "/en/approved-list/compare?from=2024-1&to=2025-1").select_one(
            "#table-changes tbody tr"
        )
        assert "all bodies; Regional administration; except Tax Committee" in row.get_text()
        assert "Ministry of Education" in row.get_text()

    def test_changed_terms_stand_in_the_history(self, app):
        assert "10 working days after the period ends" in page(app, "/en/approved-list/F-01").select_one(
            ".roadmap-history"
        ).get_text(" ")
