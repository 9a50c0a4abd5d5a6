"""Looks that take longer than a page may wait: a slow view, a slow web server, ended, taken up again."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from psycopg2 import sql
from rq.job import Job

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import look_jobs
from ckanext.roadmap.model import SourceLook
from ckanext.roadmap.services import clock, mapping_looks
from ckanext.roadmap.sources import catalogue
from ckanext.roadmap.tests.acceptance.processes import Portal, wait_until
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.harvesters.conftest import CONNECTION, Chain
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.sources.http.sites import page, serving
from ckanext.roadmap.tests.views.test_mapping_form import filled, sent

pytestmark = pytest.mark.usefixtures("with_plugins")
NEW = f"/en/mappings/new?connection={CONNECTION}&table=slow&body=ministry-education&item=E-01"

BUSY = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND query LIKE 'SELECT count(*)%%slow%%' AND state = 'active'"
)


@pytest.fixture
def slowly(chain: Chain) -> Callable[[float], None]:
    """A view that takes its time for each of 100 rows."""

    def make(seconds: float) -> None:
        chain.sql(
            sql.SQL("CREATE VIEW slow AS SELECT id, name, pg_sleep({})::text AS note FROM schools").format(
                sql.Literal(seconds)
            )
        )
        chain.sql(sql.SQL("GRANT SELECT ON slow TO {}").format(sql.Identifier(chain.account)))

    return make


@pytest.fixture
def headers(chain: Chain) -> dict[str, str]:
    return {"Authorization": act("api_token_create", user=member("statistics-agency"), name="t")["token"]}


def work() -> None:
    ckan_jobs.Worker([look_jobs.QUEUE]).work(burst=True)


def ask(table: str = "slow") -> str:
    return act("roadmap_source_look_create", connection=CONNECTION, table=table)["id"]


def show(id: str) -> dict[str, Any]:
    return act("roadmap_source_look_show", id=id)


def shown(app: Any, url: str, headers: dict[str, str]) -> BeautifulSoup:
    return BeautifulSoup(app.get(url, headers=headers).body, "html.parser")


def test_a_view_that_counts_slowly_is_mapped_on_pages(
    slowly: Callable[[float], None], app: Any, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(mapping_looks, "SECONDS", 1)
    slowly(0.02)
    form = filled(shown(app, NEW, headers), name="sekin", **{"dataset.title.uz": "Sekin ko‘rinish"})
    waiting = sent(app, "/en/mappings/new", form, headers, "wait")
    assert "The look waits its turn." in waiting.get_text()
    id = model.Session.scalars(SourceLook.unended()).one().id
    assert "csrf" not in str(show(id)["form"])
    work()
    address = f"/en/mappings/looks/{id}"
    done = shown(app, address, headers)
    assert "Rows: 100" in done.select_one("#look-title").get_text()
    form = filled(shown(app, done.select_one("a.btn-primary")["href"], headers))
    assert (form["name"], form["dataset.title.uz"]) == ("sekin", "Sekin ko‘rinish")
    assert [form[f"column-{n}.distinct"] for n in range(3)] == ["100", "100", "1"]
    form |= {"column-0.use": "1", "column-0.key": "1", "column-1.use": "1", "dataset.name": "sekin"}
    sent(app, "/en/mappings/new", form, headers, "save")
    assert act("roadmap_mapping_show", name="sekin")["definition"]["key"] == ["id"]
    edited = filled(shown(app, "/en/mappings/sekin/edit", headers), row_floor="7")
    sent(app, "/en/mappings/sekin/edit", edited, headers, "wait")
    id = model.Session.scalars(SourceLook.unended()).one().id
    work()
    assert [one["name"] for one in show(id)["found"]["columns"]] == ["id", "name", None]
    again = shown(app, f"/en/mappings/sekin/edit?look={id}", headers)
    assert filled(again)["row_floor"] == "7"
    assert not again.select("tr#f-column-2 [type=checkbox][checked]")


def test_one_that_is_ended_lets_the_source_go(slowly: Callable[[float], None], chain: Chain):
    slowly(5)
    id = ask()
    thread = threading.Thread(target=look_jobs.look_at, args=[id])
    thread.start()
    wait_until(lambda: chain.sql(BUSY)[0][0] == 1, 30, "it does not ask")
    assert show(id)["state"] == "waiting"  # a worker of the queue has it not
    assert act("roadmap_source_look_cancel", id=id)["state"] == "cancelled"
    thread.join(30)
    assert not thread.is_alive()
    assert chain.sql(BUSY)[0][0] == 0
    found = show(id)
    assert (found["state"], found["found"]["columns"]) == ("cancelled", [])
    assert act("roadmap_source_look_cancel", id=id)["ended_at"] == found["ended_at"]


def test_hours_that_end_meanwhile_end_the_look(
    slowly: Callable[[float], None], chain: Chain, monkeypatch: pytest.MonkeyPatch
):
    slowly(5)
    noon = clock.now().replace(hour=7)  # 12 in Tashkent
    monkeypatch.setattr(clock, "now", lambda: noon)
    chain.map(schedule={"cron": "0 12 * * *", "window": "11:00-13:00"})
    id = ask()
    thread = threading.Thread(target=look_jobs.look_at, args=[id])
    thread.start()
    wait_until(lambda: chain.sql(BUSY)[0][0] == 1, 30, "it does not ask")
    monkeypatch.setattr(clock, "now", lambda: noon + timedelta(hours=2))
    thread.join(30)
    found = show(id)
    assert (found["state"], found["found"]["problem"]["code"]) == ("done", "window_closed")
    with pytest.raises(tk.ValidationError, match="11:00-13:00"):
        ask()


def test_what_a_dead_worker_left_is_taken_up(chain: Chain):
    id = ask("schools")
    Job.fetch(f"look_{id}", connection=ckan_jobs.get_queue(look_jobs.QUEUE).connection).delete()
    assert show(id)["state"] == "failed"
    assert look_jobs.rescue() == [f"look_{id}"]
    assert show(id)["state"] == "waiting"
    work()
    assert (show(id)["state"], show(id)["found"]["rows"], look_jobs.rescue()) == ("done", 100, [])
    chain.sql("DROP TABLE schools")
    id = ask("schools")
    work()
    assert show(id)["found"]["problem"]["code"] == "table_missing"


@pytest.fixture
def worker(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Portal]:
    """One that looks, and may reach the loopback."""
    ini = tmp_path / "looks.ini"
    base = Path(request.config.getoption("ckan_ini")).resolve()
    ini.write_text(f"[app:main]\nuse = config:{base}\nckanext.roadmap.http.allowed_networks = 127.0.0.0/8\n")
    started = Portal(tmp_path, ini, 0)
    try:
        started.start("worker", "jobs", "worker", look_jobs.QUEUE)
        yield started
    finally:
        started.stop()


def test_a_file_that_comes_slowly_is_left_when_nobody_waits(
    chain: Chain, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
):
    with serving() as site:
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", site.url("/"))
        worker: Portal = request.getfixturevalue("worker")  # it inherits the address
        site.pages["/katta.csv"], site.pages["/kichik.csv"] = drip, page(b"id\n1\n")
        id = ask("katta.csv")
        wait_until(lambda: (show(id)["came"]["bytes"] or 0) > 0, 60, f"nothing comes\n{worker.logs()}")
        assert show(id)["state"] == "running"
        act("roadmap_source_look_cancel", id=id)
        small = ask("kichik.csv")
        wait_until(lambda: show(small)["state"] == "done", 60, f"the worker is stuck\n{worker.logs()}")
    assert (show(small)["found"]["rows"], show(id)["state"]) == (1, "cancelled")


def drip(handler: Any) -> None:
    """A file of two gigabytes, a little at a time."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(2 * 2**30 - 1))
    handler.end_headers()
    while True:
        handler.wfile.write(b"x" * 1000)
        handler.wfile.flush()
        time.sleep(0.1)


