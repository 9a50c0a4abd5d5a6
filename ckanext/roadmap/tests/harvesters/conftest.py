"""A country, a ministry's database with an account of its own, and everything between them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2
import pytest
import yaml
from psycopg2 import sql

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan.lib.redis import connect_to_redis

from ckanext.roadmap import jobs
from ckanext.roadmap.harvesters import consumer
from ckanext.roadmap.tests import country, postgres

CONNECTION = "education"
ID = {
    "name": "id",
    "title": {"uz": "Raqami", "ru": "Номер", "en": "Number"},
    "description": {"uz": "Reyestrdagi raqam", "ru": "Номер в реестре", "en": "Number in the register"},
}
MAPPING: dict[str, Any] = {
    "name": "schools",
    "connection": CONNECTION,
    "table": "schools",
    "item": "E-01",
    "body": "ministry-education",
    "dataset": {
        "name": "maktablar",
        "title": {"uz": "Maktablar", "ru": "Школы"},
        "contact_email": "d@example.org",
    },
    "key": "id",
    "region_column": "region",
    "columns": [ID, "code", "region", "name", "pupils"],
}


@dataclass
class Chain:
    """The chain from the ministry to the portal."""

    ministry: str
    account: str
    password: str
    url: str

    def sql(self, statement: Any, *values: object) -> list[tuple[Any, ...]]:
        """At the ministry, as its owner."""
        return postgres.rows(self.ministry, statement, *values)

    def map(self, **changes: Any) -> dict[str, Any]:
        """Import the mapping."""
        text = yaml.safe_dump({**MAPPING, **changes}, allow_unicode=True)
        return country.act("roadmap_mapping_import", upload=country.upload(text, "mapping.yaml"))

    def harvest(self) -> dict[str, Any]:
        """Harvest, load, and tell how it ended."""
        started = country.act("roadmap_harvest_start", connection=CONNECTION)
        self.consume()
        self.load()
        progress = country.act("roadmap_harvest_progress", job_id=started["job_id"])
        assert progress["finished"], progress
        return {**progress, "job_id": started["job_id"]}

    def consume(self) -> None:
        """Serve what is in the harvest queues."""
        worker = consumer.Consumer(0)
        while worker.step():
            pass

    def load(self) -> None:
        """Run the load jobs that wait."""
        ckan_jobs.Worker([jobs.FAST]).work(burst=True)

    def search(self, sort: str = "id") -> list[dict[str, Any]]:
        """The rows that the portal serves."""
        mapping = country.act("roadmap_mapping_show", name="schools")
        found = country.act("datastore_search", resource_id=mapping["resource_id"], limit=1000, sort=sort)
        assert found["total"] == len(found["records"])
        return found["records"]


@pytest.fixture
def chain(
    clean_db: None, clean_index: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, ckan_config: Any
) -> Iterator[Chain]:
    """A list in force, a mapping imported, a ministry of 100 schools."""
    try:
        postgres.rows(postgres.ADMIN, "SELECT 1")
    except psycopg2.OperationalError:
        pytest.skip(f"no PostgreSQL at {postgres.ADMIN} (set ROADMAP_TEST_POSTGRES)")
    connect_to_redis().flushdb()
    monkeypatch.setattr(consumer, "POLL", 0.2)
    monkeypatch.setattr(jobs, "PAUSES", [0, 0, 0])
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.files_path", str(tmp_path))
    country.import_bodies()
    country.import_list()
    country.approve()
    with postgres.role("account") as (account, password), postgres.database("ministry") as name:
        url = postgres.as_role(account, password, name)
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", url)
        chain = Chain(postgres.admin(name), account, password, url)
        chain.sql(
            "CREATE TABLE schools (id int, code text, region text, name text, pupils int);"
            "INSERT INTO schools SELECT n, lpad(n::text, 7, '0'), CASE WHEN n < 50 THEN '1703' ELSE '1726' END,"
            " 'maktab ' || n, n FROM generate_series(1, 100) n"
        )
        chain.sql(sql.SQL("GRANT SELECT ON schools TO {}").format(sql.Identifier(account)))
        chain.map()
        yield chain
    _drop_table()


def _drop_table() -> None:
    table = sql.Identifier(country.act("roadmap_mapping_show", name="schools")["resource_id"])
    postgres.rows(tk.config["ckan.datastore.write_url"], sql.SQL("DROP TABLE IF EXISTS {}").format(table))


@pytest.fixture
def test_ini(request: pytest.FixtureRequest) -> Path:
    """The configuration file of this session."""
    return Path(request.config.getoption("ckan_ini")).resolve()
