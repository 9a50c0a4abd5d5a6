"""The compliance pages over a small country."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup

from ckan.tests.helpers import CKANTestApp

from ckanext.roadmap.tests import country

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")


def page(app: CKANTestApp, url: str, status: int = 200, **options) -> BeautifulSoup:
    return BeautifulSoup(app.get(url, status=status, **options).body, "html.parser")


def rows(app: CKANTestApp, url: str) -> list[dict[str, str]]:
    answer = app.get(url, status=200)
    assert answer.headers["Content-Type"].startswith("text/csv")
    assert "attachment" in answer.headers["Content-Disposition"]
    return list(csv.DictReader(io.StringIO(answer.body.removeprefix("\ufeff"))))


class TestIndex:
    def test_every_bound_body_has_a_row(self, app):
        heads = page(app, "/en/compliance").select("#table-bodies tbody th")
        assert [head.get_text(strip=True) for head in heads] == [
            "Ministry of Education",
            "Ministry of Finance",
            "Statistics Agency",
            "Tax Committee",
        ]

    def test_it_names_list_and_instant(self, app):
        text = page(app, "/en/compliance").select_one(".roadmap-basis").get_text(" ", strip=True)
        assert "List 2023/1, approved by decision 12 of 20 Jan 2023." in text
        assert "As of 20 Jul 2023 12:00." in text

    def test_sorting_says_so_and_turns_round(self, app):
        head = page(app, "/en/compliance?sort=-obligations").select_one("th[aria-sort]")
        assert head["aria-sort"] == "descending"
        assert "sort=obligations" in head.a["href"]

    def test_filters_keep_what_they_say(self, app):
        shown = page(app, "/en/compliance?kind=agency")
        assert len(shown.select("#table-bodies tbody tr")) == 1
        assert shown.select_one("#filter-kind option[selected]")["value"] == "agency"
        assert len(page(app, "/en/compliance?sphere=education").select("#table-bodies tbody tr")) == 1

    def test_no_match_offers_the_way_back(self, app):
        empty = page(app, "/en/compliance?kind=bank").select_one(".roadmap-empty")
        assert "No body matches" in empty.get_text()
        assert empty.a["href"].endswith("/compliance")

    def test_htmx_gets_the_results_alone(self, app):
        body = app.get("/en/compliance", headers={"HX-Request": "true"}).body
        assert "table-bodies" in body
        assert "<html" not in body

    def test_csv_has_the_rows_of_the_page_in_its_order(self, app):
        found = rows(app, "/en/compliance?format=csv&sort=-body")
        assert [row["name"] for row in found][0] == "tax-committee"
        assert {"code", "title_uz", "kept_percent", "delinquent"} <= set(found[0])

    def test_the_file_is_the_same_in_every_language(self, app):
        files = {app.get(f"/{lang}/compliance?format=csv&sort=obligations").body for lang in ("en", "ru")}
        assert len(files) == 1

    def test_the_header_leads_here(self, app):
        assert page(app, "/en/about").select_one('.navbar a[href="/en/compliance"]')


class TestBody:
    def test_obligations_and_deadlines(self, app):
        shown = page(app, "/en/compliance/body/ministry-education")
        assert shown.h1.get_text(strip=True) == "Ministry of Education"
        assert len(shown.select("#table-obligations tbody tr")) == 2
        assert shown.title.get_text(strip=True).startswith("Ministry of Education - Compliance")

    def test_statuses_add_up(self, app):
        chips = page(app, "/en/compliance/body/ministry-education").select(".roadmap-statuses b")
        whole, *parts = [int(chip.get_text()) for chip in chips]
        assert whole == sum(parts) > 0

    def test_a_status_filters(self, app):
        shown = page(app, "/en/compliance/body/ministry-education?status=not_published")
        marks = shown.select("#table-deadlines .roadmap-status")
        assert {mark.get_text(strip=True) for mark in marks} == {"Not published"}
        assert "Not published" in shown.select_one(".roadmap-statuses a[aria-current]").get_text()

    def test_files(self, app):
        url = "/en/compliance/body/ministry-education"
        deadlines = rows(app, f"{url}?format=csv&table=deadlines")
        assert len(deadlines) == len(page(app, url).select("#table-deadlines tbody tr"))
        assert len(rows(app, f"{url}?format=csv&table=obligations")) == 2

    def test_an_unknown_body(self, app):
        shown = page(app, "/en/compliance/body/nobody", status=404)
        assert shown.select('.roadmap a[href="/en/compliance"]')


class TestItem:
    def test_what_the_list_says(self, app):
        text = page(app, "/en/compliance/item/E-01").select_one(".roadmap-facts").get_text(" ", strip=True)
        for part in (
            "Education",
            "Every quarter, within 15 days after the period ends",
            "code ; region",
            "list",
        ):
            assert part in text

    def test_who_owes_it(self, app):
        bodies = page(app, "/en/compliance/item/F-01").select("#table-obligations tbody th")
        assert len(bodies) == 3

    def test_it_narrows_to_one_body(self, app):
        shown = page(app, "/en/compliance/item/F-01?body=statistics-agency")
        assert len(shown.select("#table-obligations tbody tr")) == 1
        assert "Only one body is shown" in shown.get_text()

    def test_an_unknown_item(self, app):
        assert "What to do" in page(app, "/en/compliance/item/Z-99", status=404).get_text()


@pytest.mark.parametrize(
    "question",
    [
        "compliance?kind=zebra",
        "compliance?sphere=zebra",
        "compliance?sort=zebra",
        "compliance?quarter=2023-Q9",
        "compliance?format=pdf",
        "compliance/body/ministry-education?status=green",
        "compliance/body/ministry-education?offset=-1",
        "compliance/body/ministry-education?offset=%C2%B2",
        "compliance/body/ministry-education?format=csv&table=zebra",
        "compliance/item/E-01?sort=zebra",
        "compliance/item/E-01?share=published",
        "compliance/deadlines?share=zebra",
        "compliance/refresh?touch=zebra",
    ],
)
def test_a_question_that_means_nothing_is_told_and_not_a_crash(app, question):
    shown = page(app, f"/en/{question}", status=400)
    field = question.rpartition("?")[2].split("&")[-1].partition("=")[0]
    assert f"{field}=" in shown.select_one(".roadmap").get_text()


def test_markup_in_a_question_stays_text(app):
    assert "<script>alert" not in app.get("/en/compliance?kind=<script>alert(1)</script>", status=400).body


def test_an_unknown_run(app):
    assert "What to do" in page(app, "/en/compliance/run/none", status=404).get_text()


def test_the_banner_shows_in_a_rehearsal_only(app, ckan_config, monkeypatch):
    assert page(app, "/en/compliance").select(".roadmap-rehearsal")
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.rehearsal_clock", "")
    assert not page(app, "/en/compliance").select(".roadmap-rehearsal")


def test_rule_page_tells_every_status(app):
    assert len(page(app, "/en/compliance/rule").select(".roadmap-status")) == 11


class TestQueries:
    """The number of SQL statements does not grow with bodies, obligations or deadlines."""

    @pytest.mark.parametrize(
        "url",
        [
            "/en/compliance",
            "/en/compliance/body/ministry-education",
            "/en/compliance/item/F-01",
            "/en/compliance/fix-first",
        ],
    )
    def test_flat(self, app, query_count, rehearsal, url):
        app.get(url)
        few = query_count(lambda: app.get(url))
        bodies = "".join(f"body-{n},9-{n:03},B{n},Б{n},B{n},ministry,,\n" for n in range(20))
        items = "".join(
            f"X-{n:02},T,Т,T,social,portal,weekly,2 days after period end,all,no,,no,,,no,law\n"
            for n in range(10)
        )
        country.import_bodies(country.BODIES + bodies)
        country.import_list(country.ITEMS + items, year=2024)
        country.approve(year=2024, day="2024-01-15")
        rehearsal.set("2024-06-20T12:00")
        app.get(url)
        assert query_count(lambda: app.get(url)) == few
