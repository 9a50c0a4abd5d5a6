"""Identifiers are issued once for each obligation, whoever asks at once, and stand where datasets are shown."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.model import IdentifierRow
from ckanext.roadmap.services import clock, identifiers, ledger
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import BODIES, ITEMS, act
from ckanext.roadmap.tests.ledger import reset_ledger
from ckanext.roadmap.tests.logic.acting import publish

pytestmark = pytest.mark.usefixtures("in_force")


def issued() -> list[str]:
    return sorted(model.Session.scalars(sa.select(IdentifierRow.identifier)))


def of(item: str) -> dict[str, str]:
    return act("roadmap_item_show", code=item)["identifiers"]


def test_each_obligation_has_one_when_the_list_is_approved():
    assert issued() == [
        "1-001-0001",
        "1-002-0001",
        "1-002-0002",
        "1-003-0001",
        "1-003-0002",
        "1-004-0001",
    ]
    assert of("E-01") == {"ministry-education": "1-002-0001"}
    act("roadmap_ledger_extend")
    assert len(issued()) == 6


def test_whoever_issues_at_once_issues_each_once():
    before = issued()
    model.Session.remove()
    reset_ledger()

    def issue(_number: int) -> int:
        with Session(model.meta.engine) as session:
            done = identifiers.issue(session, clock.now(), "somebody")
            session.commit()
            return done

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(issue, range(4))) == [0, 0, 0, 6]
    assert issued() == before
    assert ledger.verify(model.Session())["roadmap_identifier"] == []


def test_they_stay_over_lists_and_with_whoever_takes_over(in_force):
    act("roadmap_list_version_create", year=2024)
    act("roadmap_item_retire", year=2024, number=1, code="F-02")
    new = {
        "title_uz": "Yangi",
        "sphere": "trade",
        "place": "portal",
        "frequency": "annual",
        "due_rule": "by 1 March",
    }
    act("roadmap_item_create", year=2024, number=1, code="H-01", responsible="all", **new)
    in_force.set("2024-02-01T12:00")
    country.approve(2024, "2024-02-01")
    assert of("E-01") == {"ministry-education": "1-002-0001"}
    assert of("H-01")["ministry-finance"] == "1-003-0003"
    country.import_bodies(
        BODIES, "body,from_body,kind,effective\nministry-finance,ministry-education,merged,2024-02-01\n"
    )
    assert of("E-01") == {"ministry-finance": "1-002-0001"}


def test_an_items_own_number_is_kept_for_its_body(in_force):
    act("roadmap_list_version_create", year=2024)
    text = ITEMS + "1-002-0003,Lugat,,,education,portal,annual,by 1 March,ministry-education,no,,no,,,no,x\n"
    text += "E-02,Lugat,,,education,portal,annual,by 1 March,ministry-education,no,,no,,,no,x\n"
    country.import_list(text, year=2024)
    in_force.set("2024-02-01T12:00")
    country.approve(2024, "2024-02-01")
    assert of("1-002-0003") == {"ministry-education": "1-002-0003"}
    assert of("E-02") == {"ministry-education": "1-002-0004"}


def test_the_passport_tells_it(in_force):
    dataset = publish(in_force, "2023-04-11T12:00")
    assert tk.get_action("package_show")({"user": ""}, {"id": dataset})["identifier"] == "1-002-0001"
    [row] = act("roadmap_compliance_show", item="E-01")["obligations"]
    assert row["identifier"] == "1-002-0001"


@pytest.mark.parametrize(
    ("identifier", "word"), [("1-002-0777", "never issued"), ("1-003-0001", "issued to another body")]
)
def test_a_passport_names_no_number_of_its_own(identifier: str, word: str):
    with pytest.raises(tk.ValidationError, match=word):
        factories.Dataset(owner_org="ministry-education", identifier=identifier)


def test_a_passport_names_its_bodys_number_or_one_of_another_form():
    for identifier in ("1-002-0001", "doi:10.5072/x"):
        assert (
            factories.Dataset(owner_org="ministry-education", identifier=identifier)["identifier"]
            == identifier
        )
