"""A table that names its own periods: what its loads cover decides which deadline they meet."""

from __future__ import annotations

from typing import Any

import pytest

from ckan import model

from ckanext.roadmap.services import clock, ledger
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadlines
from ckanext.roadmap.tests.logic.test_results import by_rule, stored

from .conftest import Chain

pytestmark = pytest.mark.usefixtures("with_plugins", "begun")
COLUMNS = ["id", "name", "month", "amount"]
ASKED = {"item": "F-01", "body": "ministry-education"}


@pytest.fixture
def begun(rehearsal: RehearsalClock) -> None:
    """A few days after the list came into force."""
    rehearsal.set("2023-01-25T12:00")


class Series:
    """A table of months behind F-01, which is due monthly and may not stand still."""

    def __init__(self, chain: Chain, rehearsal: RehearsalClock, **named: Any) -> None:
        self.chain, self.rehearsal = chain, rehearsal
        chain.sql("ALTER TABLE schools ADD month text, ADD amount int; DELETE FROM schools")
        chain.map(item="F-01", columns=COLUMNS, region_column=None, **named)

    def load(self, day: str, *months: str) -> dict[str, Any]:
        """A load at a noon, after some months were added and every amount was corrected."""
        at = self.rehearsal.set(f"{day}T12:00")
        for month in months:
            query = (
                "INSERT INTO schools (id, name, month) SELECT coalesce(max(id), 0) + 1, 'x', %s FROM schools"
            )
            self.chain.sql(query, month)
        self.chain.sql("UPDATE schools SET amount = %s", at.toordinal())
        (row,) = self.chain.harvest()["mappings"]
        return row["run"]


def covers() -> list[Any]:
    return [event["covers"] for event in act("roadmap_event_list", **ASKED)["events"]]


def told(*months: str) -> list[tuple[str, str]]:
    found = deadlines(**ASKED)
    return [(found[month]["status"], found[month]["reason"]) for month in months]


def is_whole() -> bool:
    """Whether the ledger holds, and what is stored is what the rule says."""
    at = clock.now()
    return stored(at) == by_rule(at) and not any(ledger.verify(model.Session()).values())


def test_a_load_meets_the_newest_ended_month_that_its_rows_cover(chain: Chain, rehearsal: RehearsalClock):
    series = Series(chain, rehearsal, period_column="month")
    series.load("2023-02-05", "2023-01")
    series.load("2023-04-05", "2023-02", "2023-03", "2024-12")
    assert [status for status, _ in told("2023-01", "2023-02", "2023-03")] == [
        "on_time",
        "delinquent",
        "on_time",
    ]
    assert covers() == [
        {"first": "2023-01-01", "last": "2023-01-31"},
        {"first": "2023-01-01", "last": "2023-04-05"},
    ]
    chain.sql("DELETE FROM schools WHERE month = '2024-12'")
    run = series.load("2023-05-05")
    assert (run["outcome"], run["rows_changed"]) == ("applied", 4)
    assert run["periods"] == {
        "column": "month", "values": 3, "unread": 0, "first": "2023-01-01", "last": "2023-03-31",
    }  # fmt: skip
    assert told("2023-04") == [("due", "other_period")], "a correction of March is not the data of April"
    assert deadlines(**ASKED)["2023-03"]["evidence"]["covers"]["last"] == "2023-04-05"
    run = series.load("2023-05-05")
    assert (run["outcome"], run["periods"]["last"], covers()[-1]["last"]) == (
        "unchanged", "2023-03-31", "2023-03-31",
    )  # fmt: skip
    series.load("2023-05-20", "2023-04")
    assert told("2023-04") == [("late_met", "qualified")]
    assert is_whole()


def test_without_periods_that_can_be_read_the_window_decides(chain: Chain, rehearsal: RehearsalClock):
    """The column was named wrongly: nobody is worse off for it, and the run tells."""
    series = Series(chain, rehearsal, period_column="name")
    series.load("2023-02-05", "2023-01")
    run = series.load("2023-03-05")
    assert run["periods"] == {"column": "name", "values": 1, "unread": 1, "first": None, "last": None}
    assert [status for status, _ in told("2023-01", "2023-02")] == ["on_time", "on_time"]
    assert covers() == [None, None]
    assert is_whole()


def test_a_register_that_may_stand_still_goes_by_the_window(chain: Chain, rehearsal: RehearsalClock):
    """E-01: its column says when schools were opened; a quarter without a new one is no missing quarter."""
    chain.sql("ALTER TABLE schools ADD opened date; UPDATE schools SET opened = '2019-01-01'")
    chain.map(columns=["id", "code", "region", "name", "opened"], period_column="opened")
    rehearsal.set("2023-04-05T12:00")
    (row,) = chain.harvest()["mappings"]
    assert row["run"]["periods"]["last"] == "2019-01-01"
    (event,) = act("roadmap_event_list", item="E-01")["events"]
    assert event["covers"] is None
