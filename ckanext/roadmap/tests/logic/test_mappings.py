"""Mappings and runs through the API: import, refuse, who may see what."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories, helpers

from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import clock, runs
from ckanext.roadmap.tests import country

pytestmark = pytest.mark.usefixtures("with_plugins")

MAPPING: dict[str, Any] = {
    "name": "schools",
    "connection": "education",
    "table": "schools",
    "item": "E-01",
    "body": "ministry-education",
    "dataset": {"name": "maktablar", "title": "Maktablar"},
    "columns": ["id", "code"],
}


@pytest.fixture
def listed(clean_db: None, clean_index: None) -> None:
    country.import_bodies()
    country.import_list()


def take(*changes: dict[str, Any]) -> dict[str, Any]:
    text = yaml.safe_dump([{**MAPPING, **one} for one in changes or ({},)], allow_unicode=True)
    return country.act("roadmap_mapping_import", upload=country.upload(text, "mapping.yaml"))


@pytest.mark.usefixtures("listed")
class TestImport:
    def test_twice_changes_nothing(self):
        assert take()["created"] == 1
        before = country.act("roadmap_mapping_show", name="schools")
        assert take() == {"created": 0, "updated": 0, "unchanged": 1, "mappings": ["schools"]}
        assert country.act("roadmap_mapping_show", name="schools") == before

    def test_a_change_keeps_dataset_and_resource(self):
        take()
        before = country.act("roadmap_mapping_show", name="schools")
        assert take({"row_floor": 7})["updated"] == 1
        after = country.act("roadmap_mapping_show", name="schools")
        assert (after["dataset_id"], after["resource_id"]) == (before["dataset_id"], before["resource_id"])
        assert after["definition"]["row_floor"] == 7

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            ({"item": "Z-99"}, "field item"),
            ({"body": "nobody"}, "field body"),
            ({"key": "nr"}, "field key"),
            ({"connection": "postgresql://u:p@h/x"}, "field connection"),
        ],
    )
    def test_is_all_or_nothing(self, change: dict[str, Any], words: str):
        with pytest.raises(tk.ValidationError) as raised:
            take({}, {"name": "second", "dataset": {"name": "second", "title": "x"}, **change})
        text = raised.value.error_dict["upload"][0]
        assert "Mapping second" in text
        assert words in text
        assert country.act("roadmap_mapping_list") == []


@pytest.mark.usefixtures("listed")
class TestPermissions:
    @pytest.fixture(autouse=True)
    def _users(self, with_plugins: None, listed: None):
        take()
        self.users = {
            "coordinator": self.member("statistics-agency", "editor"),
            "officer": self.member("ministry-education", "editor"),
            "reader": self.member("ministry-education", "member"),
            "other": self.member("ministry-finance", "admin"),
            "user": factories.User()["name"],
            "": "",
        }

    @staticmethod
    def member(organization: str, capacity: str) -> str:
        name = factories.User()["name"]
        country.act("organization_member_create", id=organization, username=name, role=capacity)
        return name

    @pytest.mark.parametrize(
        ("action", "allowed"),
        [
            ("roadmap_mapping_list", {"coordinator", "officer", "reader", "other", "user"}),
            ("roadmap_mapping_show", {"coordinator", "officer"}),
            ("roadmap_load_enqueue", {"coordinator", "officer"}),
            ("roadmap_mapping_import", {"coordinator"}),
            ("roadmap_connection_list", {"coordinator"}),
            ("roadmap_harvest_start", {"coordinator"}),
            ("roadmap_harvest_progress", {"coordinator"}),
            ("roadmap_run_reconcile", {"coordinator"}),
            ("roadmap_run_list", {"coordinator", "officer", "reader", "other", "user", ""}),
            ("roadmap_run_show", {"coordinator", "officer", "reader", "other", "user", ""}),
        ],
    )
    def test_who_may(self, action: str, allowed: set[str]):
        found = set()
        for role, name in self.users.items():
            try:
                helpers.call_auth(action, {"user": name, "model": model}, name="schools")
                found.add(role)
            except tk.NotAuthorized:
                pass
        assert found == allowed

    def test_list_holds_what_the_user_may_see(self):
        seen = {
            role: len(helpers.call_action("roadmap_mapping_list", {"user": name, "ignore_auth": False}))
            for role, name in self.users.items()
            if name
        }
        assert seen == {"coordinator": 1, "officer": 1, "reader": 0, "other": 0, "user": 0}


@pytest.mark.usefixtures("listed")
class TestRuns:
    def test_list_and_show(self):
        take()
        mapping = model.Session.query(Mapping).one()
        made = [runs.begin(model.Session(), clock.now(), mapping, None).id for _ in range(3)]
        model.Session.commit()
        found = country.act("roadmap_run_list", mapping="schools", limit=2)
        assert (found["count"], len(found["results"])) == (3, 2)
        assert country.act("roadmap_run_list", mapping="other")["count"] == 0
        shown = country.act("roadmap_run_show", id=made[0])
        assert (shown["mapping"], shown["connection"], shown["state"]) == ("schools", "education", "running")

    def test_only_the_last_applied_run_is_live(self):
        take()
        mapping = model.Session.query(Mapping).one()
        made = [runs.begin(model.Session(), clock.now(), mapping, None) for _ in range(3)]
        for run, outcome in zip(made, ("applied", "applied", "unchanged"), strict=True):
            run.state, run.outcome, run.finished_at = "finished", outcome, clock.now()
        model.Session.commit()
        shown = [country.act("roadmap_run_show", id=run.id)["live"] for run in made]
        assert shown == [False, True, False]
        first = made[0].finished_at.isoformat()
        assert country.act("roadmap_run_show", id=made[0].id, as_of=first)["live"]
        under_way = country.act("roadmap_run_show", id=made[1].id, as_of=first)
        assert (under_way["state"], under_way["outcome"], under_way["live"]) == ("running", None, False)

    def test_no_such_run(self):
        with pytest.raises(tk.ObjectNotFound):
            country.act("roadmap_run_show", id="none")
