"""The present portal's datasets move here: whole, once, resumable, with every fault told."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

import ckan.lib.jobs as ckan_jobs
import ckan.plugins.toolkit as tk
from ckan import model
from ckan.cli.cli import ckan
from ckan.lib.redis import connect_to_redis

from ckanext.harvest.model import HarvestJob
from ckanext.roadmap import jobs
from ckanext.roadmap.harvesters import consumer
from ckanext.roadmap.model import IdentifierRow, MovedDataset
from ckanext.roadmap.services import publications
from ckanext.roadmap.tests import country, egov
from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.egov import HTML, Portal, dataset, texts
from ckanext.roadmap.tests.logic.acting import deadlines

pytestmark = pytest.mark.usefixtures("with_plugins")
NAME = "old-portal"


@pytest.fixture
def portal(
    clean_db: None, clean_index: None, monkeypatch: pytest.MonkeyPatch, ckan_config: Any, tmp_path: Any
) -> Iterator[Portal]:
    """The old portal with four datasets, and a register that knows its two organisations."""
    egov.settle(monkeypatch, ckan_config, tmp_path)
    country.import_bodies()
    with egov.serving(4) as one:
        monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__OLD_PORTAL__URL", one.url)
        monkeypatch.setitem(ckan_config, f"ckanext.roadmap.connection.{NAME}.url", one.url)
        yield one


def start() -> str:
    return act("roadmap_harvest_start", connection=NAME)["job_id"]


def work() -> None:
    worker = consumer.Consumer(0)
    while worker.step():
        pass
    ckan_jobs.Worker([jobs.FAST]).work(burst=True)


def harvest() -> dict[str, Any]:
    """Harvest to the end, and what the report says."""
    job_id = start()
    work()
    progress = act("roadmap_harvest_progress", job_id=job_id)
    assert progress["finished"], progress
    return {**act("roadmap_portal_report", connection=NAME, limit=100), "errors": progress["errors"]}


def counts(report: dict[str, Any]) -> dict[str, int]:
    return {name: count for name, count in report["reading"]["counts"].items() if count}


def shown(number: int = 1) -> dict[str, Any]:
    return act("package_show", id=dataset(number)["name"])


def test_from_the_catalogue_to_the_rows_and_again(portal: Portal):
    foreseen = act("roadmap_portal_check", connection=NAME)
    assert (foreseen["total"], foreseen["due"], foreseen["publishers"]) == (4, 4, [])
    assert model.Session.query(MovedDataset).count() == 0, "a check writes nothing"

    report = harvest()
    assert counts(report) == {"seen": 4, "new": 4}
    assert [(one["state"], one["rows_state"], one["datasets"]) for one in report["states"]] == [
        ("moved", "loaded", 4)
    ]
    found = shown()
    assert found["identifier"] == "1-003-0001"
    assert found["title_translated"] == {
        "uz": "Maktablar 1", "uz_Cyrl": "Мактаблар 1", "ru": "Школы 1", "en": "Schools 1",
    }  # fmt: skip
    assert found["organization"]["name"] == "ministry-finance"
    assert [group["name"] for group in found["groups"]] == ["finance"]
    assert (found["origin_modified"], found["private"]) == ("2023-02-01", False)
    (resource,) = found["resources"]
    rows = act("datastore_search", resource_id=resource["id"], sort="Kod")["records"]
    assert [(row["Nomi"], row["O'quvchilar"], row["Kod"]) for row in rows] == [
        ("maktab 0", 100, "00000"), ("maktab 1", 101, "00001"), ("maktab 2", 102, "00002"),
    ]  # fmt: skip

    asked = len(portal.asked)
    again = harvest()
    assert counts(again) == {"seen": 4, "unchanged": 4}
    assert [one for one in portal.asked[asked:] if "GetMainData" in one] == []
    assert shown()["metadata_modified"] == found["metadata_modified"]
    assert act("package_search", rows=0)["count"] == 4


def test_what_changed_vanished_and_came_back(portal: Portal):
    harvest()
    act("package_patch", id=dataset(2)["name"], notes="Izoh")
    portal.datasets[1] = dataset(2, dataName=texts("Bog'chalar", "Боғчалар", "Сады", ""))
    portal.datasets[0] = dataset(1, lastUpdate="2023-03-01T00:00:00", fullCount=4)
    portal.rows[dataset(1)["structId"]] = egov.rows(1, 4)
    gone = portal.datasets.pop()
    report = harvest()
    assert counts(report) == {"seen": 3, "unchanged": 1, "changed": 2, "vanished": 1}
    assert (shown(2)["title"], shown(2)["notes"]) == ("Bog'chalar", "Izoh"), "what people wrote here stays"
    assert act("datastore_search", resource_id=shown(1)["resources"][0]["id"])["total"] == 4
    assert act("package_show", id=gone["name"])["state"] == "active"
    (row,) = act("roadmap_portal_report", connection=NAME, state="vanished")["datasets"]
    assert row["identifier"] == gone["name"]
    assert row["vanished_at"]
    portal.datasets.append(gone)
    assert counts(harvest()) == {"seen": 4, "unchanged": 3, "returned": 1}
    assert act("roadmap_portal_report", connection=NAME, state="vanished")["count"] == 0


def test_nothing_is_guessed_of_publishers(portal: Portal, cli: Any):
    def command(*words: str) -> str:
        done = cli.invoke(ckan, ["roadmap", "portal", *words])
        assert done.exit_code == 0, done.output
        return done.output

    stranger = dataset(3, userOrgId="o9", orgName=texts("Ta'lim vazirligining markazi", "", "", ""))
    portal.datasets[2] = stranger
    report = harvest()
    assert counts(report)["waiting"] == 1
    (publisher,) = report["publishers"]
    assert (publisher["key"], publisher["datasets"], publisher["body"]) == ("o9", 1, None)
    assert "ministry-finance" in publisher["candidates"], "the code of its identifiers is a hint"
    (row,) = act("roadmap_portal_report", connection=NAME, state="waiting")["datasets"]
    assert (row["reason"], row["dataset"]) == ("publisher_unknown", None)
    assert "4 would be moved now" not in command("check", NAME)
    assert "no body: o9" in command("report", NAME)
    assert "perhaps ministry-finance" in command("publishers", NAME)
    assert "waiting,publisher_unknown" in command("report", NAME, "--csv")
    with pytest.raises(tk.ValidationError):
        act("roadmap_portal_publisher_resolve", connection=NAME, key="o9", body="nobody")
    assert command("resolve", NAME, "o9", "ministry-education") == "o9: ministry-education\n"
    assert harvest()["publishers"] == []
    assert shown(3)["organization"]["name"] == "ministry-education"


def test_what_is_not_understood_is_told(portal: Portal):
    portal.datasets[0] = dataset(1, status=3, name="")
    portal.datasets[1] = dataset(2, status=9, brandNew=True, lastUpdate="kecha")
    portal.datasets[2] = dataset(
        3, status=texts("Tasdiqlangan", "", "", ""), sphereName=texts("Kosmos", "", "", "")
    )
    portal.datasets[3] = dataset(
        4, dataName=texts("Мактаблар", "Maktablar", "Школы", ""), name=dataset(2)["name"]
    )
    report = harvest()
    told = {(one["code"], one["value"]) for one in report["reading"]["remarks"]}
    assert told == {
        ("field_unknown", "brandNew"), ("state_unknown", "9"), ("date_unknown", "kecha"), ("scripts_exchanged", ""),
    }  # fmt: skip
    rows = {row["key"]: row for row in report["datasets"]}
    assert rows[dataset(3)["structId"]]["remarks"] == [{"code": "sphere_unknown", "value": "Kosmos"}]
    private = {one: act("package_show", id=row["dataset"])["private"] for one, row in rows.items()}
    assert [key for key, is_private in private.items() if is_private] == [
        dataset(1)["structId"], dataset(2)["structId"],
    ]  # fmt: skip
    taken = [
        row
        for row in report["datasets"]
        if {"code": "identifier_taken", "value": dataset(2)["name"]} in row["remarks"]
    ]
    assert len(taken) == 1, "one identifier, one dataset"
    fourth = act("package_show", id=rows[dataset(4)["structId"]]["dataset"])
    assert fourth["title_translated"]["uz"] == "Maktablar"


def gather() -> dict[str, Any]:
    """Read the catalogue, and move nothing yet."""
    start()
    consumer.Consumer(0).step()
    connect_to_redis().flushdb()
    report = act("roadmap_portal_report", connection=NAME)
    model.Session.query(HarvestJob).update({"status": "Finished"})
    model.Session.commit()
    return report


FORBIDDEN = (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b"")
FAULTS = {
    "offset=100": ((200, {}, HTML), "catalogue_page"),
    "offset=200": ((200, {}, b"{"), "catalogue_not_json"),
    "offset=400": ((200, {}, b'{"result": null}'), "catalogue_form"),
    "offset=500": ((500, {}, b""), "source_status"),
    "offset=600": (FORBIDDEN, "fetch_forbidden"),
}


def test_broken_pages_in_the_middle_are_passed_over_and_nothing_vanishes(portal: Portal):
    portal.fill(750)
    assert counts(gather()) == {"seen": 750, "new": 750}
    portal.datasets = portal.datasets[3:]
    portal.faults = {part: [answer] for part, (answer, _code) in FAULTS.items()}
    report = gather()
    told = [one["code"] for one in report["reading"]["faults"]]
    assert told == [*(code for _answer, code in FAULTS.values()), "vanished_unsure"]
    assert counts(report) == {"seen": 247, "unchanged": 247}
    portal.faults = {}
    portal.datasets = portal.datasets[200:]
    assert [one["code"] for one in gather()["reading"]["faults"]] == ["vanished_many"]
    assert act("roadmap_portal_report", connection=NAME, state="vanished")["count"] == 0


def test_a_dead_catalogue_changes_nothing_and_rows_are_tried_again(portal: Portal):
    portal.fill(2)
    portal.faults = {"gettable": [(500, {}, b"")]}
    report = harvest()
    assert [one["code"] for one in report["reading"]["faults"]] == ["source_status"]
    assert (report["count"], len(report["errors"])) == (0, 1)
    portal.faults = {"GetMainData": [(500, {}, b"")]}
    report = harvest()
    assert [(one["state"], one["rows_state"]) for one in report["states"]] == [("moved", "failed")]
    assert report["datasets"][0]["rows_reason"]["code"] == "source_status"
    portal.faults = {}
    assert [one["rows_state"] for one in harvest()["states"]] == ["loaded"]


def events() -> list[dict[str, Any]]:
    act("roadmap_content_measure")
    return act("roadmap_event_list", item="F-01", body="ministry-finance")["events"]


def test_a_copy_is_declared_and_what_changes_later_is_measured(
    portal: Portal, rehearsal: RehearsalClock, ckan_config: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(ckan_config, "ckanext.roadmap.content.pause", 0)
    portal.fill(1)
    portal.datasets[0]["lastUpdate"] = "2023-01-10T10:00:00"
    rehearsal.set("2023-01-25T12:00")
    harvest()
    country.import_list()
    country.approve()
    at = rehearsal.set("2023-04-02T12:00")
    (obligation,) = publications.obligations_for(model.Session(), "F-01", "ministry-finance", at.date())
    publications.link(model.Session(), at, obligation.id, shown()["id"], None, "officer", "chosen")
    model.Session.commit()
    (event,) = events()
    assert (event["kind"], event["grade"], event["at"]) == (
        "changed",
        "declared",
        "2023-01-10T05:00:00+00:00",
    )
    assert deadlines(item="F-01", body="ministry-finance")["2023-03"]["status"] == "due"
    assert shown()["identifier"] == "1-003-0001", "the number that the public knows, beside the one issued"
    issued = model.Session.scalars(
        sa.select(IdentifierRow.identifier).where(IdentifierRow.body_code == "1-003")
    )
    assert "1-003-0001" not in set(issued), "and it is given to nobody else"

    portal.datasets.append(dataset(3, name="1-003-0002"))
    portal.rows[dataset(3)["structId"]] = egov.rows(3)
    rehearsal.set("2023-04-05T12:00")
    portal.datasets[0] = dataset(1, lastUpdate="2023-04-05T00:00:00", fullCount=4)
    portal.rows[dataset(1)["structId"]] = egov.rows(1, 4)
    report = harvest()
    remarks = {row["identifier"]: row["remarks"] for row in report["datasets"]}
    assert remarks["1-003-0002"] == [{"code": "identifier_taken", "value": "1-003-0002"}], "issued already"
    assert [(one["kind"], one["grade"]) for one in events()] == [
        ("changed", "declared"),
        ("changed", "measured"),
    ]
