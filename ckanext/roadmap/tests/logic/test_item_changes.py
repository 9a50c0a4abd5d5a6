"""Who changed what in a draft and when, and its undoing."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.services import ledger
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import ITEMS, act
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.logic.test_list_life import NEW

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index")
DRAFT = {"year": 2023, "number": 1}


@pytest.fixture(autouse=True)
def draft(clean_db: None, clean_index: None) -> None:
    country.import_bodies()
    country.import_list()


def changes(**asked) -> list[dict]:
    return act("roadmap_item_change_list", **DRAFT, **asked)["changes"]


def undo(change: dict) -> dict:
    return act("roadmap_item_change_undo", id=change["id"])


def stands() -> tuple[list[dict], str]:
    version = act("roadmap_list_version_show", **DRAFT)
    return act("roadmap_item_list", **DRAFT), version["content_hash"]


def test_an_import_is_told_item_by_item():
    assert [(one["code"], one["kind"]) for one in changes()] == [
        ("F-02", "added"),
        ("F-01", "added"),
        ("E-01", "added"),
    ]
    country.import_list()
    assert len(changes()) == 3
    country.import_list(ITEMS.replace("Schools", "All schools").replace("F-02", "F-03"))
    assert [(one["code"], one["kind"]) for one in changes(limit=3)] == [
        ("F-03", "added"),
        ("E-01", "changed"),
        ("F-02", "removed"),
    ]
    assert changes(code="E-01")[0]["fields"] == [
        {"field": "title_en", "before": "Schools", "after": "All schools"}
    ]


def test_each_change_names_person_time_and_fields(rehearsal):
    person = member("statistics-agency", "member")
    rehearsal.set("2023-05-01T10:00")
    tk.get_action("roadmap_item_update")(
        {"user": person}, {**DRAFT, "code": "E-01", "due_rule": "20 days after period end", "ai": "yes"}
    )
    [change] = changes(limit=1)
    assert (change["by"], change["kind"], change["code"]) == (person, "changed", "E-01")
    assert change["recorded_at"].startswith("2023-05-01T")
    assert change["fields"] == [
        {
            "field": "due_rule",
            "before": "15 days after period end",
            "after": "20 days after period end",
        }
    ]


def test_a_change_that_changes_nothing_is_no_change():
    act("roadmap_item_update", **DRAFT, code="E-01", ai="yes")
    assert len(changes()) == 3


@pytest.mark.parametrize(
    ("action", "data"),
    [
        ("roadmap_item_create", {"code": "H-01", **NEW}),
        ("roadmap_item_update", {"code": "F-01", "title_ru": "", "responsible": "except:tax-committee;all"}),
        ("roadmap_item_retire", {"code": "F-01"}),
    ],
)
def test_what_is_undone_stands_as_before_and_the_undoing_can_be_undone(action, data):
    before = stands()
    act(action, **DRAFT, **data)
    after = stands()
    assert after != before
    assert undo(changes()[0]) == {**DRAFT, "code": data["code"]}
    assert stands() == before
    undoing, undone = changes(limit=2)
    assert undoing["undoes"] == undone["id"]
    assert undone["undone_by"] == undoing["id"]
    assert (undoing["is_undoable"], undone["is_undoable"]) == (True, False)
    undo(undoing)
    assert stands() == after


def test_a_change_under_a_later_one_waits_for_it():
    act("roadmap_item_update", **DRAFT, code="E-01", title_en="One")
    act("roadmap_item_update", **DRAFT, code="E-01", title_en="Two")
    second, first = changes(limit=2)
    assert (second["is_undoable"], first["is_undoable"]) == (True, False)
    with pytest.raises(tk.ValidationError, match="changed since"):
        undo(first)
    undo(second)
    undo(first)
    assert act("roadmap_item_list", **DRAFT)[0]["title"]["en"] == "Schools"
    with pytest.raises(tk.ValidationError, match="undone already"):
        undo(first)


def test_nothing_is_undone_once_the_list_stands_still():
    [newest] = changes(limit=1)
    act("roadmap_list_version_submit", **DRAFT)
    assert not any(one["is_undoable"] for one in changes())
    with pytest.raises(tk.ValidationError, match="submitted"):
        undo(newest)
    with pytest.raises(tk.ObjectNotFound):
        undo({"id": "nothing"})


def test_the_record_can_not_be_edited_and_its_chain_holds():
    act("roadmap_item_retire", **DRAFT, code="F-01")
    assert ledger.verify(model.Session())["roadmap_item_change"] == []
    for statement in ("UPDATE {} SET by = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
        with pytest.raises(sa.exc.DBAPIError, match="append-only"):
            model.Session.execute(sa.text(statement.format("roadmap_item_change")))
        model.Session.rollback()


def test_a_long_record_is_read_in_parts():
    found = act("roadmap_item_change_list", **DRAFT, limit=2, offset=1)
    assert (found["count"], [one["code"] for one in found["changes"]]) == (3, ["F-01", "E-01"])
