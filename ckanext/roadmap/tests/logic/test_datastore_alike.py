"""A table that the engine loaded answers as one that CKAN's own action made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

import ckan.plugins.toolkit as tk
from ckan.tests import factories, helpers

from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan, SourceAccess
from ckanext.roadmap.services import clock, connections

FIELDS = {"id": "int4", "nomi": "text", "kod": "text", "narx": "numeric", "kun": "date", "bor": "bool"}
ROWS: list[tuple[Any, ...]] = [
    (1, "Ўзбекистон maktabi", "007", "1.50", "2026-02-28", True),
    (2, 'oʻquv o‘rni, "A"', "12", None, None, False),
    (3, None, "", "99999999999999999999.01", "1991-09-01", None),
    (4, "maktab bog‘cha", "x\ny", "0", "2026-01-01", True),
]


SEARCHES: list[dict[str, Any]] = [
    {},
    {"filters": {"bor": True}},
    {"filters": {"kod": ["007", ""]}},
    {"q": "maktabi"},
    {"q": {"nomi": "bog‘cha"}, "plain": True},
    {"sort": "narx desc nulls last, id", "limit": 2, "offset": 1},
    {"fields": ["kun", "bor"], "distinct": True, "sort": "kun, bor"},
    {"records_format": "csv"},
    {"records_format": "lists", "include_total": False},
    {"limit": 0},
    {"q": "maktab:*", "plain": False, "sort": "id"},
    {"q": "o\u2018rni", "fields": ["id", "nomi"]},
    {"q": "maktab", "language": "russian"},
    {"q": {"kod": "007"}},
    {"filters": {"narx": 1.5, "kun": "2026-02-28"}},
    {"filters": {"kun": None}, "sort": ["id desc"]},
    {"filters": {"nomi": "yo\u2018q"}},
    {"records_format": "tsv", "fields": "id,kod"},
    {"fields": ["bor"], "distinct": True, "include_total": True},
]


@dataclass
class Twins:
    """The same table, made in both ways."""

    ours: str
    theirs: str

    def both(self, action: str, **params: Any) -> tuple[Any, Any]:
        """What the action answers for each."""
        return tuple(
            self._plain(act(action, resource_id=one, **params), one) for one in (self.ours, self.theirs)
        )  # type: ignore[return-value]

    def _plain(self, answer: Any, resource_id: str) -> Any:
        return json.loads(json.dumps(answer, default=str).replace(resource_id, "TABLE"))


def act(name: str, **params: Any) -> Any:
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    return helpers.call_action(name, context={"ignore_auth": True, "user": user}, **params)


@pytest.fixture
def twins(clean_db: None, clean_index: None, ckan_config: Any, monkeypatch: Any, tmp_path: Path) -> Twins:
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.files_path", str(tmp_path / "files"))
    owner = factories.Organization()
    dataset = factories.Dataset(owner_org=owner["id"])
    ours, theirs = (
        factories.Resource(package_id=dataset["id"], url_type="datastore")["id"] for _ in range(2)
    )
    fields = [{"id": name, "type": kind} for name, kind in FIELDS.items()]
    records = [dict(zip(FIELDS, row, strict=True)) for row in ROWS]
    act("datastore_create", resource_id=theirs, fields=fields, records=records, primary_key="id", force=True)
    act("datastore_create", resource_id=ours, fields=fields, force=True)
    load(ours, tmp_path, ROWS)
    return Twins(ours, theirs)


def load(resource_id: str, folder: Path, rows: list[tuple[Any, ...]]) -> None:
    """By the engine, from a file."""
    path = folder / "jadval.csv"
    lines = [",".join(_cell(cell) for cell in row) for row in rows]
    path.write_text("\n".join([",".join(FIELDS), *lines]) + "\n", encoding="utf-8")
    plan = LoadPlan(
        run_id=f"run-{path.stat().st_mtime_ns}", mapping_id="m", resource_id=resource_id, schema="", table="",
        columns=tuple(ColumnPlan(name, name, kind) for name, kind in FIELDS.items()), key=("id",),
    )  # fmt: skip
    report = engine.run(plan, SourceAccess(f"file://{path}"), connections.target(), clock.now)
    assert report.outcome == "applied"


def _cell(cell: Any) -> str:
    return "" if cell is None else '"' + str(cell).replace('"', '""') + '"'


@pytest.mark.ckan_config("ckan.datastore.sqlsearch.enabled", True)
def test_every_way_of_reading_and_writing(twins: Twins, app: Any):
    sql = [
        act("datastore_search_sql", sql=f'SELECT * FROM "{one}" ORDER BY id')
        for one in (twins.ours, twins.theirs)
    ]
    strip = [
        [{k: v for k, v in row.items() if k != "_full_text"} for row in answer["records"]] for answer in sql
    ]
    assert strip[0] == strip[1]
    for params in SEARCHES:
        ours, theirs = twins.both("datastore_search", **params)
        assert ours == theirs, params
    _compare_info(twins)
    _compare_pages(twins, app)
    for method, records in (
        ("upsert", [{"id": 2, "nomi": "yangi nom"}, {"id": 9, "nomi": "to‘qqiz", "narx": 1.25}]),
        ("insert", [{"id": 10, "kod": "10"}]),
        ("update", [{"id": 1, "bor": False}]),
    ):
        ours, theirs = twins.both("datastore_upsert", method=method, records=records, force=True)
        assert ours == theirs
    for params in ({}, {"q": "yangi"}, {"q": "to‘qqiz"}, {"filters": {"id": 10}}):
        ours, theirs = twins.both("datastore_search", sort="id", **params)
        assert ours == theirs
    for one in (twins.ours, twins.theirs):
        with pytest.raises(tk.ValidationError):
            act("datastore_upsert", resource_id=one, method="insert", records=[{"id": 9}], force=True)
    ours, theirs = twins.both("datastore_records_delete", filters={"id": [9, 10]}, force=True)
    assert ours == theirs
    ours, theirs = twins.both("datastore_search", sort="id")
    assert ours == theirs
    _make_larger_and_take_away(twins)


def _make_larger_and_take_away(twins: Twins) -> None:
    """A column and an index more; then the table goes."""
    fields = [{"id": name, "type": kind} for name, kind in {**FIELDS, "izoh": "text"}.items()]
    record = {"id": 11, "izoh": "yangi ustun"}
    more: dict[str, Any] = {"fields": fields, "indexes": ["kod", "izoh"], "records": [record], "force": True}
    ours, theirs = twins.both("datastore_create", **more, primary_key="id")
    assert ours == theirs
    for params in ({"sort": "id"}, {"q": "ustun"}, {"filters": {"izoh": "yangi ustun"}}):
        ours, theirs = twins.both("datastore_search", **params)
        assert ours == theirs, params
    _compare_info(twins, 5)
    for call in ({"filters": {"id": 11}}, {}):
        ours, theirs = twins.both("datastore_delete", force=True, **call)
        assert ours == theirs
    for one in (twins.ours, twins.theirs):
        assert act("resource_show", id=one)["datastore_active"] is False
        with pytest.raises(tk.ObjectNotFound):
            act("datastore_search", resource_id=one)


def test_what_people_wrote_outlives_the_next_load(twins: Twins, app: Any, tmp_path: Path):
    fields = [{"id": name, "type": kind, "info": {"label": name.upper()}} for name, kind in FIELDS.items()]
    _edit_dictionaries(twins, app)
    _compare_info(twins)
    for one, alias in ((twins.ours, f"a_{twins.ours[:8]}"), (twins.theirs, f"a_{twins.theirs[:8]}")):
        act("datastore_create", resource_id=one, fields=fields, aliases=alias, force=True)
    changed = [*ROWS[:3], (4, "boshqa", "z", "1", "2026-01-02", False)]
    load(twins.ours, tmp_path, changed)
    load(twins.ours, tmp_path, [(n, f"n{n}", "k", "1", "2026-01-02", True) for n in range(1, 8)])
    info = act("datastore_info", id=twins.ours)
    assert [field["info"]["label"] for field in info["fields"]] == [name.upper() for name in FIELDS]
    assert info["meta"]["aliases"] == [f"a_{twins.ours[:8]}"]
    assert act("datastore_search", resource_id=f"a_{twins.ours[:8]}")["total"] == 7


def _edit_dictionaries(twins: Twins, app: Any) -> None:
    """By the page that people use."""
    token = factories.SysadminWithToken()["token"]
    form = {f"info__{number}__label": name.upper() for number, name in enumerate(FIELDS)}
    for one in (twins.ours, twins.theirs):
        dataset = act("resource_show", id=one)["package_id"]
        page = f"/dataset/{dataset}/dictionary/{one}"
        answer = app.post(page, data=form, headers={"Authorization": token}, follow_redirects=False)
        assert answer.status_code == 302
        found = act("datastore_info", id=one)["fields"]
        assert [field["info"]["label"] for field in found] == [name.upper() for name in FIELDS]


def _compare_info(twins: Twins, rows: int = 4) -> None:
    ours, theirs = (act("datastore_info", id=one) for one in (twins.ours, twins.theirs))
    for field in (*ours["fields"], *theirs["fields"]):
        field["schema"].pop("index_name")  # made of the table's id
    assert ours["fields"] == theirs["fields"]
    assert ours["meta"]["count"] == theirs["meta"]["count"] == rows
    assert ours["meta"]["table_type"] == theirs["meta"]["table_type"]


def _compare_pages(twins: Twins, app: Any) -> None:
    for kind in ("csv", "tsv", "json", "xml"):
        ours, theirs = (app.get(f"/datastore/dump/{one}?format={kind}") for one in (twins.ours, twins.theirs))
        assert ours.body == theirs.body
    tables = []
    for one in (twins.ours, twins.theirs):
        view = act("resource_view_create", resource_id=one, view_type="datatables_view", title="Jadval")
        query = {
            "draw": 1,
            "search[value]": "",
            "start": 0,
            "length": 10,
            "order[0][column]": 0,
            "order[0][dir]": "desc",
        }
        tables.append(json.loads(app.post(f"/datatables/ajax/{view['id']}", data=query).body))
    assert tables[0] == tables[1]


BOOK: list[list[Any]] = [
    ["id", "Номи", "Очилган сана", "Ўзгарган вақт", "Нархи", "Фаол", "Изоҳ"],
    [1, "Ўзбекистон мактаби", date(1991, 9, 1), datetime(2026, 2, 28, 9, 30, 15), 1.5, True, None],
    [2, "oʻquv o‘rni", None, datetime(2026, 3, 1, 0, 0), None, False, "икки\nқатор"],
    [3, None, date(2026, 1, 31), None, 12345678.25, None, '«қўштирноқ», "вергул"'],
    [4, "Ғиждувон", date(2000, 2, 29), datetime(2024, 12, 31, 23, 59, 59), 0.1, True, None],
]
KINDS = ("int8", "text", "date", "timestamp", "numeric", "bool", "text")


@pytest.mark.ckan_config("ckan.datastore.sqlsearch.enabled", True)
def test_a_workbook_is_served_as_the_same_rows_typed_in(twins: Twins, app: Any, tmp_path: Path):
    """Dates, gaps and Cyrillic, in the names of columns too."""
    folder = tmp_path / "drop"
    folder.mkdir()
    book = Workbook()
    for row in BOOK:
        book.active.append(row)
    book.save(folder / "китоб.xlsx")
    names = [str(name) for name in BOOK[0]]
    for one in (twins.ours, twins.theirs):
        act("datastore_delete", resource_id=one, force=True)
    plan = LoadPlan(
        run_id=f"book-{twins.ours}", mapping_id="book", resource_id=twins.ours, schema="", table="китоб.xlsx", key=("id",),
        columns=tuple(ColumnPlan(name, name) for name in names),
    )  # fmt: skip
    report = engine.run(plan, SourceAccess(f"drop://{folder}/?settle=0"), connections.target(), clock.now)
    assert (report.outcome, tuple(report.types)) == ("applied", KINDS)
    act(
        "datastore_create", resource_id=twins.theirs, primary_key="id", force=True,
        fields=[{"id": name, "type": kind} for name, kind in zip(names, KINDS, strict=True)],
        records=[dict(zip(names, map(_typed, row), strict=True)) for row in BOOK[1:]],
    )  # fmt: skip
    sql = [
        f'SELECT "Номи", "Очилган сана" + 1 AS n FROM "{one}" ORDER BY id'
        for one in (twins.ours, twins.theirs)
    ]
    assert (
        act("datastore_search_sql", sql=sql[0])["records"]
        == act("datastore_search_sql", sql=sql[1])["records"]
    )
    for params in (
        {}, {"q": "мактаби"}, {"filters": {"Очилган сана": "1991-09-01"}}, {"filters": {"Изоҳ": None}},
        {"sort": "Ўзгарган вақт desc"},
    ):  # fmt: skip
        ours, theirs = twins.both("datastore_search", **params)
        assert ours == theirs, params
    _compare_info(twins)
    _compare_pages(twins, app)


def _typed(cell: Any) -> Any:
    return cell.isoformat() if isinstance(cell, date) else cell
