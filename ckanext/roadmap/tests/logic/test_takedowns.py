"""Personal data are hidden at once, everywhere; deadlines are free until the ruling."""

from __future__ import annotations

import io

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.model import TakedownRow
from ckanext.roadmap.services import events, ledger, publications
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadlines, member
from ckanext.roadmap.tests.logic.test_sites import enact

pytestmark = pytest.mark.usefixtures("clean_db", "clean_index", "with_plugins", "rehearsal")
FINANCE = {"item": "F-01", "body": "ministry-finance"}
SECRET = b"name,amount\nAziza Karimova,5\n"


@pytest.fixture
def resource(rehearsal, app, ckan_config, tmp_path, monkeypatch):
    """An uploaded file with a table, which answers F-01 from March on."""
    monkeypatch.setitem(ckan_config, "ckan.storage_path", str(tmp_path))
    enact(rehearsal)
    at = rehearsal.set("2023-04-02T12:00")
    dataset = factories.Dataset(name="purchases", owner_org="ministry-finance")
    upload = FileStorage(io.BytesIO(SECRET), filename="a.csv")
    made = act("resource_create", package_id=dataset["id"], upload=upload, url="a.csv", format="CSV")
    rows = [{"name": "Aziza Karimova", "amount": 5}]
    act("datastore_create", resource_id=made["id"], records=rows, force=True)
    obligation = publications.obligations_for(model.Session(), "F-01", "ministry-finance", at.date())[0]
    publications.link(model.Session(), at, obligation.id, dataset["id"], made["id"], "officer", "chosen")
    seen(at, obligation.id, made, "a")
    rehearsal.set("2023-05-05T12:00")
    return made


def seen(at, obligation_id, resource, content):
    events.record(
        model.Session(), at, obligation_ids=[obligation_id], kind="changed", at=at, grade="measured",
        source="run", dataset_id=resource["package_id"], resource_id=resource["id"],
        content_hash=content * 64, rows=1, columns=["amount"],
    )  # fmt: skip
    model.Session.commit()


def as_user(name, action, **data):
    return tk.get_action(action)({"user": name, "ignore_auth": False}, data)


def take_down(resource):
    return act("roadmap_takedown_create", resource=resource["id"], reason="Names of people")["id"]


def rule(id_, ruling):
    return act("roadmap_takedown_rule", id=id_, ruling=ruling, text="By the law on personal data")


def status(period):
    return deadlines(**FINANCE)[period]["status"]


def headers(name):
    return {"Authorization": factories.APIToken(user=name)["token"]} if name else {}


def ways(resource):
    id_, dataset = resource["id"], resource["package_id"]
    return [
        f"/dataset/{dataset}/resource/{id_}",
        f"/dataset/{dataset}/resource/{id_}/download/a.csv",
        f"/datastore/dump/{id_}",
        f"/api/3/action/datastore_search?resource_id={id_}",
        f"/api/3/action/datastore_info?id={id_}",
        f"/api/3/action/resource_show?id={id_}",
    ]


@pytest.mark.parametrize("who", ["public", "user", "officer", "admin"])
def test_neither_page_nor_file_nor_table_nor_api_gives_the_data(app, resource, who):
    name = {
        "public": lambda: "",
        "user": lambda: factories.User()["name"],
        "officer": lambda: member("ministry-finance"),
        "admin": lambda: member("ministry-finance", "admin"),
    }[who]()
    before = [app.get(url, headers=headers(name)).status_code for url in ways(resource)]
    assert set(before) == {200}
    take_down(resource)
    for place, url in enumerate(ways(resource)):
        answer = app.get(url, headers=headers(name), follow_redirects=False)
        may_see_the_page = place == 0 and who in ("officer", "admin")
        assert answer.status_code in ((200,) if may_see_the_page else (302, 403, 404)), url
        assert "Aziza" not in answer.get_data(as_text=True), url
    with pytest.raises(tk.NotAuthorized):
        tk.check_access("datastore_search_sql", {"user": name, "table_names": [resource["id"]]}, {})


