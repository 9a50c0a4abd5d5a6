"""How many rows a page of a list has."""

from __future__ import annotations

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.logic.schema import compliance as schema
from ckanext.roadmap.logic.schema import paging

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.mark.parametrize(
    ("asked", "most", "given"),
    [(None, None, 50), (600, None, 600), (600, 500, 500), (20_000, None, 10_000)],
)
def test_a_page_has_its_bound(asked: int | None, most: int | None, given: int):
    data = {} if asked is None else {"limit": asked}
    found, errors = tk.navl_validate(data, paging.page(50, most))
    assert (found, errors) == ({"limit": given, "offset": 0}, {})


@pytest.mark.ckan_config("ckanext.roadmap.page_limit", 30)
def test_the_option_bounds_every_page():
    assert tk.navl_validate({"limit": 600}, paging.page(50, 500))[0]["limit"] == 30


@pytest.mark.parametrize(("name", "most"), [("quarters", 40), ("cells", 100), ("repairs", 10_000)])
def test_what_a_page_tells_besides_its_rows_has_a_bound(name: str, most: int):
    found, _ = tk.navl_validate({name: 20_000}, schema.compliance_show())
    assert found[name] == most
