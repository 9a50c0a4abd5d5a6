"""The present portal on the loopback, as its interface is documented: its datasets, and its faults."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ckan.lib.redis import connect_to_redis

from ckanext.roadmap.harvesters import consumer
from ckanext.roadmap.sources.api import client
from ckanext.roadmap.tests.serving import in_a_thread

HTML = b"<!DOCTYPE html><html><body>Huquqingiz yo'q</body></html>"
SPHERES = (("Ta'lim", "Таълим", "Образование", "Education"), ("Moliya", "Молия", "Финансы", "Finance"))
ORGANISATIONS = (
    ("o1", "Ta'lim vazirligi", "Таълим вазирлиги", "Министерство образования", "1-002"),
    ("o2", "Moliya vazirligi", "Молия вазирлиги", "Министерство финансов", "1-003"),
)


def settle(monkeypatch: pytest.MonkeyPatch, ckan_config: Any, folder: Any) -> None:
    """Make CKAN's side of a move quick, and let it ask the loopback."""
    connect_to_redis().flushdb()
    monkeypatch.setattr(consumer, "POLL", 0.2)
    monkeypatch.setattr(client, "PAUSES", (0.0,))
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.files_path", str(folder))
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", ["127.0.0.1/32"])
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.portal.questions_per_second", 1000)


def texts(uzb: str, kr: str, rus: str, eng: str) -> dict[str, str]:
    return {"uzbText": uzb, "uzbKrText": kr, "rusText": rus, "engText": eng}


def dataset(number: int, **changes: Any) -> dict[str, Any]:
    """A record of the catalogue."""
    org = ORGANISATIONS[number % 2]
    found = {
        "structId": f"{number:024x}",
        "name": f"{org[4]}-{number:04}",
        "dataName": texts(
            f"Maktablar {number}", f"Мактаблар {number}", f"Школы {number}", f"Schools {number}"
        ),
        "orgName": texts(*org[1:4], org[1]),
        "sphereName": texts(*SPHERES[number % 2]),
        "fullCount": 3,
        "userOrgId": org[0],
        "sphereId": f"s{number % 2}",
        "lateDay": 0,
        "isAi": False,
        "hasAi": False,
        "isGraph": False,
        "isAral": False,
        "geoType": [],
        "rating": 0,
        "updateDate": "2023-02-01T10:00:00",
        "lastUpdate": "2023-02-01T10:00:00",
    }
    return {**found, **changes}


def rows(number: int, count: int = 3) -> list[dict[str, Any]]:
    """Rows as `GetMainData` gives them."""
    return [
        {
            "id": f"r{number}-{place}",
            "dateTime": "2023-02-01T10:00:00",
            "userId": "u",
            "tableColumn": {
                "Nomi": cell(text=texts(f"maktab {place}", f"мактаб {place}", f"школа {place}", "")),
                "O'quvchilar": cell(number=100 + place),
                "Kod": cell(default=f"{place:05}"),
            },
        }
        for place in range(count)
    ]


def cell(text: Any = None, number: Any = None, default: Any = None) -> dict[str, Any]:
    return {"text": text, "number": number, "data": None, "default": default}


@dataclass
class Portal:
    """What it holds, what it was asked, and what is wrong with it."""

    datasets: list[dict[str, Any]] = field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    faults: dict[str, list[tuple[int, dict[str, str], bytes]]] = field(default_factory=dict)
    cap: int = 1000
    port: int = 0

    @property
    def url(self) -> str:
        return f"egov+http://127.0.0.1:{self.port}/"

    def fill(self, count: int) -> None:
        self.datasets = [dataset(number) for number in range(1, count + 1)]
        self.rows = {one["structId"]: rows(number) for number, one in enumerate(self.datasets, 1)}

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, dict[str, str], bytes]:
        self.asked.append(f"{method} {path}")
        for part, answers in self.faults.items():
            if part in path and answers:
                return answers.pop(0) if len(answers) > 1 else answers[0]
        parts = urlsplit(path)
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        found = self._result(f"{method} {parts.path}", query, json.loads(body or b"{}"))
        if found is None:
            return 404, {}, b""
        whole = {"result": found, "status": 200, "code": 0, "error": None, "errors": None}
        return 200, {"Content-Type": "application/json"}, json.dumps(whole).encode()

    def _result(self, route: str, query: dict[str, str], body: dict[str, Any]) -> Any:
        if route == "GET /apiClient/main/gettable":
            start = int(query["offset"])
            page = self.datasets[start : start + min(int(query["limit"]), self.cap)]
            return {"count": len(self.datasets), "data": page}
        if route == "GET /apiClient/Ref/OrgList":
            return [{"id": one[0], "name": texts(*one[1:4], one[1])} for one in ORGANISATIONS]
        if route == "GET /apiClient/Main/GetSphereList":
            return [{"id": f"s{number}", "name": texts(*one)} for number, one in enumerate(SPHERES)]
        if route == "POST /apiClient/Main/GetMainData" and body["guidId"] == query["GuidId"]:
            found = self.rows[body["guidId"]]
            names = list(found[0]["tableColumn"]) if found else []
            page = found[body["offset"] : body["offset"] + min(body["limit"], self.cap)]
            return {"tableFields": [{"name": name} for name in names], "count": len(found), "data": page}
        return None


@contextmanager
def serving(count: int = 0, port: int = 0) -> Iterator[Portal]:
    portal = Portal()
    portal.fill(count)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            status, headers, body = portal.answer(self.command, self.path, self.rfile.read(size))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    server.daemon_threads = True
    portal.port = server.server_address[1]
    with in_a_thread(server):
        yield portal
