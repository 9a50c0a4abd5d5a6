"""What is kept of past days is what the rule says of them, whatever is recorded later."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from ckan import model
from ckan.lib.jobs import get_queue

from ckanext.roadmap import config, result_jobs
from ckanext.roadmap.domain.calendar import end_of_day
from ckanext.roadmap.logic import past_days, scopes
from ckanext.roadmap.logic.action.compliance import figures
from ckanext.roadmap.model import CountrySheet
from ckanext.roadmap.services import clock, country
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import publish
from ckanext.roadmap.tests.logic.test_as_of import memory  # noqa: F401 - a year in which everything happens
from ckanext.roadmap.tests.logic.test_instants import check_around_every_edge


def computed(day: date) -> dict[str, Any]:
    """What the page of a day tells, added up from all results."""
    asked = {"as_of": end_of_day(day, config.timezone()), "quarters": 8}
    scope = scopes.make_scope(asked)
    session = model.Session()
    return figures(session, asked, scope, country.load(session, scope, is_now=False))


def kept() -> dict[date, dict[str, Any]]:
    """All days that are kept."""
    query = sa.select(CountrySheet.day, CountrySheet.content).where(CountrySheet.day.is_not(None))
    return dict(model.Session.execute(query).tuples().all())


def test_any_day_of_a_year_is_kept_as_it_was_and_tells_its_instants(memory: Any):  # noqa: F811
    act("roadmap_compliance_show")
    today = clock.today()
    made = act("roadmap_ledger_rebuild", days_to=(today - timedelta(days=1)).isoformat())["days"]
    found = kept()
    assert made == len(found) > 300
    assert found[max(found)]["total"]["kept"]["of"]
    for day in random.Random(7).sample(sorted(found), 40):
        assert found[day] == computed(day), day
    assert act("roadmap_ledger_rebuild", days_to=today.isoformat())["days"] == 0
    check_around_every_edge()


def test_one_month_after_the_other_is_kept_until_none_lacks(in_force: RehearsalClock):
    in_force.set("2023-03-05T12:00")
    queue = get_queue()
    queue.empty()
    act("roadmap_ledger_extend")
    made: list[int] = []
    while waiting := [id_ for id_ in queue.job_ids if id_.startswith(result_jobs.DAYS)]:
        job = queue.fetch_job(waiting[0])
        queue.remove(job)
        made.append(job.perform())
        job.delete()
    assert [count > 0 for count in made] == [True, True, True, False]  # March, February, January
    assert sum(made) == len(kept())
    assert not past_days.missing()
    queue.empty()


def test_what_is_recorded_later_leaves_it_and_what_was_wrong_takes_it_away(in_force: RehearsalClock):
    in_force.set("2023-04-20T12:00")
    span = {"days_from": "2023-04-01", "days_to": "2023-04-19"}
    act("roadmap_compliance_show")
    assert act("roadmap_ledger_rebuild", **span)["days"] == 19
    before = kept()
    publish(in_force, "2023-04-20T13:00")
    act("roadmap_compliance_show")
    for day, content in before.items():
        assert content == computed(day)
        shown = act("roadmap_compliance_show", as_of=day.isoformat())
        assert {name: shown[name] for name in content} == content
    assert act("roadmap_ledger_rebuild", **span)["days"] == 0
    assert act("roadmap_ledger_rebuild")["differing"] == 0
    assert kept() == before
    model.Session.execute(
        sa.text("UPDATE roadmap_stand SET states = ARRAY(SELECT s # 2 FROM unnest(states) AS s)")
    )
    model.Session.commit()
    assert act("roadmap_ledger_rebuild")["differing"]
    assert not kept()
    act("roadmap_ledger_rebuild", **span)
    assert kept() == before
