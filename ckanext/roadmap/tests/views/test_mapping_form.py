"""A mapping is made by ticking what its source has; what is wrong stands at its field."""

from __future__ import annotations

import os
import sqlite3
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from werkzeug.datastructures import MultiDict

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.sources.mapping_text import write
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.sources.http.sites import page as answer_of
from ckanext.roadmap.tests.sources.http.sites import serving
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_mappings import URL, mapped, set_hour

__all__ = ["mapped"]
pytestmark = pytest.mark.usefixtures("with_plugins", "approved", "view")
NEW = f"{URL}/new?connection=education&table=maktab&body=ministry-education&item=E-01"


@pytest.fixture
def view(mapped: dict[str, str]) -> None:
    """The ministry has a view that nothing is mapped from yet."""
    path = os.environ["CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL"].removeprefix("sqlite:///")
    with sqlite3.connect(path) as base:
        base.execute("CREATE VIEW maktab AS SELECT * FROM schools")


def filled(shown: BeautifulSoup, **changes: str) -> MultiDict[str, str]:
    """What a browser would send of the form as it stands, and what somebody entered."""
    form = shown.select_one("#mapping-form")
    found = MultiDict[str, str]()
    for one in form.select("input[name], textarea[name]"):
        if one.get("type") != "checkbox" or one.has_attr("checked"):
            found.add(one["name"], one.get("value", "") if one.name == "input" else one.get_text().strip())
    for one in form.select("select[name]"):
        chosen = one.select_one("option[selected]") or one.select_one("option")
        found.add(one["name"], chosen["value"] if chosen else "")
    for name, value in changes.items():
        found[name] = value
    return found


def sent(
    app: Any, url: str, form: MultiDict[str, str], headers: Any, do: str, status: int = 200
) -> BeautifulSoup:
    form["do"] = do
    answer = app.post(url, data=form, headers=headers)
    shown = BeautifulSoup(answer.body, "html.parser")
    assert answer.status_code == status, shown.select(".roadmap-error")
    return shown


def line_of(shown: BeautifulSoup, source: str) -> Tag:
    return next(
        row
        for row in shown.select(".roadmap-lines tbody tr")
        if row.select_one(f"[name$='.source'][value={source}]")
    )


def test_from_a_connection_to_the_form_of_its_table(app, mapped, monkeypatch: pytest.MonkeyPatch):
    shown = page(app, f"{URL}/new?connection=education&body=ministry-education", headers=mapped)
    view, table = shown.select("#table-offered tbody tr")
    assert "body=ministry-education" in view.select_one("th a")["href"]
    told = [[cell.get_text(strip=True) for cell in row.select("td")[1:]] for row in (view, table)]
    assert told == [["View", ""], ["Table", "schools"]], "and what reads it already"
    shown = page(app, NEW, headers=mapped)
    assert [
        box.has_attr("checked") for box in shown.select(".roadmap-lines [name$='.use'][type=checkbox]")
    ] == [False] * 3
    cells = [cell.get_text(strip=True) for cell in line_of(shown, "nomi").select("td")[:2]]
    assert cells == ["1", "1"], "empty and different"
    assert "Sinov" not in str(shown)
    assert "31203900000000" not in str(shown)
    set_hour(monkeypatch, 12)
    closed = page(app, NEW.replace("maktab", "schools"), headers=mapped)
    assert "22:00-06:00" in closed.select_one("#look-fault").get_text(), "the other mapping's window holds"
    missing = page(app, f"{URL}/new?connection=yoq", headers=mapped)
    assert "There is no connection named" in missing.select_one("[role=alert]").get_text()


def test_what_was_ticked_becomes_the_mapping(app, mapped):
    form = filled(
        page(app, NEW, headers=mapped),
        **{
            "name": "maktablar", "dataset.name": "maktablar-2", "dataset.title.uz": "Maktablar",
            "column-0.use": "1", "column-0.key": "1", "column-1.use": "1", "column-1.name": "nomi_uz",
            "column-1.type": "text", "column-1.title.ru": "Название", "column-1.description.uz": "To‘liq nomi",
            "schedule.rhythm": "workdays", "schedule.at": "02:30", "schedule.opens": "22:00",
            "schedule.closes": "06:00", "watermark_column": "0",
        },
    )  # fmt: skip
    sent(app, f"{URL}/new", form, mapped, "save")
    definition = act("roadmap_mapping_show", name="maktablar")["definition"]
    assert [(one["name"], one["source"]) for one in definition["columns"]] == [
        ("id", "id"),
        ("nomi_uz", "nomi"),
    ]
    assert definition["columns"][1]["description"] == {"uz": "To‘liq nomi"}
    assert (definition["key"], definition["watermark_column"]) == (["id"], "id")
    assert definition["schedule"] == {"cron": "30 2 * * mon-fri", "window": "22:00-06:00"}
    assert (definition["item"], definition["body"]) == ("E-01", "ministry-education")


