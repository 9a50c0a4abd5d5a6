"""Ministries that have files and an interface: from the mapping to live rows, and every fault keeps the old ones.

Real processes and real data: a web server with schools, a drop folder with clinics, a paging interface with
kindergartens.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import redis
import yaml

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests.acceptance.processes import Portal, running
from ckanext.roadmap.tests.sources.http.sites import Page, Site, answer, page, serving

SECRET = "Maxfiy-kalit-91c2"
PERSONAL = "inn"
"""Among the numbers of kindergartens are those of persons: the portal would hold them back."""
NAMES = ("schools", "clinics", "kindergartens")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def paging(records: list[dict[str, str]], most: int = 100) -> Page:
    """The interface: pages of at most a hundred, for who has the key."""

    def talk(handler: BaseHTTPRequestHandler) -> None:
        asked = {name: values[-1] for name, values in parse_qs(urlsplit(handler.path).query).items()}
        if handler.headers["X-API-Key"] != SECRET:
            answer(handler, b"{}", 401)
            return
        start = int(asked.get("offset", 0))
        document = {"count": len(records), "results": records[start : start + most]}
        answer(handler, json.dumps(document).encode())

    return talk


class Web(dict[str, Any]):
    """Pages by path, whatever their parameters."""

    def get(self, key: str, default: Any = None) -> Any:
        return super().get(urlsplit(key).path, default)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as one:
        one.pages = Web()
        yield one


@pytest.fixture
def portal(clean_db: None, clean_index: None, tmp_path: Path, site: Site) -> Iterator[Portal]:
    """A portal whose operator has written three connections down."""
    (tmp_path / "drop").mkdir()
    (tmp_path / "key").write_text(SECRET)
    options = {
        "ckanext.roadmap.http.allowed_networks": "127.0.0.1/32",
        "ckanext.roadmap.load.statement_timeout": "5",
        "ckanext.roadmap.gate.more_rows": "500",
        "ckanext.roadmap.connection.schools.url": site.url("/open/").replace("//", f"//portal:{SECRET}@"),
        "ckanext.roadmap.connection.clinics.url": f"drop://{tmp_path / 'drop'}/?settle=0.2",
        "ckanext.roadmap.connection.kindergartens.url": "api+" + site.url("/api/"),
        "ckanext.roadmap.connection.kindergartens.api_key_file": str(tmp_path / "key"),
    }
    with running(tmp_path, options) as one:
        yield one


def harvest(portal: Portal, name: str, *, fails: bool = False) -> str:
    return portal.command("roadmap", "harvest", "now", name, "--wait", "120", fails=fails)


def served(portal: Portal, name: str) -> int:
    resource = portal.api("package_show", id=f"ministry-{name}")["resources"][0]["id"]
    return portal.api("datastore_search", resource_id=resource, limit=1)["total"]


def mapping(name: str, table: str, path: Path, **more: Any) -> dict[str, Any]:
    with path.open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    return {
        "name": name, "connection": name, "table": table, "item": "E-01",
        "body": "ministry-preschool-school-education",
        "dataset": {"name": f"ministry-{name}", "title": {"uz": name}},
        "columns": [{"name": one.strip("_"), "source": one, "type": "text"} for one in header if one != PERSONAL], **more,
    }  # fmt: skip


def test_files_and_interfaces(portal: Portal, site: Site, shared_data: Path, tmp_path: Path):
    data = shared_data / "ministries"
    start(portal, site, data, tmp_path)
    good = (data / "schools.csv").read_bytes()
    for content, told in faults(good):
        site.pages["/open/schools.csv"] = content if callable(content) else page(content)
        printed = harvest(portal, "schools", fails=True)
        assert told in printed, (told, printed)
        assert served(portal, "schools") == good.count(b"\n") - 1
    nothing_gives_the_secret_away(portal)


def start(portal: Portal, site: Site, data: Path, tmp_path: Path) -> None:
    portal.command(
        "roadmap", "body", "import", str(data.parent / "bodies.csv"), "--successions",
        str(data.parent / "successions.csv"),
    )  # fmt: skip
    portal.command("roadmap", "list", "import", str(data.parent / "approved-list-2023.csv"), "--year", "2023")
    portal.command("roadmap", "list", "approve", "2023", "--decision", "12", "--date", "2023-01-20")
    site.pages["/open/schools.csv"] = page((data / "schools.csv").read_bytes(), ETag='"1"')
    kindergartens = rows(data / "kindergartens.csv")
    site.pages["/api/v1/kindergartens"] = paging(kindergartens)
    (tmp_path / "drop" / "clinics-2026.csv").write_bytes((data / "clinics.csv").read_bytes())
    read = {"record": "results", "paging": {"style": "offset", "limit": 100, "total": "count"}}
    documents = [
        mapping("schools", "schools.csv", data / "schools.csv"),
        mapping("clinics", "clinics-*.csv", data / "clinics.csv"),
        mapping("kindergartens", "v1/kindergartens", data / "kindergartens.csv", read=read),
    ]
    file = tmp_path / "mappings.yaml"
    file.write_text(yaml.safe_dump_all(documents))
    assert "3 created" in portal.command("roadmap", "mapping", "import", str(file))
    for name in NAMES:
        count = len(rows(data / f"{name}.csv"))
        assert f"applied ({count} rows" in harvest(portal, name)
        assert served(portal, name) == count
    assert "unchanged" in harvest(portal, "kindergartens")


def slow(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(8)


def faults(good: bytes) -> Iterator[tuple[Any, str]]:
    """What the web server answers instead, and a part of the words that the operator reads."""
    header, rest = good.split(b"\n", 1)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("schools.csv", header + b"\n" + b"1,2\n" * 3_000_000)
    yield b"<!doctype html><html>Kirish</html>", "HTML"
    yield good.replace(b"viloyat", b"hudud", 1), "viloyat"
    yield header + b"\n", "at least 1"
    yield header + b"\n" + rest * 10, "held"
    yield page(packed.getvalue()), "failed"
    yield page(status=302, Location="http://169.254.169.254/latest/meta-data"), "inner network"
    yield slow, "failed"


def nothing_gives_the_secret_away(portal: Portal) -> None:
    places = {"logs": portal.logs()}
    for option in ("sqlalchemy.url", "ckan.datastore.write_url"):
        dump = subprocess.run(["pg_dump", "--dbname", tk.config[option]], capture_output=True, check=True)
        places[option] = dump.stdout.decode()
    store = redis.Redis.from_url(tk.config["ckan.redis.url"])
    places["redis"] = repr([store.dump(key) for key in store.scan_iter()])
    for path in ("/compliance/runs", "/harvest"):
        places[path] = portal.page(f"/en{path}")
    assert [place for place, text in places.items() if SECRET in text] == []
