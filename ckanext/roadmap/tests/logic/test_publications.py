"""Links from obligations to datasets: stated by a passport, proposed by the matcher, decided by a person."""

from __future__ import annotations

import pytest

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap import jobs
from ckanext.roadmap.logic import matching
from ckanext.roadmap.model import Publication
from ckanext.roadmap.services import events, ledger, publications
from ckanext.roadmap.services import matching as matching_service
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import as_user, deadlines, member, publish

pytestmark = pytest.mark.usefixtures("with_plugins", "in_force")
TITLE = "Соліқ имтиёзлари".replace("і", "и")


def dataset(title="Soliq imtiyozlari ro'yxati", owner="tax-committee", user=None, **more):
    values = {"title": title, "owner_org": owner, "notes": "x", **more}
    if user is None:
        return factories.Dataset(**values)
    return as_user(user, "package_create", name=f"d{model.Session.query(model.Package).count()}", **values)


def links(state="proposed", **data):
    return act("roadmap_publication_list", state=state, **data)["publications"]


def pairs(state="proposed", **data):
    return [
        (one["obligation"]["item"]["code"], one["obligation"]["body"]["name"]) for one in links(state, **data)
    ]


def waiting(**data):
    return act("roadmap_unmatched_obligation_list", **data)


def loose(**data):
    return act("roadmap_unmatched_dataset_list", **data)


def test_the_matcher_proposes_with_its_scores_and_links_nothing():
    made = dataset(TITLE)
    assert matching.match() == {"datasets": 1, "proposed": 1, "kept": 0, "dropped": 0}
    (found,) = links()
    assert pairs() == [("F-02", "tax-committee")]
    assert (found["how"], found["dataset"]["name"]) == ("matcher", made["name"])
    assert found["scores"]["total"] > 0.9
    assert found["scores"]["body"] == "same"
    assert links("confirmed") == []
    assert matching.match()["kept"] == 1


def test_columns_of_its_table_in_the_datastore_speak_for_a_dataset():
    made = dataset("Xaridlar 2023", "ministry-finance")
    resource = factories.Resource(package_id=made["id"])
    records = [{"Amount": 1, "who": "x"}]
    act("datastore_create", resource_id=resource["id"], force=True, records=records)
    matching.match()
    (found,) = links()
    assert pairs() == [("F-01", "ministry-finance")]
    assert (found["scores"]["columns"], found["scores"]["found"]) == (1.0, ["amount"])


def test_private_and_deleted_datasets_are_not_looked_at():
    dataset(private=True)
    gone = dataset()
    act("package_delete", id=gone["id"])
    assert matching.match()["datasets"] == 0


def test_an_officer_confirms_and_the_obligation_leaves_the_worklist():
    made, other = dataset(TITLE), dataset("Soliq imtiyozlari 2022")
    matching.match()
    officer = member("tax-committee")
    mine = as_user(officer, "roadmap_unmatched_obligation_list")
    assert {one["body"]["name"] for one in mine["obligations"]} == {"tax-committee"}
    assert mine["count"] == 1
    (owed,) = mine["obligations"]
    first = next(one for one in owed["proposals"] if one["dataset"]["id"] == made["id"])
    assert as_user(officer, "roadmap_publication_confirm", id=first["id"])["state"] == "confirmed"
    assert pairs("confirmed") == [("F-02", "tax-committee")]
    assert links() == [], "what else was proposed for it is dropped"
    assert as_user(officer, "roadmap_unmatched_obligation_list")["obligations"] == []
    assert [one["id"] for one in loose()["datasets"]] == [other["id"]]
    with pytest.raises(tk.ValidationError):
        as_user(officer, "roadmap_publication_decline", id=first["id"])


def test_one_dataset_serves_several_obligations_and_one_obligation_several_datasets():
    one, two = dataset(TITLE), dataset("Soliq imtiyozlari 2022")
    owed = waiting(q="F-02")["obligations"]
    assert len(owed) == 2
    for obligation in owed:
        for made in (one, two):
            link = act("roadmap_publication_propose", obligation=obligation["id"], dataset=made["name"])
            act("roadmap_publication_confirm", id=link["id"])
    assert len(links("confirmed")) == 4
    assert waiting(q="F-02")["count"] == 0
    assert loose()["count"] == 0
    with pytest.raises(tk.ValidationError, match="linked"):
        act("roadmap_publication_propose", obligation=owed[0]["id"], dataset=one["name"])


