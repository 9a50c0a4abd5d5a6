"""Rehearsals as tickets: what they say, when they admit the first load, and when not."""

from __future__ import annotations

from typing import Any

import pytest
from psycopg2 import sql

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import jobs, rehearsal_jobs
from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.loading import proof
from ckanext.roadmap.model import Rehearsal
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, tickets
from ckanext.roadmap.tests import postgres
from ckanext.roadmap.tests.country import act

from .conftest import MAPPING, Chain
from .test_held import as_user, people  # noqa: F401

pytestmark = pytest.mark.usefixtures("with_plugins")


@pytest.fixture
def asked(chain: Chain, ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """The portal asks for a rehearsal before a first load, and holds one: the mapping's row of the harvest."""
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.gate.rehearsal", True)
    (row,) = chain.harvest()["mappings"]
    return row


def load() -> str | None:
    return jobs.load_mapping(model.Session.scalars(Mapping.by_name("schools")).one().id)


def newest() -> dict[str, Any]:
    return act("roadmap_rehearsal_list", name="schools")["results"][0]


@pytest.mark.usefixtures("asked")
class TestTicket:
    def test_the_first_load_goes_public_as_it_was_rehearsed(self, asked: dict[str, Any], cli: Any, app: Any):
        run = model.Session.get_one(Run, asked["run"]["id"])
        assert run.error is not None
        assert (run.outcome, run.error["code"]) == ("held", "rehearsal_missing")
        assert run.error["params"] == {"content": run.content_hash}
        told = cli.invoke(roadmap, ["rehearse", "schools"])
        assert told.exit_code == 0, told.output
        found = newest()
        assert (found["genuine"], found["ticket"], found["content_hash"]) == (True, True, run.content_hash)
        assert found["difference"]["rows_inserted"] == 100
        assert found["difference"]["columns"][0] == ["id", "int4"]
        assert found["proof"]["changed"] == []
        assert found["signature"] in told.output
        assert load() == "applied"
        shown = act("roadmap_run_show", id=act("roadmap_run_list", limit=1)["results"][0]["id"])
        assert shown["rehearsal"] == {"made_at": found["made_at"], "signature": found["signature"]}
        assert found["signature"] in app.get(f"/en/compliance/run/{shown['id']}").body

    def test_other_rows_need_another_rehearsal(self, chain: Chain, cli: Any):
        cli.invoke(roadmap, ["rehearse", "schools"])
        chain.sql("UPDATE schools SET name = 'other' WHERE id = 5")
        assert load() == "held"
        cli.invoke(roadmap, ["rehearse", "schools"])
        assert load() == "applied"
        chain.sql("UPDATE schools SET name = 'again' WHERE id = 5")
        assert load() == "applied"  # only the first one asks for it

    def test_another_mapping_needs_another_rehearsal(self, chain: Chain, cli: Any):
        cli.invoke(roadmap, ["rehearse", "schools"])
        chain.map(row_floor=2)
        assert (newest()["genuine"], newest()["ticket"]) == (True, False)
        assert load() == "held"

    def test_a_ticket_that_was_changed_is_none(self, cli: Any):
        cli.invoke(roadmap, ["rehearse", "schools"])
        row = model.Session.query(Rehearsal).one()
        row.difference = {**row.difference, "rows_in": 99}
        model.Session.commit()
        assert (newest()["genuine"], newest()["ticket"]) == (False, False)
        assert load() == "held"

    def test_nor_is_one_after_which_a_table_differed(self, cli: Any, monkeypatch: pytest.MonkeyPatch):
        looks = iter([{"t": "content 1"}, {"t": "content 2"}])
        monkeypatch.setattr(proof, "prints", lambda *_: next(looks))
        told = cli.invoke(roadmap, ["rehearse", "schools"])
        assert told.exit_code == 1
        assert "no ticket" in told.output
        assert (newest()["proof"]["changed"], newest()["verdict"]) == (["t"], "touched")
        assert load() == "held"

    def test_a_table_that_another_load_filled_meanwhile_is_told_apart(
        self, chain: Chain, monkeypatch: pytest.MonkeyPatch
    ):
        chain.map(name="second", dataset={**MAPPING["dataset"], "name": "ikkinchi"})
        other = act("roadmap_mapping_show", name="second")["resource_id"]
        monkeypatch.setitem(tk.config, "ckanext.roadmap.gate.rehearsal", False)
        begun = clock.now()
        chain.harvest()
        looks = iter([{other: "content 1"}, {other: "content 2"}])
        monkeypatch.setattr(proof, "prints", lambda *_: next(looks))
        mapping = model.Session.scalars(Mapping.by_name("schools")).one()
        row = tickets.rehearse(model.Session(), begun, mapping)
        run = act("roadmap_run_list", mapping="second", limit=1)["results"][0]["id"]
        assert row.proof == {"tables": 1, "by_content": 1, "changed": [], "loads": {other: run}}
        assert tickets.is_good(row, mapping)
        postgres.rows(
            tk.config["ckan.datastore.write_url"], sql.SQL("DROP TABLE {}").format(sql.Identifier(other))
        )


@pytest.mark.usefixtures("asked")
class TestInTheBackground:
    def test_a_rehearsal_that_ends_well_is_a_ticket(self):
        asked_for = act("roadmap_rehearsal_create", name="schools")["job_id"]
        assert act("roadmap_rehearsal_create", name="schools")["job_id"] == asked_for
        waiting = act("roadmap_rehearsal_list", name="schools")
        assert waiting["under_way"] == {"state": "waiting", "phase": None, "rows": None}
        ckan_jobs.Worker([rehearsal_jobs.QUEUE]).work(burst=True)
        done = act("roadmap_rehearsal_list", name="schools")
        assert (done["count"], done["under_way"]) == (1, None)
        assert newest()["ticket"]

    def test_what_stops_it_is_kept_and_no_ticket(self, chain: Chain):
        chain.sql("ALTER TABLE schools DROP name")
        rehearsal_jobs.rehearse(model.Session.scalars(Mapping.by_name("schools")).one().id)
        found = newest()
        assert (found["genuine"], found["ticket"]) == (True, False)
        assert found["difference"]["error"]["code"] == "columns_missing"
        assert chain.password not in repr(found)


def test_what_would_be_held_is_told_with_its_figures(chain: Chain, cli: Any, ckan_config: dict[str, Any]):
    ckan_config["ckanext.roadmap.gate.two_keys"] = True
    cli.invoke(roadmap, ["rehearse", "schools"])
    ckan_config["ckanext.roadmap.gate.two_keys"] = False
    found = newest()
    assert (found["difference"]["outcome"], found["difference"]["rows_inserted"]) == ("held", 100)
    assert [one["code"] for one in found["difference"]["findings"]] == ["columns_first"]
    assert (found["verdict"], found["proof"]["changed"]) == ("ticket", [])


@pytest.mark.usefixtures("asked")
def test_a_ticket_does_not_stand_for_the_owners_word(
    chain: Chain,
    people: dict[str, str],  # noqa: F811
    cli: Any,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setitem(tk.config, "ckanext.roadmap.gate.two_keys", True)
    cli.invoke(roadmap, ["rehearse", "schools"])
    assert load() == "held"
    run = act("roadmap_held_run_list")["results"][0]
    assert ([one["code"] for one in run["findings"]], run["holding"]["missing"]) == (
        ["columns_first"],
        ["owner"],
    )
    as_user(people["owner"], "roadmap_run_approve", id=run["id"], reason="The columns are ours.")
    chain.load()
    assert len(chain.search()) == 100


def test_without_the_option_nobody_is_asked(chain: Chain):
    (row,) = chain.harvest()["mappings"]
    assert row["outcome"] == "applied"
    with pytest.raises(tk.ObjectNotFound):
        act("roadmap_rehearsal_list", name="nothing")


def test_a_mapping_that_is_not_there(cli: Any):
    assert "There is no mapping nothing" in cli.invoke(roadmap, ["rehearse", "nothing"]).output