def test_tables_that_are_listed_slowly_are_chosen_from_on_pages(
    chain: Chain, app: Any, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
):
    waits = "WITH w AS MATERIALIZED (SELECT pg_sleep(1.5) AS s)"
    slow = waits + catalogue.QUERIES["postgresql"].replace("WHERE", "CROSS JOIN w WHERE w.s IS NOT NULL AND")
    monkeypatch.setitem(catalogue.QUERIES, "postgresql", slow)
    monkeypatch.setattr(mapping_looks, "SECONDS", 1)
    chain.map()
    page = shown(app, f"/en/mappings/new?connection={CONNECTION}&body=ministry-education&item=E-01", headers)
    assert page.select_one("#offered + .roadmap-error")
    form = {one["name"]: one["value"] for one in page.select("#list-in-background input")}
    waiting = sent(app, "/en/mappings/new", form, headers, "list")
    assert "The look waits its turn." in waiting.get_text()
    id = model.Session.scalars(SourceLook.unended()).one().id
    work()
    assert [(one["name"], one["mappings"]) for one in show(id)["found"]["tables"]] == [
        ("schools", ["schools"])
    ]
    done = shown(app, f"/en/mappings/looks/{id}", headers)
    assert "to choose from: 1." in done.select_one("#look-title").get_text()
    chosen = shown(app, done.select_one("a.btn-primary")["href"], headers)
    links = [one["href"] for one in chosen.select("#table-offered a") if "table=schools" in one["href"]]
    assert all(
        word in links[0] for word in ("body=ministry-education", "item=E-01", f"connection={CONNECTION}")
    )
    ended = act("roadmap_source_look_create", connection=CONNECTION)["id"]
    thread = threading.Thread(target=look_jobs.look_at, args=[ended])
    monkeypatch.setitem(catalogue.QUERIES, "postgresql", slow.replace("1.5", "5"))
    thread.start()
    wait_until(
        lambda: chain.sql(BUSY.replace("SELECT count(*)%%slow", "%%pg_sleep"))[0][0] == 1,
        30,
        "it does not ask",
    )
    act("roadmap_source_look_cancel", id=ended)
    thread.join(30)
    assert (show(ended)["state"], show(ended)["found"]["tables"]) == ("cancelled", None)
