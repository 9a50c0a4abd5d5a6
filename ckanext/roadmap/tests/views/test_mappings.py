"""The pages of mappings: seen, checked against the source, changed, and moved as files."""

from __future__ import annotations

import io
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup

from ckanext.roadmap.services import clock
from ckanext.roadmap.sources.mapping_text import write
from ckanext.roadmap.tests.clock import TASHKENT
from ckanext.roadmap.tests.country import act, upload
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.logic.test_mappings import MAPPING
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
URL = "/en/mappings"
COLUMNS = ["id", {"name": "name", "source": "nomi"}]


def set_hour(monkeypatch: pytest.MonkeyPatch, hour: int) -> None:
    """The clock of the portal, tomorrow: the source may be read from 22 until 6."""
    found = (datetime.now(TASHKENT) + timedelta(1)).replace(hour=hour).astimezone(UTC)
    monkeypatch.setattr(clock, "now", lambda: found)


@pytest.fixture
def mapped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A mapping of a ministry's SQLite, and a coordinator."""
    path = tmp_path / "vazirlik.sqlite"
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE schools (id int, nomi text, pinfl text)")
        base.executemany("INSERT INTO schools VALUES (?, ?, '31203900000000')", [(1, "Sinov"), (2, None)])
    monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", f"sqlite:///{path}")
    set_hour(monkeypatch, 23)
    schedule = {"cron": "30 2 * * *", "window": "22:00-06:00"}
    text = yaml.safe_dump({**MAPPING, "columns": COLUMNS, "schedule": schedule})
    act("roadmap_mapping_import", upload=upload(text, "mapping.yaml"))
    return headers(member("statistics-agency", "member"))


def sent(**changes: Any) -> dict[str, str]:
    """The mapping as the form sends it."""
    row = act("roadmap_mapping_show", name="schools")
    definition = {name: value for name, value in row["definition"].items() if name != "schedule"}
    return {"definition": write([{**definition, **changes}]), "seen": row["definition_hash"]}


def test_the_list_tells_when_each_is_read(app, mapped):
    shown = page(app, URL, headers=mapped)
    (row,) = shown.select("#table-mappings tbody tr")
    assert row.select_one("th a")["href"].endswith("/mappings/schools")
    assert "every day at 02:30" in row.get_text()
    assert row.select_one("time")
    assert "No mapping is here" in page(app, URL, headers=headers(member("ministry-finance"))).get_text()


def test_one_is_shown_and_its_file_is_imported_without_a_change(app, mapped):
    officer = headers(member("ministry-education"))
    shown = page(app, f"{URL}/schools", headers=officer)
    assert "22:00-06:00" in shown.get_text()
    assert not shown.select("a[href$='/edit']")
    for name in ("schools", "all"):
        body = app.get(f"{URL}/{name}.yaml", headers=officer).body
        counts = act("roadmap_mapping_import", upload=upload(body, "mapping.yaml"))
        assert (counts["unchanged"], counts["updated"]) == (1, 0)


def test_a_check_shows_names_types_and_counts_and_saves_nothing(app, mapped):
    asked = sent(
        columns=[*act("roadmap_mapping_show", name="schools")["definition"]["columns"], {"name": "yil"}]
    )
    answer = app.post(f"{URL}/schools/edit", data={**asked, "do": "check"}, headers=mapped)
    shown = BeautifulSoup(answer.body, "html.parser")
    rows = {
        row.select_one("th").get_text(strip=True): row.get_text(" ", strip=True)
        for row in shown.select("#table-look tbody tr")
    }
    assert set(rows) == {"id", "nomi", "pinfl", "yil"}
    assert "The source has no such column" in rows["yil"]
    assert "stays at the source" in rows["pinfl"]
    assert "Sinov" not in answer.body
    assert "31203900000000" not in answer.body
    assert shown.select_one("textarea").get_text().strip() == asked["definition"].strip()
    assert len(act("roadmap_mapping_show", name="schools")["definition"]["columns"]) == 2


def test_a_source_that_cannot_be_read_is_told_with_its_remedy(app, mapped):
    answer = app.post(f"{URL}/schools/edit", data={**sent(table="yoq"), "do": "check"}, headers=mapped)
    told = BeautifulSoup(answer.body, "html.parser").select_one("[role=status] .roadmap-error").get_text()
    assert "yoq" in told
    assert "GRANT" in told.upper()


