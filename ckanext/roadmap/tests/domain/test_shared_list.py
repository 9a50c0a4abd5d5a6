"""The real approved list: every row is understood."""

from __future__ import annotations

import csv
from datetime import date

import pytest

from ckanext.roadmap.domain.body import Body, BodyKind, Succession, SuccessionKind
from ckanext.roadmap.domain.obligation import Responsible, bound_bodies
from ckanext.roadmap.domain.term import Frequency, Term

from .builders import ledger

pytestmark = pytest.mark.real_data
IN_FORCE = date(2023, 1, 15)


@pytest.fixture(scope="module")
def tables(shared_data):
    def read(name):
        with (shared_data / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))

    return {name: read(name) for name in ("approved-list-2023", "bodies", "successions")}


@pytest.fixture(scope="module")
def bound(tables):
    bodies = [
        Body(row["code"], row["name"], row["code"], BodyKind.parse(row["kind"]), row["parent"] or None)
        for row in tables["bodies"]
    ]
    names = {row.id: row.name for row in bodies}
    successions = [
        Succession(
            row["from_body"], row["body"], SuccessionKind(row["kind"]), date.fromisoformat(row["effective"])
        )
        for row in tables["successions"]
    ]

    def ask(responsible: str, at: date) -> list[str]:
        return [
            names[found] for found in bound_bodies(Responsible.parse(responsible), bodies, successions, at)
        ]

    return ask


def test_every_row_is_understood(tables, bound):
    rows = tables["approved-list-2023"]
    assert len(rows) == 26
    for row in rows:
        term = Term.parse(row["frequency"], row["due_rule"])
        assert Term.parse(row["frequency"], str(term.rule)) == term
        assert bound(row["responsible"], IN_FORCE)
        deadlines = ledger(term, "2023-01-15", "2024-12-31")
        assert len(deadlines) == {
            Frequency.annual: 2, Frequency.quarterly: 8, Frequency.monthly: 24, Frequency.continuous: 24, Frequency.daily: 717,
        }[term.frequency]  # fmt: skip


def test_a_merged_ministry_is_replaced_once(tables, bound):
    row = next(row for row in tables["approved-list-2023"] if row["code"] == "F-02")
    assert bound(row["responsible"], IN_FORCE) == [
        "customs-committee",
        "ministry-economy-finance",
        "tax-committee",
    ]
    assert "ministry-finance" in bound(row["responsible"], date(2022, 12, 31))


def test_all_binds_root_bodies_that_exist(bound):
    assert bound("all", IN_FORCE) == [
        "central-bank",
        "ministry-ecology",
        "ministry-economy-finance",
        "ministry-employment",
        "ministry-energy",
        "ministry-health",
        "ministry-preschool-school-education",
        "statistics-agency",
        "uzsuvtaminot",
    ]
