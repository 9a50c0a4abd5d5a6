"""Deadlines and data events, listed and told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadline_of, publish


def listed(**data: Any) -> dict[str, Any]:
    return tk.get_action("roadmap_deadline_list")({"user": "", "ignore_auth": False}, data)


class TestDeadlines:
    def test_pages_hold_every_row_once(self, in_force: RehearsalClock):
        in_force.set("2023-12-20T12:00")
        whole = listed(limit=1000)
        paged: list[dict[str, Any]] = []
        for offset in range(0, whole["count"], 7):
            paged += listed(limit=7, offset=offset)["deadlines"]
        assert paged == whole["deadlines"]
        assert len({row["id"] for row in paged}) == whole["count"] == len(paged)

    def test_filters_are_those_of_the_view(self, in_force: RehearsalClock):
        in_force.set("2023-12-20T12:00")
        whole = act("roadmap_compliance_show", body="ministry-finance", limit=1000)
        assert listed(body="ministry-finance", limit=1000)["deadlines"] == whole["deadlines"]
        for status, count in whole["total"]["statuses"].items():
            assert listed(body="ministry-finance", status=status)["count"] == count

    def test_a_quarter_gives_the_rows_behind_kept(self, in_force: RehearsalClock):
        publish(in_force, "2023-04-10T12:00")
        in_force.set("2023-12-20T12:00")
        for quarter in ("2023-Q1", "2023-Q2", "2023-Q3"):
            kept = act("roadmap_compliance_show", quarter=quarter)["total"]["kept"]
            assert listed(quarter=quarter, limit=1000)["count"] == kept["of"]


class TestStory:
    def test_each_event_says_what_became_of_it(self, in_force: RehearsalClock):
        publish(in_force, "2023-03-20T12:00")
        publish(in_force, "2023-04-05T12:00")
        publish(in_force, "2023-04-06T12:00", kind="failed", content_hash=None)
        publish(in_force, "2023-04-10T12:00", content="b")
        publish(in_force, "2023-07-05T12:00", content="c")
        told = act("roadmap_deadline_show", id=deadline_of("E-01", "2023-Q1"))
        assert [(event["reason"], event["qualifies"]) for event in told["events"]] == [
            ("too_early", False),
            (None, False),
            (None, False),
            ("qualified", True),
        ]
        later = act("roadmap_deadline_show", id=deadline_of("E-01", "2023-Q2"))
        assert [event["reason"] for event in later["events"]] == [
            "too_early",
            "too_early",
            "counted_elsewhere",
            "qualified",
        ]
        assert later["events"][2]["met_period"] == "2023-Q1"

    def test_it_names_the_row_in_the_chain(self, in_force: RehearsalClock):
        record = act("roadmap_deadline_show", id=deadline_of("E-01", "2023-Q1"))["record"]
        assert len(record["hash"]) == len(record["previous_hash"]) == 64

    def test_what_lacks_is_named(self, in_force: RehearsalClock):
        publish(in_force, "2023-04-10T12:00", columns=["code"])
        event = act("roadmap_deadline_show", id=deadline_of("E-01", "2023-Q1"))["events"][0]
        assert (event["reason"], event["missing"]) == ("columns_missing", ["region"])

    def test_none(self, in_force: RehearsalClock):
        with pytest.raises(tk.ObjectNotFound):
            act("roadmap_deadline_show", id="none")


class TestEvents:
    def test_paging_by_seq(self, in_force: RehearsalClock):
        for day in range(10, 20):
            publish(in_force, f"2023-04-{day}T12:00", content=chr(90 + day))
        first = act("roadmap_event_list", limit=4)
        publish(in_force, "2023-04-21T12:00", content="x")
        assert act("roadmap_event_list", limit=4) == first
        found, after = list(first["events"]), first["next"]
        while after:
            page = act("roadmap_event_list", limit=4, after=after)
            found, after = found + page["events"], page["next"]
        assert [event["seq"] for event in found] == list(range(1, 12))
        assert all(
            one["hash"] == next_["previous_hash"] for one, next_ in zip(found, found[1:], strict=False)
        )

    def test_filters(self, in_force: RehearsalClock):
        dataset = publish(in_force, "2023-04-10T12:00")
        for name, value in (("item", "E-01"), ("body", "ministry-education"), ("dataset", dataset)):
            assert len(act("roadmap_event_list", **{name: value})["events"]) == 1
        assert not act("roadmap_event_list", body="ministry-finance")["events"]


class TestWithdrawal:
    def test_private_restored_and_seen_again(self, in_force: RehearsalClock):
        dataset = publish(in_force, "2023-04-10T12:00")

        def is_published() -> bool:
            return act("roadmap_compliance_show", item="E-01")["obligations"][0]["published"]

        assert is_published()
        in_force.set("2023-04-12T12:00")
        act("package_patch", id=dataset, private=True)
        act("package_patch", id=dataset, private=True, title="Schools of the country")
        kinds = [event["kind"] for event in act("roadmap_event_list", dataset=dataset)["events"]]
        assert kinds == ["changed", "withdrawn"]
        assert not is_published()
        in_force.set("2023-04-13T12:00")
        act("package_patch", id=dataset, private=False)
        assert not is_published()
        publish(in_force, "2023-04-14T12:00", kind="unchanged")
        assert is_published()
        assert act("roadmap_compliance_show", item="E-01")["deadlines"][-1]["status"] == "on_time"

    def test_deleted(self, in_force: RehearsalClock):
        dataset = publish(in_force, "2023-04-10T12:00")
        act("package_delete", id=dataset)
        assert act("roadmap_event_list", dataset=dataset)["events"][-1]["kind"] == "withdrawn"

    def test_a_load_while_it_is_private_publishes_nothing(self, in_force: RehearsalClock):
        dataset = publish(in_force, "2023-04-10T12:00")
        act("package_patch", id=dataset, private=True)
        publish(in_force, "2023-04-12T12:00", content="b")
        in_force.path.write_text(f"{datetime.now(UTC).isoformat()}")
        assert not act("roadmap_compliance_show", item="E-01")["obligations"][0]["published"]

    def test_a_dataset_nobody_owes_leaves_no_event(self, in_force: RehearsalClock):
        from ckan.tests import factories

        dataset = factories.Dataset(owner_org="ministry-education")
        act("package_delete", id=dataset["id"])
        assert not act("roadmap_event_list")["events"]