def test_what_was_declined_comes_back_only_when_the_dataset_changes():
    made = dataset(TITLE)
    matching.match()
    act("roadmap_publication_decline", id=links()[0]["id"], reason="Another tax")
    matching.match()
    assert links() == []
    assert links("declined")[0]["reason"] == "Another tax"
    act("package_patch", id=made["id"], notes="longer")
    matching.match()
    assert links() == [], "a description is nothing that the score looks at"
    act("package_patch", id=made["id"], title="Soliq imtiyozlari (2023)")
    assert matching.match_changed()["datasets"] == 1
    assert len(links()) == 1


def test_a_proposal_made_by_hand_and_declined_before_the_matcher_came_stays_away():
    made = dataset(TITLE)
    owed = waiting(q="F-02", body="tax-committee")["obligations"][0]
    link = act("roadmap_publication_propose", obligation=owed["id"], dataset=made["id"])
    act("roadmap_publication_decline", id=link["id"])
    for _night in range(2):
        matching.match()
        assert links() == []


def test_stale_proposals_are_dropped_and_what_is_seen_is_not_looked_at_again():
    made = dataset(TITLE)
    assert matching.match_changed()["proposed"] == 1
    assert matching.match_changed()["datasets"] == 0
    act("package_patch", id=made["id"], title="Ob-havo")
    assert matching.match_changed() == {"datasets": 1, "proposed": 0, "kept": 0, "dropped": 1}


def test_a_coordinator_revokes_and_the_reason_stays_visible(in_force):
    publish(in_force, "2023-04-11T12:00")
    (link,) = links("confirmed")
    officer = member("ministry-education")
    with pytest.raises(tk.NotAuthorized):
        as_user(officer, "roadmap_publication_revoke", id=link["id"], reason="x")
    coordinator = member("statistics-agency")
    in_force.set("2023-05-10T12:00")
    as_user(coordinator, "roadmap_publication_revoke", id=link["id"], reason="Another year")
    (shown,) = as_user("", "roadmap_publication_list", state="revoked")["publications"]
    assert (shown["reason"], shown["revoked_at"][:10]) == ("Another year", "2023-05-10")
    assert "revoked_by" not in shown
    matching.match()
    assert ("E-01", "ministry-education") not in pairs(), "nor does the matcher bring it back"
    before = deadlines(item="E-01", as_of="2023-04-20")["2023-Q1"]
    assert (before["status"], deadlines(item="E-01")["2023-Q1"]["status"]) == ("on_time", "overdue")


def test_events_from_before_the_confirmation_count_and_are_known_from_then_on(in_force):
    publish(in_force, "2023-04-11T12:00")
    shown = model.Package.get("schools")
    in_force.set("2023-04-20T12:00")
    owed = waiting(q="F-01", body="ministry-education")["obligations"][0]
    events.record(
        model.Session(),
        in_force.set("2023-04-21T12:00"),
        obligation_ids=[links("confirmed")[0]["obligation"]["id"]],
        kind="changed",
        at=in_force.set("2023-04-05T12:00"),
        grade="measured",
        source="run",
        dataset_id=shown.id,
        content_hash="b" * 64,
        rows=3,
        columns=["amount"],
        regions=["1703"],
    )
    model.Session.commit()
    in_force.set("2023-04-25T12:00")
    link = act("roadmap_publication_propose", obligation=owed["id"], dataset="schools")
    act("roadmap_publication_confirm", id=link["id"])
    copied = act("roadmap_event_list", obligation=owed["id"])["events"]
    assert [one["at"][:10] for one in copied] == ["2023-04-11", "2023-04-05"]
    assert {one["recorded_at"][:10] for one in copied} == {"2023-04-25"}
    assert {one["regions"] and tuple(one["regions"]) for one in copied} == {None}
    asked = {"item": "F-01", "body": "ministry-education"}
    assert deadlines(**asked)["2023-03"]["status"] == "on_time"
    assert deadlines(**asked, as_of="2023-04-24")["2023-03"]["status"] == "not_published"
    assert not any(ledger.verify(model.Session()).values())


def test_the_passport_of_an_officer_confirms():
    officer = member("tax-committee")
    dataset("x", user=officer, item_code="F-02")
    (link,) = links("confirmed")
    assert (link["how"], link["obligation"]["body"]["name"]) == ("passport", "tax-committee")


def test_an_identifier_that_is_an_items_code_links_too():
    coordinator = member("statistics-agency", "admin")
    tk.get_action("organization_member_create")(
        {"ignore_auth": True, "user": ""}, {"id": "tax-committee", "username": coordinator, "role": "editor"}
    )
    dataset("x", user=coordinator, identifier="F-02")
    assert [one["how"] for one in links("confirmed")] == ["identifier"]


