"""After whole runs, good and bad, the secret is found nowhere."""

from __future__ import annotations

import logging
import os
import zlib
from pathlib import Path
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis

from ckanext.roadmap import held_jobs, jobs, rehearsal_jobs
from ckanext.roadmap.sources.mapping_text import write
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.logic.box import bodies
from ckanext.roadmap.tests.redis_content import everything_in_redis
from ckanext.roadmap.tests.views.test_deadline import headers

from .conftest import Chain
from .test_held_mail import people  # noqa: F401

pytestmark = pytest.mark.usefixtures("with_plugins")
WRONG = "Swrong0password0that0is0long"
DUMP = (
    "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
)


def everything_in(url: str) -> str:
    """All rows of all tables of a database."""
    found = []
    for schema, table in postgres.rows(url, DUMP):
        found += [text for (text,) in postgres.rows(url, f'SELECT t::text FROM "{schema}"."{table}" t')]
    return "\n".join(map(str, found))


def everything_under(folder: Path) -> str:
    """The names and the bytes of all files."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return repr([(str(path.relative_to(folder)), path.read_bytes()) for path in files])


def _pages() -> list[str]:
    """Every page that tells of runs, sources and what waits."""
    runs = [f"/en/compliance/run/{run['id']}" for run in act("roadmap_run_list")["results"]]
    mapping = act("roadmap_mapping_show", name="schools")
    own = [
        f"/en/mappings{path}"
        for path in ("", "/all.yaml", "/schools", "/schools/edit", "/schools/rehearsals")
    ]
    table = f"/en/dataset/maktablar/resource/{mapping['resource_id']}"
    more = (
        "/en/compliance/runs",
        "/en/compliance/held",
        "/en/harvest",
        "/en/systems",
        "/en/dataset/maktablar",
    )
    return [*more, table, f"{table}/versions", *own, *runs]


def test_a_secret_is_changed_without_a_restart(chain: Chain, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    name = "CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL"
    right, secret = os.environ[name], tmp_path / "education"
    monkeypatch.delenv(name)
    monkeypatch.setenv(f"{name}_FILE", str(secret))
    secret.write_text(right)
    chain.harvest()
    chain.sql("UPDATE schools SET pupils = 0")
    mapping = act("roadmap_mapping_show", name="schools")["id"]
    secret.write_text(right.replace(chain.account, "nobody_any_more"))
    assert jobs.load_mapping(mapping) == "failed"
    secret.write_text(right)
    assert jobs.load_mapping(mapping) == "applied"


def test_what_jobs_carry_is_searched(clean_redis: None):
    connect_to_redis().hset("probe", mapping={"data": zlib.compress(b"a needle in it")})
    connect_to_redis().rpush("probes", "another needle")
    assert everything_in_redis().count("needle") == 2


@pytest.mark.usefixtures("with_request_context")
def test_secret_is_nowhere(
    chain: Chain,
    people: dict[str, str],  # noqa: F811
    caplog: pytest.LogCaptureFixture, capfd: Any, app: Any,
    monkeypatch: pytest.MonkeyPatch, mail_server: Any, tmp_path: Path,
):  # fmt: skip
    caplog.set_level(logging.DEBUG)
    for logger in logging.getLogger().manager.loggerDict.values():  # migrations have silenced them
        monkeypatch.setattr(logger, "disabled", False, raising=False)
    monkeypatch.setitem(tk.config, "ckanext.roadmap.gate.fewer_rows", 20)
    harvests, mapping = [chain.harvest()["job_id"]], act("roadmap_mapping_show", name="schools")["id"]
    chain.sql("DELETE FROM schools WHERE id > 40")
    harvests.append(act("roadmap_harvest_start", connection="education")["job_id"])
    chain.consume()
    act("roadmap_rehearsal_create", name="schools")
    waiting = everything_in_redis()
    chain.load()
    rehearsal_jobs.rehearse(mapping)
    held_jobs.mail_notices()
    chain.sql("ALTER TABLE schools RENAME name TO nomi")
    harvests.append(chain.harvest()["job_id"])
    for wrong in (chain.url.replace(chain.password, WRONG), chain.url.replace(":25433", ":1")):
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", wrong)
        harvests.append(chain.harvest()["job_id"])
        act(
            "roadmap_mapping_check",
            definition=write([act("roadmap_mapping_show", name="schools")["definition"]]),
        )
        rehearsal_jobs.rehearse(mapping)
    reports = [act("harvest_job_report", id=job) for job in harvests]
    source = act("harvest_job_show", id=harvests[0])["source_id"]
    reader = headers(member("statistics-agency", "member"))
    seen = {
        "portal": everything_in(tk.config["sqlalchemy.url"]),
        "datastore": everything_in(tk.config["ckan.datastore.write_url"]),
        "redis while jobs wait": waiting,
        "redis": everything_in_redis(),
        "files": everything_under(tmp_path),
        "mails": "\n".join(bodies(mail_server)),
        "runs": repr(act("roadmap_run_list")),
        "rehearsals": repr(act("roadmap_rehearsal_list", name="schools")),
        "connection": repr(act("roadmap_connection_check", name="education")),
        "object": repr(reports),
        **{
            address: app.get(address, headers=reader).body for address in [f"/en/harvest/{source}", *_pages()]
        },
        "log": caplog.text,
        "output": "".join(capfd.readouterr()),
    }
    for place in ("portal", "redis while jobs wait", "files", "mails", "runs", "log", "/en/mappings/schools"):
        assert "maktab" in seen[place] or "schools" in seen[place] or mapping in seen[place], place
    for place, text in seen.items():
        for secret in (chain.password, chain.account, WRONG):
            assert secret not in text, place
