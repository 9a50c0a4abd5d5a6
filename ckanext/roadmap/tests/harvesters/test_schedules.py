"""A mapping with a schedule: read when its moment has come, and never outside its window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import Mock

import pytest

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest.model import HarvestJob
from ckanext.roadmap import jobs
from ckanext.roadmap.harvesters import importing
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock
from ckanext.roadmap.tests.clock import TASHKENT
from ckanext.roadmap.tests.country import act

from .conftest import CONNECTION, Chain

pytestmark = pytest.mark.usefixtures("with_plugins")


class Day:
    """The day after tomorrow by the legal clock, whose hour the test sets."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._day = datetime.now(TASHKENT).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(2)
        self._now = self._day
        monkeypatch.setattr(clock, "now", lambda: self._now.astimezone(UTC))

    def at(self, hour: int, minute: int = 0, days: int = 0) -> None:
        """Sets the clock."""
        self._now = self._day + timedelta(days=days, hours=hour, minutes=minute)


@pytest.fixture
def day(chain: Chain, monkeypatch: pytest.MonkeyPatch) -> Day:
    one = Day(monkeypatch)
    one.at(12)
    chain.map(schedule={"cron": "0 23 * * *", "window": "22:00-06:00"})
    return one


def outcomes() -> list[tuple[str | None, str | None]]:
    model.Session.expire_all()
    rows = model.Session.scalars(Run.newest().order_by(None).order_by(Run.started_at))
    return [(run.outcome, run.error and run.error["code"]) for run in rows]


def begin(chain: Chain) -> list[dict[str, Any]]:
    found = act("roadmap_harvest_due")
    chain.consume()
    chain.load()
    return found


def test_it_is_read_once_for_each_moment(chain: Chain, day: Day):
    assert act("roadmap_mapping_list")[0]["schedule"]["open"] is False
    day.at(22, 59)
    assert begin(chain) == []
    day.at(23)
    (one,) = begin(chain)
    assert (one["connection"], one["mappings"], one["joined"]) == (CONNECTION, ["schools"], False)
    assert act("roadmap_harvest_progress", job_id=one["job_id"])["mappings"][0]["outcome"] == "applied"
    day.at(23, 1)
    assert begin(chain) == []
    assert len(chain.search()) == 100
    assert outcomes() == [("applied", None)]


def test_whoever_asks_outside_the_window_the_source_is_left_alone(chain: Chain, day: Day):
    day.at(12)
    (row,) = chain.harvest()["mappings"]
    assert row["outcome"] == "failed"
    assert "22:00-06:00" in row["error"]
    day.at(23)
    begin(chain)
    day.at(12, days=1)
    with pytest.raises(tk.ValidationError) as refused:
        act("roadmap_load_enqueue", name="schools")
    assert "22:00-06:00" in refused.value.error_dict["name"][0]
    assert outcomes() == [("applied", None)]


def test_a_load_that_the_window_cuts_off_is_no_fault_and_begins_anew(chain: Chain, day: Day):
    day.at(23)
    act("roadmap_harvest_due")
    chain.consume()
    day.at(6, 30, days=1)
    chain.load()
    assert outcomes() == [("failed", "window_closed")]
    assert begin(chain) == []
    day.at(22, days=1)
    assert [one["mappings"] for one in begin(chain)] == [["schools"]]
    assert outcomes() == [("failed", "window_closed"), ("applied", None)]


def test_a_source_that_was_down_is_tried_again_before_the_next_moment(
    chain: Chain, day: Day, monkeypatch: pytest.MonkeyPatch
):
    chain.map(schedule={"cron": "0 23 * * *"})
    with monkeypatch.context() as down:
        down.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", f"{chain.url}_none")
        day.at(23)
        begin(chain)
    day.at(23, 14)
    assert begin(chain) == []
    (row,) = act("roadmap_mapping_list")
    assert row["schedule"]["again"]
    told = datetime.fromisoformat(row["schedule"]["next_at"])
    day.at(23, 15)
    assert told == clock.now()
    assert [one["mappings"] for one in begin(chain)] == [["schools"]]
    assert [outcome for outcome, _error in outcomes()] == ["failed", "applied"]
    assert not act("roadmap_mapping_show", name="schools")["schedule"]["again"]
    day.at(0, days=1)
    assert begin(chain) == []


def test_what_is_refused_before_there_is_a_load_is_tried_again(
    chain: Chain, day: Day, monkeypatch: pytest.MonkeyPatch
):
    """CKAN refuses the dataset, or its search index is down: no run tells of it, and the cron may be a year's."""
    day.at(23)
    chain.map(schedule={"cron": f"0 23 {clock.now().astimezone(TASHKENT).day} * *"})
    refusals = (tk.ValidationError({"title": ["Missing value"]}), ConnectionError("no index"))
    for fault, (hour, minute, days) in zip(refusals, ((23, 15, 0), (0, 0, 1)), strict=True):
        with monkeypatch.context() as down:
            down.setattr(importing, "import_mapping", Mock(side_effect=fault))
            assert len(begin(chain)) == 1
        assert begin(chain) == []
        schedule = act("roadmap_mapping_list")[0]["schedule"]
        assert schedule["again"]
        day.at(hour, minute, days=days)
        assert datetime.fromisoformat(schedule["next_at"]) == clock.now()
    assert len(begin(chain)) == 1
    assert outcomes() == [("applied", None)]
    assert begin(chain) == []


def test_a_held_load_waits_for_people_and_for_nothing_else(chain: Chain, day: Day):
    chain.map(schedule={"cron": "0 23 * * *", "window": "22:00-06:00"}, row_floor=50)
    day.at(23)
    begin(chain)
    chain.sql("DELETE FROM schools WHERE id > 5")
    day.at(23, days=1)
    begin(chain)
    for hour, days in ((23, 1), (3, 2), (22, 2)):
        day.at(hour, 30, days=days)
        assert begin(chain) == []
    assert [outcome for outcome, _error in outcomes()] == ["applied", "held"]


def test_the_schedule_of_the_connection_passes_over_it(chain: Chain, day: Day):
    day.at(23)
    begin(chain)
    source: Any = model.Session.query(HarvestJob).first().source
    tk.get_action("harvest_jobs_run")(jobs.site_context(), {"source_id": source.id})
    asked = {"source_id": source.id, "run": True}
    tk.get_action("harvest_job_create")(jobs.site_context(), asked)
    chain.consume()
    chain.load()
    assert outcomes() == [("applied", None)]
    assert model.Session.scalars(Mapping.by_name("schools")).one().definition["schedule"]
