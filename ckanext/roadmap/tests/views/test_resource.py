"""The page of a resource: what it tells of the resource is meant for readers."""

from __future__ import annotations

import pytest

from ckan.tests import factories

from ckanext.roadmap.tests.views.test_compliance import page

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")


def test_how_ckan_keeps_a_resource_is_not_told(app):
    dataset = factories.Dataset(owner_org="ministry-education", title="Maktablar")
    resource = factories.Resource(
        package_id=dataset["id"], hash="5cb4e436", url="https://data.example.uz/a.csv"
    )
    shown = page(app, f"/ru/dataset/{dataset['name']}/resource/{resource['id']}")
    heads = {head.get_text(strip=True) for head in shown.select("tr.toggle-more th")}
    assert "Идентификатор" in heads
    assert not heads & {"Datastore active", "Has views", "Package id", "Position", "State", "Url type"}
