"""Commands on the life of a list."""

from __future__ import annotations

from typing import Any

import pytest

from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "rehearsal")


def run(cli: Any, *words: str, code: int = 0) -> str:
    result = cli.invoke(roadmap, ["list", *words])
    assert result.exit_code == code, result.output
    return result.output


def test_from_draft_to_a_second_list_in_one_year(cli: Any):
    country.import_bodies()
    country.import_list()
    country.approve()
    assert run(cli, "create", "2023") == "list 2023/2: draft\n"
    act("roadmap_item_update", year=2023, number=2, code="F-01", due_rule="12 days after period end")
    assert run(cli, "submit", "2023", "--number", "2") == "list 2023/2: submitted\n"
    told = run(cli, "diff", "2023/1", "2023/2")
    assert 'changed  F-01  due_rule: "10 days after period end" -> "12 days after period end"' in told
    assert told.endswith("0 added, 0 removed, 1 changed\n")
    words = ("approve", "2023", "--number", "2", "--decision", "31", "--date", "2023-03-01")
    assert "at most once a calendar year" in run(cli, *words, code=1)
    approved = run(cli, *words, "--override-act", "30-K", "--override-reason", "New decree")
    assert approved.startswith("list 2023/2 in force from 2023-03-01: 6 obligations, ")


def test_rejected_with_its_reason(cli: Any):
    country.import_bodies()
    country.import_list()
    assert "List 2023/1 is draft" in run(cli, "reject", "2023", "--reason", "Terms", code=1)
    run(cli, "submit", "2023")
    assert run(cli, "reject", "2023", "--reason", "Terms") == "list 2023/1: rejected\n"
    assert "is no list" in run(cli, "diff", "2023-1", "2023/1", code=2)