def test_a_passport_that_no_person_states_only_proposes_and_is_stated_once():
    made = dataset("x", item_code="F-02")
    (link,) = links()
    assert (link["how"], link["scores"]) == ("passport", None)
    matching.match()
    assert links()[0]["how"] == "passport", "the matcher drops only what is its own"
    act("roadmap_publication_decline", id=link["id"])
    act("package_patch", id=made["id"], notes="again")
    assert links() == []


def test_a_passport_of_a_body_that_owes_nothing_links_nothing():
    dataset("x", "hokimiyat-andijan", item_code="F-02")
    dataset("x", "tax-committee", item_code="Z-99")
    assert model.Session.query(Publication).count() == 0


def test_a_merged_bodys_datasets_are_proposed_to_its_heir(in_force):
    merged = "body,from_body,kind,effective,note\nministry-finance,tax-committee,merged,2023-02-01,x\n"
    country.import_bodies(successions=merged)
    dataset(TITLE, "tax-committee")
    matching.match()
    assert ("F-02", "ministry-finance") in pairs()


@pytest.mark.parametrize("words", ["солиқ имтиёзлари", "Льготы", "f-02", "soliq committee"])
def test_the_worklist_is_searched_in_any_script_and_language(words):
    assert {one["item"]["code"] for one in waiting(q=words)["obligations"]} == {"F-02"}


def test_the_worklist_pages_with_the_nearest_first():
    dataset(TITLE)
    matching.match()
    every = waiting()["obligations"]
    assert [one["item"]["code"] for one in every][0] == "F-02"
    assert [waiting(limit=1, offset=n)["obligations"][0]["id"] for n in range(len(every))] == [
        one["id"] for one in every
    ]
    assert waiting(body="statistics-agency")["count"] == 1


def test_linking_twice_by_a_mapping_stays_one_link(in_force):
    publish(in_force, "2023-04-11T12:00")
    publish(in_force, "2023-04-12T12:00", "b")
    assert len(links("confirmed")) == 1
    assert (
        publications.obligations_for(
            model.Session(), "E-01", "nobody", in_force.set("2023-04-12T12:00").date()
        )
        == []
    )


@pytest.fixture
def queue():
    """The queue of the matcher, with nothing in it."""
    found = ckan_jobs.get_queue(jobs.BULK)
    found.empty()
    yield found
    found.empty()


def test_a_saved_dataset_asks_for_the_matcher_once(queue):
    dataset(TITLE)
    dataset("Soliq")
    assert sorted(job.id for job in queue.jobs) == [matching.JOB, f"{matching.JOB}_next"]


LATER = (
    f"{country.HEADER}\nT-07,Bojxona to'lovlari,Таможенные платежи,Customs payments,finance,portal,quarterly,"
    "15 days after period end,tax-committee,no,,no,,,no,list\n"
)


def test_an_approved_list_fills_the_worklist_by_itself_and_goes_on_where_it_was_stopped(
    in_force, queue, monkeypatch
):
    made = [dataset("Bojxona to'lovlari"), dataset("Bojxona to'lovlari 2023"), dataset("Ob-havo")]
    matching.match_changed()
    assert (pairs(), matching.match_changed()["datasets"]) == ([], 0)
    queue.empty()
    in_force.set("2024-01-10T12:00")
    country.import_list(LATER, 2024)
    country.approve(2024, "2024-01-10")
    assert [job.func for job in queue.jobs] == [matching.match_changed]
    monkeypatch.setattr(matching_service, "BATCH", 1)
    whole, left = matching_service.propose, [1]

    def dies(*args):
        if not left:
            raise MemoryError
        left.pop()
        return whole(*args)

    with monkeypatch.context() as patch:
        patch.setattr(matching_service, "propose", dies)
        with pytest.raises(MemoryError):
            matching.match_changed()
        model.Session.rollback()
    assert matching.match_changed()["datasets"] == len(made) - 1, "the first one is not looked at again"
    assert pairs() == [("T-07", "tax-committee")] * 2
    assert links("confirmed") == [], "nothing is linked silently"
    assert matching.match_changed()["datasets"] == 0


def test_obligations_that_begin_later_are_matched_on_their_day(in_force, queue):
    dataset("Bojxona to'lovlari")
    in_force.set("2024-01-10T12:00")
    country.import_list(LATER, 2024)
    country.approve(2024, "2024-01-10", in_force_from="2024-02-01")
    matching.match_changed()
    assert pairs() == []
    in_force.set("2024-02-01T09:00")
    queue.empty()
    act("roadmap_ledger_extend")
    assert [job.func for job in queue.jobs] == [matching.match_changed]
    matching.match_changed()
    assert pairs() == [("T-07", "tax-committee")]
