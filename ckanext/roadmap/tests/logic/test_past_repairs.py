"""What to fix first on a past day: counted in the background where the country is large, then kept."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from ckan import model
from ckan.lib.jobs import get_queue

from ckanext.roadmap import result_jobs
from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import country_repairs
from ckanext.roadmap.model import PastOutlook
from ckanext.roadmap.services import clock, past_outlooks
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish

DAY = "2023-05-10"
ASKED: tuple[dict[str, Any], ...] = (
    {},
    {"kind": "ministry"},
    {"sphere": "finance", "repairs": 2},
    {"q": "education"},
    {"item": "F-01"},
)


@pytest.fixture
def summer(in_force: RehearsalClock) -> RehearsalClock:
    """Schools came in time once; it is July."""
    publish(in_force, "2023-04-10T12:00")
    in_force.set("2023-07-20T12:00")
    get_queue().empty()
    return in_force


def told(**data: Any) -> Any:
    return act("roadmap_compliance_show", as_of=DAY, **{"repairs": 100, **data})["fix_first"]


def counting() -> dict[str, int] | None:
    return act("roadmap_compliance_show", as_of=DAY, repairs=1)["counting"]


def interrupted(*_: object) -> None:
    raise KeyboardInterrupt


def jobs() -> list[Any]:
    return [job for job in get_queue().jobs if job.id.startswith(result_jobs.REPAIRS)]


def test_what_was_counted_in_the_background_is_what_the_rule_says(
    summer: RehearsalClock, monkeypatch: pytest.MonkeyPatch
):
    by_rule = [told(**asked) for asked in ASKED]
    assert [one["count"] for one in by_rule] == [5, 3, 5, 1, 3]
    monkeypatch.setattr(country_repairs, "MOST_MISSING", 0)
    for asked in ASKED:
        assert told(**asked) is None
    monkeypatch.setattr(country_repairs, "_PART", 2)
    monkeypatch.setattr(country_repairs, "monotonic", count(0, 100).__next__)  # a part takes long
    assert counting() is None
    (job, further) = jobs()  # the one that is to be done, and one that may wait behind it
    assert job.perform() == 2
    assert counting() == {"done": 2, "owed": 6}
    with monkeypatch.context() as killed:
        killed.setattr(country_repairs, "_told", interrupted)
        with pytest.raises(KeyboardInterrupt):
            further.perform()
    get_queue().empty()  # Redis has lost all that waits; the daily job asks for what is unfinished
    act("roadmap_ledger_extend")
    (job,) = jobs()
    assert (job.perform(), counting()) == (2, {"done": 4, "owed": 6})
    assert (job.perform(), job.perform()) == (2, 0)
    publish(summer, "2023-07-20T13:00")
    assert [told(**asked) for asked in ASKED] == by_rule
    assert "counting" not in act("roadmap_compliance_show", as_of=DAY, repairs=1)
    get_queue().empty()
    assert not jobs()


def test_an_instant_that_is_not_settled_is_counted_again_once_it_is(summer: RehearsalClock):
    at = clock.now()
    assert act("roadmap_ledger_rebuild", repairs_at=at.isoformat())["repairs"] == 6
    held = [
        past_outlooks.show(model.Session(), at, RULE_VERSION, summer.set(moment)) is not None
        for moment in ("2023-07-20T17:59", "2023-07-20T18:01")
    ]
    assert held == [True, False]
    assert act("roadmap_ledger_rebuild", repairs_at=at.isoformat())["repairs"] == 6
    assert past_outlooks.show(model.Session(), at, RULE_VERSION, clock.now())


def test_only_the_newest_are_kept(summer: RehearsalClock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(past_outlooks, "_MOST_KEPT", 2)
    for day in ("2023-05-01", "2023-05-02", "2023-05-03"):
        summer.set(f"2023-07-2{day[-1]}T12:00")
        act("roadmap_ledger_rebuild", repairs_at=day)
    found = model.Session.scalars(sa.select(PastOutlook.at).order_by(PastOutlook.at)).all()
    assert [str(at.astimezone(summer.set("2023-07-24T12:00").tzinfo).date()) for at in found] == [
        "2023-05-02",
        "2023-05-03",
    ]
