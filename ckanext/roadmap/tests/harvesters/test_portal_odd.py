"""Catalogues that are odd, or change between two readings: taken or refused, with a word, and never doubled."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model

from ckanext.harvest.model import HarvestJob, HarvestObject
from ckanext.roadmap.domain.origin import Origin, Remark
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.harvesters import portal_gathering
from ckanext.roadmap.model import MovedDataset
from ckanext.roadmap.services import moving_identifiers, moving_values
from ckanext.roadmap.tests.acceptance.processes import wait_until
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.egov import ORGANISATIONS, Portal, dataset, texts

from .test_portal import NAME, counts, harvest, portal, start  # noqa: F401 - a fixture

pytestmark = pytest.mark.usefixtures("with_plugins")
NOW = datetime(2023, 6, 1, 1, tzinfo=ZoneInfo("Asia/Tashkent"))


def bare(number: int, **changes: Any) -> dict[str, Any]:
    """A record without rows."""
    return dataset(number, **{"fullCount": 0, **changes})


def rows_of(report: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["key"]: row for row in report["datasets"]}


def told(report: dict[str, Any], number: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the report tells of a dataset, and the dataset."""
    row = rows_of(report)[dataset(number)["structId"]]
    return row, act("package_show", id=row["dataset"]) if row["dataset"] else {}


def test_odd_records_are_taken_or_refused_with_a_word(portal: Portal):  # noqa: F811
    portal.datasets = [
        bare(1, name="1-003/01", dataName=texts("", "", "Только по-русски", "")),
        bare(2, name="1-003 01", dataName=texts("", "", "", "")),
        bare(3, name="Мактаб", lastUpdate="2099-01-01T00:00:00"),
        bare(4, name="Мактаб"),
        bare(5, dataName=texts("a" * 40_000, "", "", "")),
    ]
    report = harvest()
    _row, first = told(report, 1)
    assert (first["title"], first["title_translated"]) == ("Только по-русски", {"ru": "Только по-русски"})
    _row, second = told(report, 2)
    assert second["title"] == "1-003 01", "what has no title is called by its identifier"
    late, third = told(report, 3)
    assert {"code": "date_future", "value": "2099-01-01"} in late["remarks"]
    assert not third.get("origin_modified")
    taken, fourth = told(report, 4)
    assert {"code": "identifier_taken", "value": "Мактаб"} in taken["remarks"]
    assert len({one["name"] for one in (first, second, third, fourth)}) == 4
    refused, nothing = told(report, 5)
    assert (refused["state"], refused["reason"], nothing) == ("failed", "dataset_not_taken", {})
    assert set(refused["params"]["told"]) == {"en", "uz", "ru"}
    assert all(refused["params"]["told"].values())

    portal.datasets[4] = bare(5)
    mended = harvest()
    assert told(mended, 5)[1]["identifier"] == dataset(5)["name"]
    assert [one["state"] for one in mended["states"]] == ["moved"]
    addresses = {row["dataset"] for row in mended["datasets"]}
    assert addresses == {row["dataset"] for row in report["datasets"] if row["dataset"]} | {
        dataset(5)["name"]
    }


def test_datasets_wait_in_one_order_wherever_a_database_put_them(portal: Portal):  # noqa: F811
    portal.datasets = [bare(number, name="Мактаб") for number in (4, 2, 3, 1)]
    job = model.Session.get(HarvestJob, start())
    ids = portal_gathering.gather(job, NAME)
    keys = [model.Session.get(MovedDataset, guid_of(id_)).key for id_ in ids]
    assert keys == [dataset(number)["structId"] for number in (1, 2, 3, 4)]
    for id_ in (ids[0], ids[2]):  # PostgreSQL writes a changed row behind the others
        model.Session.query(HarvestObject).filter_by(id=id_).update({"content": "moved"})
        model.Session.commit()
    assert portal_gathering.gather(job, NAME) == ids


def guid_of(id_: str) -> str:
    return model.Session.get(HarvestObject, id_).guid


