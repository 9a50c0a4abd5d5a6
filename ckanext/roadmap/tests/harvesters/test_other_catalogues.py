"""What a real CKAN and a real ckanext-dcat give is read as it is, and moves here."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories

from ckanext.roadmap.harvesters import consumer
from ckanext.roadmap.services import connections
from ckanext.roadmap.sources.catalogues import Page
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.sources.http.sites import Site, page, serving

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")
SEARCH = "/api/3/action/package_search?rows=100&start=0&sort=metadata_created+asc%2C+id+asc"
FORMS = {"ttl": "text/turtle", "rdf": "application/rdf+xml", "jsonld": "application/ld+json"}


@pytest.fixture
def other(app: Any, monkeypatch: pytest.MonkeyPatch, ckan_config: Any) -> Any:
    """Another portal that gives what this one gave while it held a dataset of the Ministry of Education."""
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.http.allowed_networks", ["127.0.0.1/32"])
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.portal.questions_per_second", 1000)
    connect_to_redis().flushdb()
    country.import_bodies()
    made = factories.Dataset(
        name="maktablar",
        title_translated={"uz": "Maktablar", "ru": "Школы"},
        owner_org="ministry-education",
        tags=[{"name": "maktab"}],
        resources=[{"url": "http://there.example/schools.csv", "format": "CSV", "name": "Jadval"}],
    )
    with serving() as site:
        site.pages[SEARCH] = page(app.get(SEARCH).body.encode())
        for form, media in FORMS.items():
            body = app.get(f"/catalog.{form}").body.encode()
            site.pages[f"/catalog.{form}"] = page(body, Content_Type=media)
        act("dataset_purge", id=made["id"])
        model.Session.commit()
        yield site


def read(site: Site, monkeypatch: pytest.MonkeyPatch, scheme: str, path: str) -> Page:
    monkeypatch.setitem(tk.config, "ckanext.roadmap.connection.other.url", f"{scheme}+{site.url(path)}")
    return connections.catalogue("other").page("")


@pytest.mark.parametrize(
    ("scheme", "path"), [("ckan", "/"), *(("dcat", f"/catalog.{form}") for form in FORMS)]
)
def test_one_dataset_in_every_form(other: Site, monkeypatch: pytest.MonkeyPatch, scheme: str, path: str):
    (found,) = read(other, monkeypatch, scheme, path).items
    assert found.title.pick("uz") == "Maktablar"
    assert found.tags == ("maktab",)
    assert [(file.url, file.name, file.format) for file in found.files] == [
        ("http://there.example/schools.csv", "Jadval", "CSV")
    ]
    act("roadmap_harvest_start", connection="other")
    monkeypatch.setattr(consumer, "POLL", 0.2)
    worker = consumer.Consumer(0)
    while worker.step():
        pass
    report = act("roadmap_portal_report", connection="other")
    (row,) = report["datasets"]
    assert (row["state"], row["rows_state"], report["publishers"]) == ("moved", "none", [])
    moved = act("package_show", id=row["dataset"])
    assert moved["organization"]["name"] == "ministry-education"
    assert [one["url"] for one in moved["resources"]] == ["http://there.example/schools.csv"]
