"""Pages of figures: charts with their tables, files, search, repairs."""

from __future__ import annotations

import csv
import io
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup

import ckan.plugins.toolkit as tk

from ckanext.roadmap.domain.shares import Share
from ckanext.roadmap.presentation.bodies import SHARES
from ckanext.roadmap.presentation.figures import TOUCHES
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish
from ckanext.roadmap.tests.presentation import canned
from ckanext.roadmap.views import figures

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")


def page(app, url, **options):
    return BeautifulSoup(app.get(url, status=200, **options).body, "html.parser")


def rows(app, url):
    return list(csv.DictReader(io.StringIO(app.get(url, status=200).body.removeprefix("\ufeff"))))


@pytest.mark.parametrize(
    ("url", "names"),
    [
        ("/en/compliance", ["trend", "kinds", "refresh"]),
        ("/en/compliance/body/ministry-education", ["trend", "refresh"]),
        ("/en/compliance/item/F-01", ["trend", "refresh"]),
    ],
)
def test_a_chart_stands_above_the_table_with_its_figures(app, rehearsal, url, names):
    publish(rehearsal, "2023-07-20T12:00")
    shown = page(app, url)
    for name in names:
        section = shown.select_one(f"section[aria-labelledby=chart-{name}]")
        values = json.loads(section.select_one("[data-spec]")["data-spec"])["data"]["values"]
        table = section.select(f"#table-{name} tbody tr")
        first = "kind" if name == "kinds" else "quarter"
        assert len({value[first] for value in values}) == len(table) > 0
        told = [head.get_text(strip=True) for head in section.select("tbody th")]
        assert told == list(dict.fromkeys(value[first] for value in values))


def country_of(kinds: int, *shares: tuple[int, int]) -> dict[str, Any]:
    """A country whose shares are these by turns."""
    result = canned.country()
    rows = [*result["trend"], *result["kinds"][:kinds]]
    result["kinds"] = result["kinds"][:kinds]
    turns = itertools.cycle(shares)
    for row in rows:
        for key in (*SHARES, "automatic"):
            met, of = next(turns)
            row[key] = {"met": met, "of": of, "percent": Share(met, of).told}
        row["attested"], row["contested"], row["unknown"] = next(turns)[0], next(turns)[0], 1
        row["refresh"] |= {"refreshed": next(turns)[1], "really_changed": next(turns)[0]}
    return result


