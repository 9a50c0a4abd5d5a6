"""Ways in which data can change or go: each gives its event, and what is stored is what the rule says."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from ckan import model
from ckan.tests import factories

from ckanext.roadmap import config
from ckanext.roadmap.services import clock
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import ITEMS, act
from ckanext.roadmap.tests.logic import test_sites as sites
from ckanext.roadmap.tests.logic.acting import deadlines
from ckanext.roadmap.tests.logic.test_content import (
    FINANCE,
    MORE,
    RECORDS,
    again,
    dataset,  # noqa: F401 - a dataset that answers F-01
    link,
    put,
    table,
)
from ckanext.roadmap.tests.logic.test_results import by_rule, stored
from ckanext.roadmap.tests.logic.test_sites import page, site  # noqa: F401 - another site

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins")

STAMPED = "code,amount,updated_at\n1,{},{day}\n2,6,{day}\n"


@pytest.fixture(autouse=True)
def passing(rehearsal: RehearsalClock, ckan_config: Any, monkeypatch: pytest.MonkeyPatch) -> RehearsalClock:
    """A minute passes before each act, so that what came first is known."""
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.content.pause", 0)
    whole = act

    def later(action: str, /, **data: Any) -> Any:
        if not action.endswith(("_show", "_list", "_measure", "_rebuild", "_check")):
            at = clock.now() + timedelta(minutes=1)
            rehearsal.set(at.astimezone(config.timezone()).replace(tzinfo=None).isoformat())
        return whole(action, **data)

    for name in ("test_content", "test_sites"):
        monkeypatch.setattr(f"ckanext.roadmap.tests.logic.{name}.act", later)
    monkeypatch.setitem(globals(), "act", later)
    return rehearsal


def told() -> list[tuple[str, str | None]]:
    """What the ledger tells, after everything was looked at."""
    act("roadmap_content_measure")
    return [(event["kind"], event["label"]) for event in act("roadmap_event_list", **FINANCE)["events"]]


def is_published(**asked: Any) -> bool:
    return act("roadmap_compliance_show", **FINANCE, **asked)["total"]["published"]["met"] == 1


def is_as_the_rule_says() -> bool:
    at = clock.now()
    return stored(at) == by_rule(at) and act("roadmap_ledger_rebuild")["differing"] == 0


def test_two_datasets_of_one_obligation_stand_for_each_other(dataset: str):  # noqa: F811
    put(dataset)
    other = factories.Dataset(name="other", owner_org="ministry-finance")["id"]
    link(other, clock.now())
    second = put(other, MORE)
    assert told() == [("changed", None)] * 2
    act("resource_delete", id=second)
    assert told()[2:] == [("withdrawn", None)]
    assert is_published(), "the first one is there"
    act("package_patch", id=dataset, private=True)
    assert told()[3:] == [("withdrawn", None)]
    assert not is_published(), "the other one holds nothing"
    assert is_as_the_rule_says()
    put(other)
    assert told()[4:] == [("changed", None)]
    assert is_published()
    assert is_as_the_rule_says()


def test_a_dataset_that_moves_hides_goes_and_is_made_again(dataset: str):  # noqa: F811
    table(dataset, RECORDS)
    first, second = put(dataset), put(dataset, MORE)
    act("package_resource_reorder", id=dataset, order=[second, first])
    act("package_owner_org_update", id=dataset, organization_id=model.Group.get("tax-committee").id)
    assert told() == [("changed", None)]
    for state in ("draft", "active", "deleted", "active"):
        act("package_patch", id=dataset, state=state)
        told()
        assert is_published() == (state == "active")
    assert told()[1:] == [("withdrawn", None), ("unchanged", "public_again")] * 2
    before = clock.now()
    act("dataset_purge", id=dataset)
    assert told()[5:] == [("withdrawn", None)], "CKAN tells nobody of a purge"
    assert not is_published()
    assert is_published(as_of=before.isoformat()), "what was shown then is shown of then"
    factories.Dataset(name="purchases", owner_org="ministry-finance")
    assert told()[6:] == []
    assert is_as_the_rule_says()


def test_new_dates_on_what_was_there_before_are_no_news(dataset: str, passing: RehearsalClock):  # noqa: F811
    first = put(dataset, STAMPED.format(5, day="2023-01-01").encode())
    told()
    again(first, STAMPED.format(7, day="2023-01-01").encode())
    told()
    passing.set("2023-05-05T12:00")
    again(first, STAMPED.format(5, day="2023-05-01").encode())
    assert told()[2:] == [("unchanged", "flip_flop")]
    act("resource_delete", id=first)
    told()
    put(dataset, STAMPED.format(7, day="2023-05-02").encode())
    assert told()[3:] == [("withdrawn", None), ("unchanged", "public_again")]
    assert deadlines(**FINANCE)["2023-04"]["status"] not in ("on_time", "late_met")
    assert is_as_the_rule_says()


def test_data_that_move_to_a_new_dataset_are_no_news(
    dataset: str,  # noqa: F811
    site: Any,  # noqa: F811
    passing: RehearsalClock,
):
    put(dataset, STAMPED.format(5, day="2023-01-01").encode())
    told()
    passing.set("2023-05-05T12:00")
    for name, day in (("again", "2023-05-01"), ("anew", "2023-01-01")):
        other = factories.Dataset(name=name, owner_org="ministry-finance")["id"]
        link(other, clock.now())
        put(other, STAMPED.format(5, day=day).encode())
        told()
    site.pages["/a.csv"] = page(STAMPED.format(5, day="2023-05-02").encode())
    other = factories.Dataset(name="linked", owner_org="ministry-finance")["id"]
    link(other, clock.now())
    act("resource_create", package_id=other, url=site.url("/a.csv"), format="CSV")
    sites.check()
    odd = [("unchanged", "flip_flop"), ("changed", "flip_flop"), ("unchanged", "flip_flop")]
    assert told() == [("changed", None), *odd]
    assert deadlines(**FINANCE)["2023-04"]["status"] not in ("on_time", "late_met")
    site.pages["/a.csv"] = page(STAMPED.format(9, day="2023-05-02").encode())
    passing.set("2023-05-07T12:00")
    sites.check()
    assert told()[4:] == [("changed", None)]
    assert deadlines(**FINANCE)["2023-04"]["status"] == "on_time"
    assert is_as_the_rule_says()


def test_a_link_that_is_taken_out_or_hidden_withdraws_what_stood_at_the_site(
    site: Any,  # noqa: F811
    passing: RehearsalClock,
):
    sites.enact(passing, ITEMS.replace("Procurement,finance,portal", "Procurement,finance,site"))
    made = sites.link(site, passing)
    site.pages["/a.csv"] = page(STAMPED.format(5, day="2023-01-01").encode())
    sites.check()
    for private in (True, False):
        act("package_patch", id=made["package_id"], private=private)
        sites.check()
        assert is_published() != private
    passing.set("2023-05-05T12:00")
    act("resource_delete", id=made["id"])
    assert [kind for kind, _ in told()] == ["changed", "withdrawn", "unchanged", "withdrawn"]
    assert not is_published()
    site.pages["/a.csv"] = page(STAMPED.format(5, day="2023-05-01").encode())
    act("resource_create", package_id=made["package_id"], url=site.url("/a.csv"), format="CSV")
    sites.check()
    assert told()[4:] == [("unchanged", "public_again")], "only its dates are new"
    assert {event["place"] for event in sites.events()} == {"site"}
    assert deadlines(**FINANCE)["2023-04"]["status"] not in ("on_time", "late_met")
    assert is_as_the_rule_says()