@pytest.mark.parametrize(
    ("entered", "place", "words"),
    [
        ({}, "f-columns", "No column is ticked"),
        ({"column-0.use": "1", "column-0.name": "_id"}, "f-column-0", "not a column's name"),
        ({"column-0.use": "1", "schedule.rhythm": "daily"}, "f-schedule-rhythm", "no line of cron"),
        ({"column-0.use": "1", "schedule.opens": "22:00"}, "f-schedule-rhythm", "no moment"),
        (
            {
                "column-0.use": "1",
                "schedule.rhythm": "hourly",
                "schedule.at": "00:05",
                "schedule.opens": "22:00",
            },
            "f-schedule-window",
            "no window of time",
        ),
        ({"column-0.use": "1", "name": "schools"}, "f-name", "There is a mapping schools already"),
        ({"column-0.use": "1", "rest": "reed: {a: 1}"}, "f-rest", "no such field"),
    ],
)
def test_what_is_wrong_stands_at_its_field(app, mapped, entered: dict[str, str], place: str, words: str):
    begun = {"name": "second", "dataset.name": "second", "dataset.title.uz": "Maktablar"}
    form = filled(page(app, NEW, headers=mapped), **(begun | entered))
    shown = sent(app, f"{URL}/new", form, mapped, "save", 400)
    (link,) = shown.select(".roadmap-error a")
    assert link["href"] == f"#{place}"
    assert shown.select_one(f"#{place}")
    assert words in shown.select_one(".roadmap-error").get_text()
    assert filled(shown)["dataset.title.uz"] == "Maktablar"


def test_a_mapping_is_changed_by_its_form_and_shown_as_text(app, mapped):
    url = f"{URL}/schools/edit"
    shown = page(app, url, headers=mapped)
    before = act("roadmap_mapping_show", name="schools")
    sent(app, url, filled(shown), mapped, "save")
    assert act("roadmap_mapping_show", name="schools")["definition"] == before["definition"], "as it was"

    text = sent(app, url, filled(shown, row_floor="7"), mapped, "text")
    written = text.select_one("textarea").get_text().strip()
    assert "row_floor: 7" in written
    form = {"definition": written, "do": "form", "seen": before["definition_hash"]}
    back = BeautifulSoup(app.post(url, data=form, headers=mapped).body, "html.parser")
    assert filled(back)["row_floor"] == "7"
    sent(app, url, filled(back), mapped, "save")
    assert act("roadmap_mapping_show", name="schools")["definition"]["row_floor"] == 7
    late = sent(app, url, filled(shown), mapped, "save", 400)
    assert "changed since you opened it" in late.select_one(".roadmap-error").get_text()


def test_a_check_shows_the_others_and_keeps_what_was_entered(app, mapped):
    url = f"{URL}/schools/edit"
    open_now = {"schedule.rhythm": "", "schedule.opens": "", "schedule.closes": ""}
    sent(app, url, filled(page(app, url, headers=mapped), **open_now), mapped, "save")
    form = filled(page(app, url, headers=mapped), **{"column-0.title.ru": "Номер"})
    shown = sent(app, url, form, mapped, "check")
    assert "Rows: 2" in shown.select_one("#look-title").get_text()
    assert not line_of(shown, "pinfl").select_one("[type=checkbox]").has_attr("checked")
    assert filled(shown)["column-0.title.ru"] == "Номер"
    shown = sent(app, url, filled(shown, item="E-77"), mapped, "check", 400)
    assert "E-77" in shown.select_one(".roadmap-error").get_text()
    assert "Rows: 2" in shown.select_one("#look-title").get_text(), "and the source is shown all the same"
    assert sent(app, url, filled(shown), mapped, "tick").select(
        ".roadmap-lines [name='column-2.use'][checked]"
    )


def test_a_new_table_is_left_alone_outside_the_hours_of_its_connection(
    app, mapped, monkeypatch: pytest.MonkeyPatch
):
    asked = {"connection": "education", "schema": "public"}
    assert act("roadmap_source_look", table="maktab", **asked)["rows"] == 2
    (window,) = act("roadmap_connection_check", name="education")["windows"]
    assert window == {"window": "22:00-06:00", "open": True, "mappings": ["schools"]}

    set_hour(monkeypatch, 12)
    for table in ("maktab", "schools"):
        assert act("roadmap_source_look", table=table, **asked)["problem"]["code"] == "window_closed"
    assert "22:00-06:00" in page(app, NEW, headers=mapped).get_text()
    unbound = write([{**act("roadmap_mapping_show", name="schools")["definition"], "schedule": None}])
    assert act("roadmap_mapping_check", definition=unbound)["problem"]["code"] == "window_closed"
    assert [one["name"] for one in act("roadmap_source_list", connection="education")["tables"]]


def test_a_check_outside_the_hours_asks_for_no_rows(mapped, monkeypatch: pytest.MonkeyPatch):
    set_hour(monkeypatch, 12)
    look = act("roadmap_connection_check", name="education")
    assert (look["reachable"], look["windows"][0]["open"]) == (True, False)
    with serving() as site:
        site.pages["/schools"] = answer_of(b"id\n1\n", Content_Type="text/csv")
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", site.url("/"))
        monkeypatch.setitem(tk.config, config.ALLOWED_NETWORKS, ["127.0.0.0/8"])
        look = act("roadmap_connection_check", name="education")
        assert (look["reachable"], look["problem"]["code"], site.asked) == (False, "window_closed", [])
        set_hour(monkeypatch, 23)
        assert act("roadmap_connection_check", name="education")["reachable"]
        assert site.asked