@pytest.mark.parametrize(
    "result",
    [
        country_of(3, (2499, 2500), (0, 0), (2500, 2500), (1, 3)),
        country_of(1, (1, 2500), (12_345, 67_890)),
        country_of(0, (0, 0)),
    ],
    ids=["nearly all", "one kind", "nothing"],
)
def test_what_is_drawn_is_what_the_table_says(app, canned_results, result):
    canned_results["roadmap_compliance_show"] = result
    shown = page(app, "/en/compliance")
    for name, key in (("trend", "trend"), ("kinds", "kinds"), ("refresh", "trend")):
        section = shown.select_one(f"section[aria-labelledby=chart-{name}]")
        if not result[key]:
            assert not section.select("[data-spec], table")
            continue
        values = json.loads(section.select_one("[data-spec]")["data-spec"])["data"]["values"]
        assert [_drawn(value) for value in values] == list(_in_table(section, values, len(result[key])))
        each = len(values) // len(result[key])
        told = [_of_action(result[key][place // each], value) for place, value in enumerate(values)]
        assert [_number(value) for value in values] == told


def _drawn(value: dict[str, Any]) -> str:
    return value["told"] if "told" in value else f"{value['count']:,}"


def _number(value: dict[str, Any]) -> float:
    return value["count"] if "count" in value else value["percent"] or 0


def _of_action(row: dict[str, Any], value: dict[str, Any]) -> float:
    if "what" in value:
        return row["refresh"][next(touch for touch, label in TOUCHES.items() if label == value["what"])]
    return row[next(key for key, label in SHARES.items() if label == value["share"])]["percent"] or 0


def _in_table(section: Any, values: list[dict[str, Any]], rows: int) -> Iterator[str]:
    """The cells under the heads that the chart names, row by row."""
    heads = [" ".join(head.get_text(" ").split()) for head in section.select("thead th")]
    names = list(dict.fromkeys(value.get("what") or value["share"] for value in values))
    for line in section.select("tbody tr")[:rows]:
        cells = line.find_all(["th", "td"], recursive=False)
        for name in names:
            cell = cells[heads.index(name)]
            yield (cell.strong or cell).get_text(strip=True)


def test_files_have_the_figures_of_the_page(app, rehearsal):
    publish(rehearsal, "2023-07-20T12:00")
    result = act("roadmap_compliance_show")
    trend = rows(app, "/en/compliance?format=csv&table=trend")
    assert [row["quarter"] for row in trend] == [row["quarter"] for row in result["trend"]]
    assert [row["kept_of"] for row in trend] == [str(row["kept"]["of"]) for row in result["trend"]]
    kinds = rows(app, "/en/compliance?format=csv&table=kinds")
    assert sum(int(row["published_of"]) for row in kinds) == result["total"]["published"]["of"]
    meter = json.loads(app.get("/en/compliance?format=json&table=refresh").body)
    assert meter[-1]["refreshed"] == result["total"]["refresh"]["refreshed"] == 1
    body = rows(app, "/en/compliance/body/ministry-education?format=csv&table=trend")
    assert body[-1]["obligations"] == "2"
    assert rows(app, "/en/compliance/deadlines?share=late&quarter=2023-Q2&format=csv")
    answer = app.get("/en/compliance/deadlines?format=csv", status=200)
    assert answer.content_length == len(answer.data) > 1000
    assert answer.headers["Content-Disposition"] == 'attachment; filename="deadlines.csv"'
    assert answer.content_type == "text/csv; charset=utf-8"


@pytest.mark.parametrize("kind", ["csv", "json", "xlsx"])
def test_what_breaks_in_the_middle_is_no_file(app, monkeypatch, kind):
    def breaking(*_: Any) -> Iterator[dict[str, Any]]:
        yield canned.deadline(status="overdue")
        raise tk.ObjectNotFound("gone")

    monkeypatch.setitem(figures.ROWS, "deadlines", breaking)
    answer = app.get(f"/en/compliance/deadlines?format={kind}", status=404)
    assert "Content-Disposition" not in answer.headers
    assert answer.content_type.startswith("text/html")


@pytest.mark.parametrize(("kind", "first"), [("svg", b"<svg"), ("pdf", b"%PDF")])
def test_a_chart_is_a_file_too(app, kind, first):
    answer = app.get(f"/ru/compliance/chart/trend.{kind}?body=ministry-education", status=200)
    assert answer.data.startswith(first)
    assert f'filename="trend.{kind}"' in answer.headers["Content-Disposition"]
    app.get("/en/compliance/chart/zebra.svg", status=404)


def test_a_body_is_found_by_its_name_in_any_script(app):
    for words in ("Таълим", "ta'lim", "образования"):
        shown = page(app, "/en/compliance", query_string={"q": words})
        assert len(shown.select("#table-bodies tbody tr")) == 1
        assert shown.select_one("#filter-q")["value"] == words


def test_many_bodies_have_pages(app, canned_results):
    canned_results["roadmap_compliance_show"] = canned.country(120)
    found = [
        head.get_text()
        for number in range(1, 7)
        for head in page(app, f"/en/compliance?page={number}").select("#table-bodies tbody th")
    ]
    assert len(found) == len(set(found)) == 120
    assert page(app, "/en/compliance").select_one("nav a[rel=next][href*='page=2']")


class TestFixFirst:
    def test_the_country_by_body_and_item(self, app):
        shown = page(app, "/en/compliance/fix-first")
        for name in ("obligations", "bodies", "items"):
            assert shown.select(f"#table-fix-{name} tbody tr")
        assert len(rows(app, "/en/compliance/fix-first?format=csv&table=items")) == 3

    def test_a_body_is_told_what_its_repairs_raise(self, app):
        shown = page(app, "/en/compliance/body/ministry-education")
        raised = [one.get_text(" ", strip=True) for one in shown.select(".roadmap-raises li")]
        assert raised[0].startswith("Current 0.0 % → 100.0 %")
        assert len(shown.select("#table-fix-obligations tbody tr")) == 2

    def test_nothing_to_repair(self, app, canned_results):
        ledger = canned.ledger()
        canned_results["roadmap_compliance_show"] = {**ledger, "fix_first": canned.fix_first(0)}
        assert "Nothing is to be repaired" in page(app, "/en/compliance/body/body-1").get_text()
