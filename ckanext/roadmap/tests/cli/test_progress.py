"""The bar of a long import."""

from __future__ import annotations

import io

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.cli.progress import progress_bar
from ckanext.roadmap.tests import country


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("stream", "is_drawn"), [(Terminal(), True), (io.StringIO(), False)])
def test_a_bar_is_drawn_on_terminals_only(stream: io.StringIO, is_drawn: bool):
    with progress_bar("items", stream) as tell:
        for done in (1, 2, 3):
            tell(done, 3)
    assert ("100%" in stream.getvalue()) is is_drawn


@pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index")
def test_an_import_tells_how_far_it_has_come():
    country.import_bodies()
    told: list[tuple[int, int]] = []
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    context = {"user": user, "ignore_auth": True, "progress": lambda *step: told.append(step)}
    tk.get_action("roadmap_list_import")(context, {"upload": country.upload(country.ITEMS), "year": 2023})
    assert told == [(done, 6) for done in range(1, 7)]