def test_saving_keeps_dataset_and_table_and_sees_a_change_of_somebody_else(app, mapped):
    before, first = act("roadmap_mapping_show", name="schools"), sent(row_floor=7)
    second = sent(row_floor=9)
    app.post(f"{URL}/schools/edit", data={**first, "do": "save"}, headers=mapped)
    after = act("roadmap_mapping_show", name="schools")
    assert after["definition"]["row_floor"] == 7
    assert after["resource_id"] == before["resource_id"]
    answer = app.post(f"{URL}/schools/edit", data={**second, "do": "save"}, headers=mapped, status=400)
    assert "changed since you opened it" in answer.body
    assert act("roadmap_mapping_show", name="schools")["definition"]["row_floor"] == 7


@pytest.mark.parametrize(
    ("change", "words"),
    [({"name": "other"}, "Keep its name"), ({"item": "Z-99"}, "Z-99"), ({"key": "nr"}, "nr")],
)
def test_what_cannot_be_saved_stands_at_its_field(app, mapped, change: dict[str, Any], words: str):
    answer = app.post(
        f"{URL}/schools/edit", data={**sent(**change), "do": "save"}, headers=mapped, status=400
    )
    field = BeautifulSoup(answer.body, "html.parser").select_one("textarea[name=definition]")
    assert field["aria-invalid"] == "true"
    assert words in answer.body


def test_a_new_one_is_checked_before_it_is_there(app, mapped):
    url, text = (
        f"{URL}/new?as=text",
        yaml.safe_dump({**MAPPING, "name": "second", "dataset": {"name": "second", "title": "x"}}),
    )
    assert page(app, url, headers=mapped).select_one("textarea").get_text().strip().startswith("name:")
    answer = app.post(url, data={"definition": text, "do": "check"}, headers=mapped)
    assert "The source has no such column" in answer.body, "the ministry's table has no column code"
    bad = app.post(url, data={"definition": "name: x", "do": "save"}, headers=mapped, status=400)
    assert BeautifulSoup(bad.body, "html.parser").select_one("textarea[aria-invalid=true]")
    assert [row["name"] for row in act("roadmap_mapping_list")] == ["schools"]
    app.post(url, data={"definition": text, "do": "save"}, headers=mapped)
    assert [row["name"] for row in act("roadmap_mapping_list")] == ["schools", "second"]
    again = app.post(url, data={"definition": text, "do": "save"}, headers=mapped, status=400)
    assert "There is a mapping second already" in again.body, "and is not written over"


def test_a_file_is_imported_whole_or_not_at_all(app, mapped):
    url = f"{URL}/import"
    assert "Choose a file" in app.post(url, headers=mapped, status=400).body
    bad = {"upload": (io.BytesIO(b"name: x\n"), "mapping.yaml")}
    assert "field connection" in app.post(url, data=bad, headers=mapped, status=400).body
    second = {**MAPPING, "name": "second", "dataset": {"name": "second", "title": "x"}}
    good = {"upload": (io.BytesIO(yaml.safe_dump(second).encode()), "mapping.yaml")}
    assert "New: 1" in app.post(url, data=good, headers=mapped).body


def test_a_mapping_leads_to_its_system_and_is_read_from_its_page(app, mapped):
    system = act(
        "roadmap_system_create", body="ministry-education", title_uz="Reyestr", connection="education"
    )
    shown = page(app, f"{URL}/schools", headers=mapped)
    assert shown.select("dd a[href$='/systems/IS-0001']")
    assert "not read yet" in shown.select_one("#loads").get_text()
    app.post(f"{URL}/schools", headers=mapped, data={"form": "read-schools"}, status=200)
    jobs = act("harvest_source_list")
    assert [one["url"] for one in jobs] == ["roadmap://education"]
    officer = headers(member("ministry-education"))
    assert not page(app, f"{URL}/schools", headers=officer).select("#read-schools")
    app.post(f"{URL}/schools", headers=officer, data={}, status=403)
    rows = page(app, f"/en/systems/{system['code']}", headers=officer).select("#table-of-system tbody tr")
    assert [row.select_one("th").get_text() for row in rows] == ["schools"]
    assert not page(app, f"/en/systems/{system['code']}").select("#mapped")


def test_a_new_mapping_begins_with_what_the_register_knows(app, mapped):
    act(
        "roadmap_system_create",
        body="ministry-finance",
        title_uz="Byudjet",
        items="F-01",
        connection="budget",
    )
    shown = page(app, f"{URL}/new?system=IS-0001", headers=mapped)
    assert shown.select_one("#choose-connection [name=item]")["value"] == "F-01"
    shown = page(app, shown.select_one(".roadmap-tools a")["href"], headers=mapped)
    begun = yaml.safe_load(shown.select_one("[name=definition]").get_text())
    assert (begun["connection"], begun["item"], begun["body"]) == ("budget", "F-01", "ministry-finance")