def test_the_page_offers_the_takedown_and_then_tells_of_it(app, resource):
    officer = headers(member("ministry-finance"))
    url = f"/en/dataset/{resource['package_id']}/resource/{resource['id']}"
    assert "Take down personal data" in app.get(url, headers=officer).body
    assert "Take down personal data" not in app.get(url).body
    take_down(resource)
    shown = app.get(url, headers=officer).body
    assert "this resource is taken down" in shown
    assert "Take down personal data" not in shown


def test_the_dataset_leaves_search_and_public_pages(app, resource):
    take_down(resource)
    assert as_user("", "package_search")["count"] == 0
    assert app.get("/dataset/purchases", status=404)


def test_those_who_rule_can_look(resource):
    take_down(resource)
    auditor = member("anti-corruption-agency")
    model.Package.get(resource["package_id"]).private = False
    model.Session.commit()
    assert as_user(auditor, "datastore_search", resource_id=resource["id"])["total"] == 1
    with pytest.raises(tk.NotAuthorized):
        as_user(member("ministry-finance"), "datastore_search", resource_id=resource["id"])


def test_nobody_makes_it_public_meanwhile(resource):
    take_down(resource)
    admin, dataset = member("ministry-finance", "admin"), resource["package_id"]
    with pytest.raises(tk.ValidationError, match="taken down"):
        as_user(admin, "package_patch", id=dataset, private=False)
    with pytest.raises(tk.ValidationError, match="taken down"):
        as_user(factories.Sysadmin()["name"], "package_patch", id=dataset, private=False)
    organization = model.Package.get(dataset).owner_org
    with pytest.raises(tk.ValidationError, match="taken down"):
        as_user(admin, "bulk_update_public", datasets=[dataset], org_id=organization)
    act("package_patch", id=dataset, private=False)
    assert model.Package.get(dataset).private, "a load of the portal itself keeps it private"


def test_an_officer_may_still_mend_the_dataset(resource):
    take_down(resource)
    officer = member("ministry-finance")
    as_user(officer, "resource_delete", id=resource["id"])
    as_user(officer, "resource_create", package_id=resource["package_id"], url="http://x.example/clean.csv")
    assert model.Package.get(resource["package_id"]).private


def test_deadlines_are_free_until_the_ruling_and_what_was_met_stays_met(resource, rehearsal):
    assert (status("2023-03"), status("2023-04")) == ("on_time", "due")
    id_ = take_down(resource)
    rehearsal.set("2023-07-20T12:00")
    assert [status(f"2023-0{month}") for month in (3, 4, 5, 6)] == ["on_time", "exempt", "exempt", "exempt"]
    rule(id_, "confirmed")
    rehearsal.set("2023-09-20T12:00")
    assert [status(f"2023-0{month}") for month in (4, 5, 6)] == ["exempt", "exempt", "exempt"]
    assert status("2023-07") in ("overdue", "delinquent"), "after the ruling the body owes clean data"


def test_what_stood_in_grace_is_free_and_what_was_missed_is_not(resource, rehearsal):
    rehearsal.set("2023-06-12T12:00")
    assert (status("2023-04"), status("2023-05")) == ("delinquent", "in_grace")
    take_down(resource)
    rehearsal.set("2023-07-05T12:00")
    assert status("2023-04") == "delinquent"
    assert status("2023-05") == "exempt"


def test_a_past_day_shows_what_was_shown_then(resource, rehearsal):
    id_ = take_down(resource)
    rehearsal.set("2023-06-20T12:00")
    rule(id_, "dismissed")
    rehearsal.set("2023-06-21T12:00")
    row = deadlines(**FINANCE, as_of="2023-05-04")["2023-04"]
    assert row["status"] == "due"
    assert deadlines(**FINANCE, as_of="2023-06-15")["2023-05"]["status"] == "exempt"


