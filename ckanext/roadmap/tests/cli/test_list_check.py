"""`list check`: everything that would stop an import, and nothing written."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.model import ListVersion
from ckanext.roadmap.tests import country

from .test_lists import Portal, portal

__all__ = ["portal"]
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "rehearsal")


@pytest.fixture(autouse=True)
def bodies(clean_db: None, rehearsal: Any, portal: Portal) -> None:
    portal.import_bodies()


def check(portal: Portal, text: str, code: int) -> str:
    return portal.run("list", "check", portal.file("list.csv", text), code=code)


def test_a_sound_list_ends_with_0_and_is_not_kept(portal: Portal):
    assert "0 things to mend" in check(portal, country.ITEMS, 0)
    assert not model.Session.scalar(sa.select(sa.func.count()).select_from(ListVersion))


def test_every_body_that_nobody_knows_is_told_with_the_nearest(portal: Portal):
    out = check(portal, country.ITEMS.replace("ministry-finance", "ministry-finanse"), 1)
    assert "column responsible: no single body is called ministry-finanse." in out


def test_cells_of_several_rows_are_told_at_once(portal: Portal):
    head, *rows = country.ITEMS.strip().splitlines()
    out = check(portal, "\n".join([head, *("?" + row for row in rows)]), 1)
    assert all(f"row {number}, column code:" in out for number in range(2, 2 + len(rows)))


def test_a_body_is_chosen_for_a_word_that_does_not_match(portal: Portal):
    file = portal.file("list.csv", country.ITEMS.replace("ministry-finance", "Min. Finance"))
    portal.run("list", "check", file, "--choose", "Min. Finance=1-003")
    assert "chooses no body" in portal.run("list", "check", file, "--choose", "Min. Finance", code=2)
    out = portal.run("list", "import", file, "--year", "2023", "--choose", "Min. Finance=1-003")
    assert "3 created" in out
