"""Interfaces and statistics offices as the load engine opens them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ckanext.roadmap.loading.extract import AgainError, ReadSince, extractor_for
from ckanext.roadmap.loading.look import look
from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan, SourceAccess
from ckanext.roadmap.sources.api import reading
from ckanext.roadmap.sources.api.client import Answer
from ckanext.roadmap.sources.since import Base
from ckanext.roadmap.sources.statistics import base as statistics

from .statistics.test_values import Office

ACCESS = SourceAccess("api+https://ministry.example/v1/")
COLUMNS = (
    ColumnPlan("id", "id"),
    ColumnPlan("name", "nomi"),
    ColumnPlan("changed", "changed", "timestamptz"),
)
ROWS = [
    {"id": n, "nomi": f"maktab, {n}" if n % 2 else None, "changed": f"2026-02-0{n}T03:00:00+05:00"}
    for n in range(1, 10)
]


class Interface:
    """Gives what has changed from a moment on."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self.rows, self.asked = rows, list[str | None]()

    def __call__(self, *_way_and_url: object) -> Interface:
        return self

    def get(self, url: str, _question: object = None) -> Answer:
        since = parse_qs(urlsplit(url).query).get("from", [None])[0]
        self.asked.append(since)
        found = [row for row in self.rows if since is None or row["changed"] >= since]
        return Answer(url, json.dumps({"data": found}).encode())


@pytest.fixture
def interface(monkeypatch: pytest.MonkeyPatch) -> Interface:
    one = Interface(list(ROWS))
    monkeypatch.setattr(reading, "Client", one)
    return one


def plan(base: Base | None = None, **read: Any) -> LoadPlan:
    return LoadPlan("r", "m", "t", "", "schools", COLUMNS, ("id",), read=read, base=base)


def read(one: LoadPlan) -> tuple[bytes, tuple[str, ...]]:
    with extractor_for(one, ACCESS).opened() as source:
        return b"".join(source.batches()), source.types


def published(path: Path, content: bytes, watermark: str, types: tuple[str, ...]) -> Base:
    whole = b"id,name,changed\r\n" + content.replace(b"\n", b"\r\n")
    path.write_bytes(whole)
    return Base(watermark, path, hashlib.sha256(whole).hexdigest(), types)


SINCE = {"parameter": "from"}


class TestSince:
    def test_changes_give_the_bytes_of_a_full_read(self, interface: Interface, tmp_path: Path):
        first, types = read(plan(since=SINCE))
        base = published(tmp_path / "data.csv", first, "2026-02-09 03:00:00+05", types)
        interface.rows[2] = {"id": 3, "nomi": 'yangi "nom"', "changed": "2026-02-11T03:00:00+05:00"}
        interface.rows.append({"id": 10, "nomi": "", "changed": "2026-02-12T03:00:00+05:00"})
        assert read(plan(base, since=SINCE)) == (read(plan(since=SINCE))[0], types)
        assert interface.asked[1:] == ["2026-02-09T03:00:00+05:00", None]

    def test_nothing_new_is_the_same_as_before(self, interface: Interface, tmp_path: Path):
        first, types = read(plan(since=SINCE))
        base = published(tmp_path / "data.csv", first, "2026-03-01", types)
        assert read(plan(base, since=SINCE)) == (first, types)

    def test_a_base_that_was_changed_leads_to_a_full_read(self, interface: Interface, tmp_path: Path):
        first, types = read(plan(since=SINCE))
        base = published(tmp_path / "data.csv", first, "2026-03-01", types)
        base.path.write_bytes(base.path.read_bytes() + b"99,x,\r\n")
        extractor = extractor_for(plan(base, since=SINCE), ACCESS)
        with pytest.raises(AgainError), extractor.opened():
            pass
        closer = extractor.closer()
        assert closer
        with closer.opened() as source:
            assert b"".join(source.batches()) == first
            assert isinstance(source, ReadSince)
            assert source.since is None
        assert closer.closer() is None

    def test_without_it_rows_come_as_the_interface_gives_them(self, interface: Interface):
        interface.rows.reverse()
        found, _types = read(plan())
        assert found.startswith(b"9,")
        assert read(plan(since=SINCE))[0].startswith(b"1,")


def test_a_look_takes_no_more_records_than_it_needs(interface: Interface):
    found = look(plan(), ACCESS, 4)
    assert (found.rows, found.whole) == (4, False)
    assert [one.counts and one.counts.distinct for one in found.columns] == [4, 2, 4]


def test_a_cube_is_looked_at_like_any_table(monkeypatch: pytest.MonkeyPatch):
    office = Office()
    monkeypatch.setattr(statistics, "Client", lambda _way, _url: office)
    monkeypatch.setattr(statistics.time, "sleep", office.slept.append)
    columns = (
        ColumnPlan("region", "Hudud", "text"),
        ColumnPlan("name", "Hudud.text"),
        ColumnPlan("births", "value"),
    )
    access = SourceAccess("pxweb+https://stat.example/api/v1/uz/")
    found = look(LoadPlan("r", "m", "t", "", "aholi/tug.px", columns, read={"select": {"Jins": "1"}}), access)
    assert [(one.name, one.type, one.counts and (one.counts.nulls, one.counts.distinct)) for one in found.columns if one.name] == [
        ("region", "text", (0, 3)), ("name", "text", (0, 3)), ("births", "int8", (1, 29)),
    ]  # fmt: skip
