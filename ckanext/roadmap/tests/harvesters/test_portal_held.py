"""Rows of moved datasets that a gate holds: released by command, changed at their origin, held again."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk
from ckan.cli.cli import ckan

from ckanext.roadmap.tests import egov
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.egov import Portal, dataset

from .test_portal import NAME, harvest, portal, shown, work  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("with_plugins")
PINFL = "31203850010029"


def change(portal: Portal, day: str, count: int, **personal: str) -> None:  # noqa: F811
    """Other rows at the origin, with these columns in each."""
    portal.datasets[0] = dataset(1, lastUpdate=f"{day}T00:00:00", fullCount=count)
    portal.rows[dataset(1)["structId"]] = found = egov.rows(1, count)
    for row in found:
        row["tableColumn"] |= {name: egov.cell(default=value) for name, value in personal.items()}


def moved(state: str) -> dict[str, Any]:
    (row,) = act("roadmap_portal_report", connection=NAME, state=state)["datasets"]
    return row


def served() -> int:
    (resource,) = shown()["resources"]
    try:
        return act("datastore_search", resource_id=resource["id"])["total"]
    except tk.ObjectNotFound:
        return 0


def test_held_rows_are_released_and_held_again_for_something_new(portal: Portal, cli: Any):  # noqa: F811
    portal.fill(1)
    change(portal, "2023-02-01", 3, JSHSHIR=PINFL)
    harvest()
    row = moved("rows_held")
    assert [one["code"] for one in row["rows_reason"]["findings"] if one["weight"] == "hold"] == [
        "personal_data"
    ]
    assert PINFL not in str(row)
    assert served() == 0

    harvest()
    assert moved("rows_held")["rows_reason"] == row["rows_reason"], (
        "nothing new there: nothing is asked again"
    )

    done = cli.invoke(ckan, ["roadmap", "portal", "release", row["id"]])
    assert (done.exit_code, done.output) == (0, "asked\n")
    work()
    assert (moved("rows_loaded")["rows"], served()) == (3, 3)
    assert cli.invoke(ckan, ["roadmap", "portal", "release", row["id"]]).exit_code != 0, "they are not held"

    change(portal, "2023-03-01", 4, JSHSHIR=PINFL, Telefon="+998901234567")
    harvest()
    assert moved("rows_held")["id"] == row["id"], "what was agreed to was one column, not another"
    assert served() == 3, "the old rows are served meanwhile"
    change(portal, "2023-04-01", 5)
    harvest()
    assert (moved("rows_loaded")["rows"], served()) == (5, 5), "mended there: no person is needed"
