"""Held loads from the source to the decision: who must agree, what goes live, what is remembered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from rq.job import Job

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories

from ckanext.roadmap import held_jobs, jobs
from ckanext.roadmap.harvesters import consumer
from ckanext.roadmap.model import RunDecisionRow
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import clock, connections, ledger, runs
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.box import bodies

from .conftest import Chain
from .test_jobs import kill_first_attempt_at

pytestmark = pytest.mark.usefixtures("with_plugins")
REASON = "The closed schools are gone."


@pytest.fixture
def people(chain: Chain) -> dict[str, str]:
    """An officer of the body and a coordinator."""
    found: dict[str, str] = {}
    for side, organization, capacity in (
        ("owner", "ministry-education", "editor"), ("portal", "statistics-agency", "member"),
        ("other", "ministry-finance", "editor"),
    ):  # fmt: skip
        found[side] = factories.User()["name"]
        act("organization_member_create", id=organization, username=found[side], role=capacity)
    return found


def as_user(name: str, action: str, **data: Any) -> Any:
    return tk.get_action(action)({"user": name}, data)


def hold(chain: Chain, *, keep: int = 40) -> dict[str, Any]:
    chain.harvest()
    chain.sql("DELETE FROM schools WHERE id > %s", keep)
    (row,) = chain.harvest()["mappings"]
    assert row["outcome"] == "held"
    return act("roadmap_run_show", id=row["run"]["id"])


@pytest.fixture
def strict(ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.gate.fewer_rows", 20)


@pytest.fixture
def keys(ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.gate.two_keys", True)


@pytest.mark.usefixtures("strict")
class TestEither:
    def test_an_approved_load_goes_on_with_the_rows_that_were_checked(
        self, chain: Chain, people: dict[str, str]
    ):
        run = hold(chain)
        (waiting,) = as_user(people["owner"], "roadmap_held_run_list")["results"]
        assert (waiting["id"], waiting["body"]) == (run["id"], "ministry-education")
        assert as_user(people["other"], "roadmap_held_run_list")["count"] == 0
        assert run["holding"]["missing"] == ["owner", "portal"]
        chain.sql("DELETE FROM schools")
        shown = as_user(people["owner"], "roadmap_run_approve", id=run["id"], reason=REASON)
        assert (shown["holding"]["state"], shown["holding"]["decisions"][0]["reason"]) == ("approved", REASON)
        chain.load()
        assert len(chain.search()) == 40
        newest = act("roadmap_run_list", limit=1)["results"][0]
        assert (newest["outcome"], newest["resumes"]) == ("applied", run["id"])
        assert newest["live_read_at"] == run["live_read_at"]
        assert newest["content_hash"] == run["content_hash"]
        assert not list((connections.target().folder / ".held").glob("*"))
        chain.sql("INSERT INTO schools SELECT n, 'x', '1726', 'y', 1 FROM generate_series(200, 239) n")
        chain.harvest()
        shown = act("roadmap_run_show", id=run["id"])
        assert (shown["outcome"], shown["holding"]["state"]) == (
            "held",
            "approved",
        )  # it went on, and is told so
        then = act("roadmap_run_show", id=run["id"], as_of=run["finished_at"])
        assert then == {**run, "holding": {**run["holding"], "yours": []}}
        with pytest.raises(tk.ObjectNotFound):
            act("roadmap_run_show", id=run["id"], as_of="2023-01-01")
        assert ledger.verify(model.Session())["roadmap_run_decision"] == []

    def test_a_mapping_edited_after_the_last_word_is_another(self, chain: Chain, people: dict[str, str]):
        run, before = hold(chain), len(chain.search())
        as_user(people["owner"], "roadmap_run_approve", id=run["id"], reason=REASON)
        mapping = model.Session.get(Mapping, run["mapping_id"])
        mapping.updated_at = clock.now()
        model.Session.commit()
        chain.load()
        newest = act("roadmap_run_list", limit=1)["results"][0]
        assert (newest["outcome"], newest["error"]["code"]) == ("failed", "held_outdated")
        assert len(chain.search()) == before > 40

    def test_declined_content_is_not_asked_about_again(self, chain: Chain, people: dict[str, str]):
        run = hold(chain)
        as_user(
            people["portal"], "roadmap_run_decline", id=run["id"], reason="Half of the source is missing."
        )
        with pytest.raises(tk.ValidationError):
            as_user(people["owner"], "roadmap_run_approve", id=run["id"], reason=REASON)
        (row,) = chain.harvest()["mappings"]
        again = act("roadmap_run_show", id=row["run"]["id"])
        assert again["holding"]["state"] == "declined"
        assert act("roadmap_held_run_list")["count"] == 0
        chain.sql("DELETE FROM schools WHERE id > 39")
        chain.harvest()
        assert act("roadmap_run_show", id=run["id"])["holding"]["state"] == "declined"
        assert act("roadmap_held_run_list")["count"] == 1
        assert len(chain.search()) == 100

    def test_the_newest_load_alone_is_decided_on(self, chain: Chain, people: dict[str, str]):
        run = hold(chain)
        chain.sql("DELETE FROM schools WHERE id > 30")
        chain.harvest()
        assert act("roadmap_run_show", id=run["id"])["holding"]["state"] == "superseded"
        with pytest.raises(tk.ValidationError):
            as_user(people["portal"], "roadmap_run_approve", id=run["id"], reason=REASON)
        assert act("roadmap_held_run_list")["results"][0]["id"] != run["id"]

    def test_what_was_agreed_to_goes_on_when_it_is_read_again(self, chain: Chain, people: dict[str, str]):
        run = hold(chain)
        as_user(people["portal"], "roadmap_run_approve", id=run["id"], reason=REASON)
        mapping = act("roadmap_mapping_show", name="schools")
        jobs.load_mapping(mapping["id"])  # before the worker came to it
        chain.load()
        assert len(chain.search()) == 40

    def test_an_older_load_never_goes_over_a_newer_one(self, chain: Chain, people: dict[str, str]):
        run = hold(chain)
        as_user(people["portal"], "roadmap_run_approve", id=run["id"], reason=REASON)
        chain.sql("INSERT INTO schools SELECT n, 'x', '1726', 'y', 1 FROM generate_series(1000, 1080) n")
        jobs.load_mapping(act("roadmap_mapping_show", name="schools")["id"])
        chain.load()
        assert len(chain.search()) == 121
        failed = act("roadmap_run_list", outcome="failed")["results"][0]
        assert failed["error"]["code"] in ("held_superseded", "held_gone")

    def test_a_takedown_keeps_nothing_of_it(self, chain: Chain, people: dict[str, str]):
        run = hold(chain)
        act("roadmap_takedown_create", resource=run["resource_id"], reason="Names of people")
        assert not list((connections.target().folder / ".held").glob("*"))
        assert act("roadmap_run_show", id=run["id"])["holding"]["state"] == "expired"

    def test_after_its_time_nothing_is_kept(
        self,
        chain: Chain,
        people: dict[str, str],
        ckan_config: dict[str, Any],
        monkeypatch: pytest.MonkeyPatch,
    ):
        run = hold(chain)
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.load.held_days", -1)
        assert act("roadmap_run_prune")["held"] == 1
        assert act("roadmap_run_show", id=run["id"])["holding"]["state"] == "expired"
        with pytest.raises(tk.ValidationError):
            as_user(people["portal"], "roadmap_run_approve", id=run["id"], reason=REASON)


@pytest.mark.usefixtures("keys")
class TestTwoKeys:
    def test_the_first_load_is_the_owners(self, chain: Chain, people: dict[str, str]):
        (row,) = chain.harvest()["mappings"]
        run = act("roadmap_run_show", id=row["run"]["id"])
        assert (run["outcome"], run["holding"]["missing"]) == ("held", ["owner"])
        with pytest.raises(tk.ValidationError):
            as_user(people["portal"], "roadmap_run_approve", id=run["id"], reason=REASON)
        as_user(people["owner"], "roadmap_run_approve", id=run["id"], reason=REASON)
        chain.load()
        assert len(chain.search()) == 100

    def test_a_retyped_column_takes_two_people(
        self,
        chain: Chain,
        people: dict[str, str],
        ckan_config: dict[str, Any],
        monkeypatch: pytest.MonkeyPatch,
    ):
        with monkeypatch.context() as first:
            first.setitem(ckan_config, "ckanext.roadmap.gate.two_keys", False)
            chain.harvest()
        chain.sql("ALTER TABLE schools ALTER pupils TYPE text USING pupils::text")
        (row,) = chain.harvest()["mappings"]
        id = row["run"]["id"]
        both = people["owner"]
        act("organization_member_create", id="statistics-agency", username=both, role="member")
        shown = as_user(both, "roadmap_run_approve", id=id, reason=REASON)
        assert shown["holding"]["state"] == "waiting"
        with pytest.raises(tk.ValidationError) as caught:
            as_user(both, "roadmap_run_approve", id=id, reason=REASON)
        assert "another person" in str(caught.value)
        chain.load()
        assert {type(row["pupils"]) for row in chain.search()} == {int}
        assert shown["holding"]["missing"] == ["owner"]  # a coordinator is no officer of another body
        third = people["other"]
        act("organization_member_create", id="ministry-education", username=third, role="editor")
        as_user(third, "roadmap_run_approve", id=id, reason=REASON)
        chain.load()
        assert {type(row["pupils"]) for row in chain.search()} == {str}
        rows = model.Session.query(RunDecisionRow).order_by(RunDecisionRow.seq).all()
        assert [(one.word, one.run_id) for one in rows] == [("approve", id)] * 2
        assert {one.side for one in rows} == {"owner", "portal"}

    def test_a_coordinator_stands_in_for_a_body_without_officers(
        self, chain: Chain, app: Any, mail_server: Any
    ):
        first, second = (factories.UserWithToken(email=f"{n}@example.org") for n in ("first", "second"))
        for one in (first, second):
            act("organization_member_create", id="statistics-agency", username=one["name"], role="member")
        (row,) = chain.harvest()["mappings"]
        id, as_first = row["run"]["id"], {"Authorization": first["token"]}
        held_jobs.mail_notices()
        (mail,) = bodies(mail_server, "first@example.org")
        assert "has no officers" in mail
        assert "/organization/member/new/ministry-education" in mail or "member_new" in mail
        with pytest.raises(tk.ValidationError):
            as_user(first["name"], "roadmap_run_approve", id=id, reason=REASON)
        page = f"/en/compliance/run/{id}"
        shown = app.get(page, headers=as_first).body
        assert "the body has no officers" in shown
        assert "Approve this load" not in shown
        form = {"form": f"stead-{id}"}
        assert app.post(page, data={**form, "reason": " "}, headers=as_first).status_code == 400
        app.post(page, data={**form, "reason": REASON}, headers=as_first)
        shown = app.get(page).body
        assert "Portal in place of the data owner" in shown
        assert REASON in shown
        with pytest.raises(tk.ValidationError):
            as_user(first["name"], "roadmap_run_approve", id=id, reason=REASON)
        chain.load()
        assert act("roadmap_run_show", id=id)["holding"]["missing"] == ["portal"]
        as_user(second["name"], "roadmap_run_approve", id=id, reason=REASON)
        chain.load()
        assert len(chain.search()) == 100
        assert ledger.verify(model.Session())["roadmap_run_decision"] == []

    def test_nobody_stands_in_where_there_is_an_officer(self, chain: Chain, people: dict[str, str]):
        (row,) = chain.harvest()["mappings"]
        for name in (people["portal"], people["owner"], people["other"]):
            with pytest.raises(tk.NotAuthorized):
                as_user(name, "roadmap_run_approve", id=row["run"]["id"], reason=REASON, side="stead")


@pytest.mark.usefixtures("strict")
class TestLost:
    """What was agreed to goes on with the rows that were shown, whatever dies on the way."""

    @pytest.mark.parametrize("begun", [False, True])
    def test_the_queue_or_its_worker(
        self, chain: Chain, people: dict[str, str], monkeypatch: pytest.MonkeyPatch, begun: bool
    ):
        monkeypatch.setattr(jobs, "GRACE", timedelta(0))
        run = hold(chain)
        as_user(people["portal"], "roadmap_run_approve", id=run["id"], reason=REASON)
        assert jobs.rescue() == []  # it waits for its worker
        if begun:
            take_as_dead_worker(run["id"])
        else:
            connect_to_redis().flushdb()
        chain.sql("DELETE FROM schools")
        monkeypatch.setattr(consumer, "RESCUE_EVERY", 0)
        consumer.Consumer(0).step()  # also where cron keeps the schedule of harvests
        chain.load()
        assert len(chain.search()) == 40
        newest = act("roadmap_run_list", limit=1)["results"][0]
        assert (newest["outcome"], newest["resumes"]) == ("applied", run["id"])
        assert jobs.rescue() == []

    def test_a_killed_worker(self, chain: Chain, people: dict[str, str], monkeypatch: pytest.MonkeyPatch):
        run = hold(chain)
        as_user(people["portal"], "roadmap_run_approve", id=run["id"], reason=REASON)
        chain.sql("DELETE FROM schools")
        kill_first_attempt_at(monkeypatch, "gate")
        chain.load()
        assert len(chain.search()) == 40
        found = act("roadmap_run_list", limit=2)["results"]
        assert [(one["outcome"], one["resumes"]) for one in found] == [
            ("applied", run["id"]),
            ("failed", run["id"]),
        ]

    def test_what_failed_for_good_is_not_asked_for_again(self, chain: Chain, people: dict[str, str]):
        run = hold(chain)
        as_user(people["portal"], "roadmap_run_approve", id=run["id"], reason=REASON)
        (connections.target().folder / ".held" / run["id"] / "data.csv").write_text("id\r\n1\r\n")
        chain.load()
        assert act("roadmap_run_list", limit=1)["results"][0]["error"]["code"] == "held_changed"
        connect_to_redis().flushdb()
        assert jobs.rescue() == []
        assert len(chain.search()) == 100


def take_as_dead_worker(id: str) -> None:
    """The job was taken and its run begun; then the worker was no more."""
    queue = ckan_jobs.get_queue(jobs.FAST)
    job = Job.fetch(f"resume_{id}", connection=queue.connection)
    queue.remove(job)
    with queue.connection.pipeline() as pipeline:
        job.prepare_for_execution("dead-worker", pipeline)
        pipeline.execute()
    mapping = model.Session.scalars(Mapping.by_name("schools")).one()
    runs.begin(model.Session(), clock.now(), mapping, None, resumes=id)
    model.Session.commit()


@pytest.mark.usefixtures("strict")
def test_pages(chain: Chain, people: dict[str, str], app: Any):
    run = hold(chain)
    token = act("api_token_create", user=people["owner"], name="t")["token"]
    headers = {"Authorization": token}
    listed = app.get("/en/compliance/held", headers=headers).body
    assert run["id"] in listed
    assert "40 instead of 100, 60 % fewer" in listed
    page = f"/en/compliance/run/{run['id']}"
    shown = app.get(page, headers=headers).body
    assert "Approve this load" in shown
    assert "Approve this load" not in app.get(page).body
    form = {"form": f"approve-{run['id']}", "reason": ""}
    refused = app.post(page, data=form, headers=headers)
    assert (refused.status_code, "Nothing was recorded." in refused.body) == (400, True)
    app.post(page, data={**form, "reason": REASON}, headers=headers)
    assert model.Session.get_one(Run, run["id"]).outcome == "held"
    assert REASON in app.get(page).body
    chain.load()
    assert len(chain.search()) == 40
