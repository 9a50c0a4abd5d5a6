"""A ministry's files, from where it lays them to the rows that readers see; each fault keeps the old ones."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ckan import model

from ckanext.harvest.model import HarvestSource
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.sources.http.sites import Site, page, serving

from .conftest import Chain

pytestmark = pytest.mark.usefixtures("with_plugins")


def schools(count: int = 100, first: int = 1) -> bytes:
    """The ministry's file."""
    lines = [f"{n},{n:07d},{1703 if n < 50 else 1726},maktab {n},{n}" for n in range(first, first + count)]
    return "\n".join(["id,code,region,name,pupils", *lines, ""]).encode()


@pytest.fixture
def site(chain: Chain, monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> Iterator[Site]:
    """The ministry's web server; only the operator's list lets the portal go to it."""
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", ["127.0.0.1/32"])
    with serving() as one:
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", one.url("/open/"))
        one.pages["/open/schools.csv"] = page(schools(), ETag='"1"')
        chain.map(table="schools.csv", row_floor=50)
        yield one


def outcome(chain: Chain) -> tuple[str, str | None]:
    """How the harvest ended, and the code of what was wrong."""
    (row,) = chain.harvest()["mappings"]
    error = row["run"]["error"] if row["run"] else None
    return row["outcome"], error and error["code"]


def test_from_the_file_to_the_rows_and_back_to_every_fault(chain: Chain, site: Site):
    assert outcome(chain) == ("applied", None)
    (source,) = model.Session.query(HarvestSource).all()
    assert source.type == "roadmap_file"
    rows = chain.search()
    assert (len(rows), rows[6]["code"], rows[6]["pupils"]) == (100, "0000007", 7)
    fields = act("datastore_info", id=act("roadmap_mapping_show", name="schools")["resource_id"])["fields"]
    assert {field["id"]: field["type"] for field in fields}["pupils"] == "int8"

    asked = len(site.asked)
    assert outcome(chain) == ("unchanged", None)
    assert len(site.asked) == asked + 1, "the ETag alone tells"

    for content, headers, told in FAULTS:
        site.pages["/open/schools.csv"] = page(content, **{"ETag": f'"{told}"', **headers})
        assert outcome(chain) == told, content[:60]
        assert len(chain.search()) == 100
    site.pages["/open/schools.csv"] = page(schools(101), ETag='"9"')
    assert outcome(chain) == ("applied", None)
    assert len(chain.search()) == 101


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("schools.csv", b"id,code\n" + b"1,2\n" * 3_000_000)
    return packed.getvalue()


FAULTS: list[tuple[bytes, dict[str, str], tuple[str, str]]] = [
    (b"<!doctype html><html>Kirish", {}, ("failed", "file_page")),
    (schools()[:-20], {}, ("failed", "row_ragged")),
    (schools().replace(b"name", b"nomi", 1), {}, ("failed", "file_columns_missing")),
    (b"id,code,region,name,pupils\n", {}, ("held", "row_floor")),
    (schools() + b"100,x,1703,y,1\n", {}, ("failed", "key_double")),
]


def test_what_the_web_may_answer(chain: Chain, site: Site):
    """Nothing of it reaches a reader, and there are no old rows to lose."""
    site.pages["/open/schools.csv"] = page(status=302, Location="http://169.254.169.254/latest/meta-data")
    assert outcome(chain) == ("failed", "fetch_forbidden")
    site.pages["/open/schools.csv"] = page(status=403)
    assert outcome(chain) == ("failed", "source_status")
    site.pages["/open/schools.csv"] = page(bomb())
    chain.map(table="schools.csv", read={"format": "zip"})
    assert outcome(chain) == ("failed", "file_bomb")
    run = act("roadmap_run_list", mapping="schools")["results"][0]
    assert "127.0.0.1" not in json.dumps(run)
    then = act("roadmap_run_list", as_of=run["started_at"], outcome="running")["results"]
    assert [(one["id"], one["error"], one["finished_at"]) for one in then] == [(run["id"], None, None)]
    assert act("roadmap_run_list", as_of=run["started_at"], outcome="failed")["count"] == 2


def test_a_drop_folder(chain: Chain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    folder = tmp_path / "drop"
    folder.mkdir()
    monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", f"drop://{folder}/?settle=0.1")
    chain.map(table="schools-*.jsonl")
    names = ("id", "code", "region", "name", "pupils")
    lines = [line.split(",") for line in schools(30).decode().splitlines()[1:]]
    text = "\n".join(json.dumps(dict(zip(names, line, strict=True))) for line in lines)
    (folder / "schools-2024.jsonl.part").write_text(text[:500])
    assert outcome(chain) == ("failed", "file_missing")
    (folder / "schools-2024.jsonl.part").rename(folder / "schools-2024.jsonl")
    assert outcome(chain) == ("failed", "file_broken")
    (folder / "schools-2025.jsonl").write_text(text)
    assert outcome(chain) == ("applied", None)
    assert len(chain.search()) == 30
    assert outcome(chain) == ("unchanged", None)


def test_an_interface_page_by_page(chain: Chain, site: Site, monkeypatch: pytest.MonkeyPatch):
    lines = [line.split(",") for line in schools(30).decode().splitlines()]
    rows = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    for start in (0, 20):
        document = {"total": 30, "data": rows[start : start + 20]}
        site.pages[f"/open/v1/schools?offset={start}&limit=20"] = page(json.dumps(document).encode())
    monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", "api+" + site.url("/open/"))
    paging = {"style": "offset", "limit": 20, "total": "total"}
    chain.map(table="v1/schools", read={"record": "data", "paging": paging})
    assert outcome(chain) == ("applied", None)
    assert [row["code"] for row in chain.search()][:2] == ["0000001", "0000010"], "texts of JSON stay texts"
    site.pages["/open/v1/schools?offset=20&limit=20"] = page(json.dumps({"total": 30, "data": []}).encode())
    assert outcome(chain) == ("failed", "api_count")
    assert len(chain.search()) == 30


def test_a_source_of_another_kind_says_so(chain: Chain, site: Site):
    chain.harvest()
    source = model.Session.query(HarvestSource).one()
    source.type = "roadmap_database"
    model.Session.commit()
    (error,) = chain.harvest()["errors"]
    assert "read by sources of the type roadmap_file" in error