def test_a_dismissed_takedown_gives_everything_back(app, resource):
    id_ = take_down(resource)
    rule(id_, "dismissed")
    assert not model.Package.get(resource["package_id"]).private
    assert as_user("", "package_search")["count"] == 1
    assert {app.get(url).status_code for url in ways(resource)} == {200}


def test_a_private_dataset_does_not_become_public_by_a_dismissal(resource):
    act("package_patch", id=resource["package_id"], private=True)
    rule(take_down(resource), "dismissed")
    assert model.Package.get(resource["package_id"]).private


def test_two_takedowns_must_both_end(resource):
    other = factories.Resource(package_id=resource["package_id"], url="http://x.example/b.csv")
    first, second = take_down(resource), take_down(other)
    rule(second, "dismissed")
    assert model.Package.get(resource["package_id"]).private
    rule(first, "dismissed")
    assert not model.Package.get(resource["package_id"]).private


def test_clean_data_are_let_back_after_a_confirmed_takedown(resource):
    id_ = take_down(resource)
    with pytest.raises(tk.ValidationError, match="confirmed takedown"):
        act("roadmap_takedown_reinstate", id=id_, text="Removed")
    rule(id_, "confirmed")
    assert model.Package.get(resource["package_id"]).private
    act("roadmap_takedown_reinstate", id=id_, text="Names removed")
    assert not model.Package.get(resource["package_id"]).private
    (told,) = as_user("", "roadmap_takedown_list")["takedowns"]
    assert told["state"] == "reinstated"
    assert [step["kind"] for step in told["steps"]] == ["confirmed", "reinstated"]


def test_each_step_is_taken_once(resource):
    id_ = take_down(resource)
    with pytest.raises(tk.ValidationError, match="taken down already"):
        take_down(resource)
    rule(id_, "confirmed")
    with pytest.raises(tk.ValidationError, match="ruled on already"):
        rule(id_, "dismissed")


def test_reason_and_ruling_are_public_and_the_data_are_not(resource):
    rule(take_down(resource), "confirmed")
    (told,) = as_user("", "roadmap_takedown_list")["takedowns"]
    assert (told["reason"], told["state"]) == ("Names of people", "confirmed")
    assert told["steps"][0]["text"] == "By the law on personal data"
    assert "Aziza" not in str(told)


def test_takedowns_are_append_only_and_chained(resource):
    rule(take_down(resource), "confirmed")
    for statement in (sa.update(TakedownRow).values(reason="x"), sa.delete(TakedownRow)):
        with pytest.raises(sa.exc.ProgrammingError, match="append-only"):
            model.Session.execute(statement)
        model.Session.rollback()
    found = ledger.verify(model.Session())
    assert all(breaks == [] for breaks in found.values())
    assert {"roadmap_takedown", "roadmap_takedown_step"} <= set(found)


def test_the_withdrawal_is_in_the_ledger(resource):
    take_down(resource)
    assert act("roadmap_event_list", **FINANCE)["events"][-1]["kind"] == "withdrawn"


def test_officers_take_down_their_own_data_only(resource):
    with pytest.raises(tk.NotAuthorized):
        as_user(member("ministry-education"), "roadmap_takedown_create", resource=resource["id"], reason="x")
    officer = member("ministry-finance")
    id_ = as_user(officer, "roadmap_takedown_create", resource=resource["id"], reason="x")["id"]
    with pytest.raises(tk.NotAuthorized):
        as_user(officer, "roadmap_takedown_rule", id=id_, ruling="dismissed", text="x")


def test_what_is_not_there_is_told(resource):
    with pytest.raises(tk.ObjectNotFound):
        act("roadmap_takedown_create", resource="none", reason="x")
    with pytest.raises(tk.ObjectNotFound):
        act("roadmap_takedown_list", id="none")
