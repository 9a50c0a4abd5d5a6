"""An interface that is asked for its changes alone, and now and then for everything."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.tests.sources.http.sites import Site, answer, serving

from .conftest import Chain

pytestmark = pytest.mark.usefixtures("with_plugins")
COLUMNS = ["id", "code", "region", "name", "pupils", {"name": "changed", "type": "timestamptz"}]


class Register:
    """A ministry's register behind an interface: it gives what has changed from a moment on."""

    def __init__(self) -> None:
        self.rows = {n: self._row(n, "2026-02-01T03:00:00+00:00") for n in range(1, 101)}
        self.asked: list[str | None] = []

    def _row(self, n: int, at: str, **changes: Any) -> dict[str, Any]:
        row = {"id": n, "code": f"{n:07d}", "region": "1703" if n < 50 else "1726", "name": f"maktab {n}"}
        return {**row, "pupils": n, "changed": at, **changes}

    def write(self, n: int, at: str, **changes: Any) -> None:
        self.rows[n] = self._row(n, at, **changes)

    def answer(self, handler: Any) -> None:
        since = parse_qs(urlsplit(handler.path).query).get("from", [None])[0]
        self.asked.append(since)
        start = datetime.fromisoformat(since or "2023-01-01T00:00:00+00:00")
        found = [row for row in self.rows.values() if datetime.fromisoformat(row["changed"]) >= start]
        answer(handler, json.dumps({"data": found}).encode())


@pytest.fixture
def register(chain: Chain, monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> Iterator[Register]:
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", ["127.0.0.1/32"])
    one = Register()

    class Pages(dict[str, Any]):
        def get(self, key: str, default: Any = None) -> Any:
            return one.answer if urlsplit(key).path == "/v1/schools" else super().get(key, default)

    with serving() as site:
        assert isinstance(site, Site)
        site.pages = Pages(site.pages)
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", "api+" + site.url("/v1/"))
        chain.map(columns=COLUMNS, watermark_column="changed", read={"since": {"parameter": "from"}})
        yield one


def harvested(chain: Chain) -> tuple[str, int]:
    (row,) = chain.harvest()["mappings"]
    return row["outcome"], row["run"]["rows_in"]


def sinces() -> list[str | None]:
    model.Session.expire_all()
    rows = model.Session.scalars(Run.newest().order_by(None).order_by(Run.started_at))
    return [(run.choice or {}).get("since") for run in rows]


def test_changes_are_merged_and_the_end_of_belief_reads_all(
    chain: Chain, register: Register, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(ckan_config, config.FULL_READ_LOOKS, 3)
    assert harvested(chain) == ("applied", 100)
    assert register.asked == [None]

    assert harvested(chain) == ("unchanged", 100)
    assert register.asked[-1] is not None

    register.write(7, "2026-02-02T03:00:00+00:00", name="yangi nom")
    register.write(101, "2026-02-02T04:00:00+00:00")
    assert harvested(chain) == ("applied", 101)
    rows = {row["id"]: row for row in chain.search()}
    assert (len(rows), rows[7]["name"], rows[8]["name"]) == (101, "yangi nom", "maktab 8")

    del register.rows[101]  # which the interface tells nobody
    assert harvested(chain) == ("unchanged", 101)
    assert harvested(chain) == ("applied", 100)
    assert register.asked[-1] is None
    assert [since is not None for since in sinces()] == [False, True, True, True, False]


def test_after_a_change_of_the_mapping_everything_is_read(chain: Chain, register: Register):
    harvested(chain)
    chain.map(
        columns=COLUMNS[:-2] + COLUMNS[-1:], watermark_column="changed", read={"since": {"parameter": "from"}}
    )
    harvested(chain)
    assert register.asked == [None, None]


def test_a_change_that_does_not_fit_its_column_has_everything_read(chain: Chain, register: Register):
    harvested(chain)
    register.write(7, "2026-02-02T03:00:00+00:00", pupils="noma’lum")
    assert harvested(chain) == ("applied", 100)
    assert [since is None for since in register.asked] == [True, False, True]