def test_two_workers_ask_for_one_identifier_one_after_the_other(portal: Portal):  # noqa: F811
    portal.datasets = [bare(number, name="Мактаб") for number in (1, 2)]
    job = model.Session.get(HarvestJob, start())
    first, second = map(guid_of, portal_gathering.gather(job, NAME))

    def apart() -> bool:
        with Session(model.meta.engine) as own:
            return moving_identifiers.may_keep(own, own.get_one(MovedDataset, second))

    session: Any = model.Session()
    row = session.get_one(MovedDataset, first)
    assert moving_identifiers.may_keep(session, row)
    row.moved_at = NOW
    session.flush()
    waiting = sa.text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
    with ThreadPoolExecutor(1) as pool:
        other = pool.submit(apart)
        wait_until(lambda: session.scalar(waiting) or other.done(), 60, "nobody waits")
        session.commit()
        assert other.result(60) is False


def test_organisations_are_renamed_merged_and_closed_between_readings(portal: Portal):  # noqa: F811
    portal.datasets = [bare(number) for number in (1, 2, 3, 4)]
    before = rows_of(harvest())
    finance, education = ORGANISATIONS[1], ORGANISATIONS[0]
    renamed = texts("Iqtisodiyot va moliya vazirligi", "", "Министерство экономики и финансов", "")
    portal.datasets = [
        bare(1, orgName=renamed),
        bare(2, userOrgId=finance[0], orgName=renamed),
        bare(3, userOrgId="o9", orgName=texts("Yangi agentlik", "", "Новое агентство", "")),
        bare(4),
    ]
    report = harvest()
    assert {key: row["dataset"] for key, row in rows_of(report).items()} == {
        key: row["dataset"] for key, row in before.items()
    }, "no address changes, and nothing is doubled"
    owners = {number: told(report, number)[1]["organization"]["name"] for number in (1, 2, 3, 4)}
    assert owners[1] == owners[2] == "ministry-finance", "its own new name, and what it took over"
    assert owners[4] == "ministry-education"
    assert (education[0], owners[3]) == ("o1", "ministry-finance"), "a stranger changes nothing"
    (publisher,) = report["publishers"]
    assert (publisher["key"], publisher["datasets"]) == ("o9", 1)
    row, _dataset = told(report, 3)
    assert (row["state"], row["reason"]) == ("moved", "publisher_unknown")

    act("roadmap_portal_publisher_resolve", connection=NAME, key="o9", body="tax-committee")
    after = harvest()
    row, third = told(after, 3)
    assert (third["organization"]["name"], row["reason"], after["publishers"]) == ("tax-committee", None, [])
    assert counts(after) == {"seen": 4, "unchanged": 4}
    assert model.Session.query(model.Package).filter_by(type="dataset").count() == 4


@pytest.mark.parametrize(
    ("given", "remark", "kept"),
    [
        ({"notes": Text(ru="x" * 10_000_000)}, Remark("notes_too_long", "10000000 > 100000"), "notes"),
        ({"created": datetime(2023, 6, 3, tzinfo=UTC)}, Remark("date_future", "2023-06-03"), "origin_issued"),
        (
            {"updated": datetime(2099, 1, 1, tzinfo=UTC)},
            Remark("date_future", "2099-01-01"),
            "origin_modified",
        ),
    ],
)
def test_what_has_no_place_is_left_out_and_told(given: dict[str, Any], remark: Remark, kept: str):
    origin = Origin("k", Text(uz="Maktablar"), **given)
    values, remarks = moving_values.dataset_values(origin, "o", None, NOW)
    assert (remarks, kept in values, values["title"]) == ([remark], False, "Maktablar")
    fitting = Origin("k", Text(uz="M"), notes=Text(uz="x" * 100_000), created=NOW, updated=NOW)
    values, remarks = moving_values.dataset_values(fitting, "o", None, NOW)
    assert (remarks, len(values["notes"]), values["origin_issued"]) == ([], 100_000, "2023-06-01")
