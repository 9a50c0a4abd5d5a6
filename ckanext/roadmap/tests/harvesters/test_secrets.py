"""After whole runs, good and bad, the secret is found nowhere."""

from __future__ import annotations

import logging
import os
from pathlib import Path
from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis

from ckanext.roadmap import jobs
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.country import act

from .conftest import Chain

pytestmark = pytest.mark.usefixtures("with_plugins")
DUMP = (
    "SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')"
)


def everything_in(url: str) -> str:
    """All rows of all tables of a database."""
    found = []
    for schema, table in postgres.rows(url, DUMP):
        found += [text for (text,) in postgres.rows(url, f'SELECT t::text FROM "{schema}"."{table}" t')]
    return "\n".join(map(str, found))


def everything_in_redis() -> str:
    redis = connect_to_redis()
    dumped: list[Any] = [(key, redis.dump(key)) for key in redis.keys("*")]
    for key in redis.keys("*"):
        kind = redis.type(key)
        dumped.append(redis.hgetall(key) if kind == b"hash" else redis.get(key) if kind == b"string" else "")
    return repr(dumped)


def _pages() -> list[str]:
    """Every page that tells of the runs."""
    found = act("roadmap_run_list")["results"]
    return ["/en/compliance/runs", *(f"/en/compliance/run/{run['id']}" for run in found)]


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


@pytest.mark.usefixtures("with_request_context")
def test_secret_is_nowhere(
    chain: Chain, caplog: pytest.LogCaptureFixture, capfd: Any, app: Any, monkeypatch: pytest.MonkeyPatch
):
    caplog.set_level(logging.DEBUG)
    harvests = [chain.harvest()["job_id"]]
    chain.sql("ALTER TABLE schools RENAME name TO nomi")
    harvests.append(chain.harvest()["job_id"])
    monkeypatch.setenv(
        "CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL",
        f"postgresql://{chain.account}:{chain.password}@127.0.0.1:1/x",
    )
    harvests.append(chain.harvest()["job_id"])
    source = act("harvest_job_show", id=harvests[0])["source_id"]
    seen = {
        "portal": everything_in(tk.config["sqlalchemy.url"]),
        "datastore": everything_in(tk.config["ckan.datastore.write_url"]),
        "redis": everything_in_redis(),
        "log": caplog.text,
        "output": "".join(capfd.readouterr()),
        "runs": repr(act("roadmap_run_list")),
        "object": repr([act("harvest_job_report", id=job) for job in harvests]),
        "page": app.get(f"/harvest/{source}").body,
        **{address: app.get(address).body for address in _pages()},
    }
    for place, text in seen.items():
        for secret in (chain.password, chain.account):
            assert secret not in text, place
