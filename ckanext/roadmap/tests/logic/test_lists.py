"""Import and approval of the approved list."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.model import Body, DeadlineRow, Item, ItemRevision, ListVersion, Obligation
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index")


def count(table: type) -> int:
    return model.Session.scalar(sa.select(sa.func.count()).select_from(table))


def bound(code: str) -> list[str]:
    return act("roadmap_item_show", code=code)["bodies"]


class TestBodies:
    def test_organizations_are_made(self):
        assert country.import_bodies() == {"created": 5, "updated": 0, "unchanged": 0}
        shown = act("roadmap_body_show", name="tax-committee")
        assert shown["parent"] == "ministry-finance"
        assert act("organization_show", id="tax-committee")["id"] == shown["organization_id"]

    def test_same_file_twice_changes_nothing(self):
        country.import_bodies()
        assert country.import_bodies() == {"created": 0, "updated": 0, "unchanged": 5}

    def test_a_changed_title_is_updated(self):
        country.import_bodies()
        assert country.import_bodies(country.BODIES.replace("Tax Committee", "Tax Service"))["updated"] == 1

    def test_a_fault_writes_nothing(self):
        with pytest.raises(tk.ValidationError, match=r"Row 4, column parent: .*no-such-body"):
            country.import_bodies(country.BODIES.replace("ministry,,\ntax", "ministry,no-such-body,\ntax"))
        assert count(Body) == 0
        assert act("organization_list") == []


class TestImport:
    @pytest.fixture(autouse=True)
    def register(self, clean_db: None, clean_index: None):
        country.import_bodies()

    def test_draft(self):
        result = country.import_list()
        assert (result["items"], result["created"]) == (3, 3)
        assert act("roadmap_list_version_list")[0]["status"] == "draft"

    def test_same_file_twice_changes_nothing(self):
        first = country.import_list()
        second = country.import_list()
        assert second["unchanged"] == 3
        assert second["content_hash"] == first["content_hash"]
        assert (count(ListVersion), count(Item), count(ItemRevision)) == (1, 3, 3)

    def test_a_draft_may_be_written_anew(self):
        country.import_list()
        shorter = "\n".join(country.ITEMS.splitlines()[:3])
        assert country.import_list(shorter)["unchanged"] == 2
        assert count(ItemRevision) == 2

    @pytest.mark.parametrize(
        ("old", "new", "place"),
        [
            ("quarterly,15", "quaterly,15", "Row 2, column frequency"),
            ("15 days after period end", "soon", "Row 2, column due_rule"),
            ("end,all", "end,no-such-body", "Row 3, column responsible"),
            ("F-02,", "E-01,", "Row 4, column code"),
            ("education,portal", "education,paper", "Row 2, column place"),
            ("legal_basis", "legal", "Row 1, column legal_basis"),
        ],
    )
    def test_a_fault_names_row_column_and_remedy_and_writes_nothing(self, old: str, new: str, place: str):
        with pytest.raises(tk.ValidationError) as error:
            country.import_list(country.ITEMS.replace(old, new, 1))
        assert place in error.value.error_dict["upload"][0]
        assert count(ListVersion) == count(Item) == 0

    def test_xlsx_says_the_same_as_csv(self, tmp_path: Path):
        import csv

        import openpyxl

        book = openpyxl.Workbook()
        for row in csv.reader(country.ITEMS.splitlines()):
            book.active.append(row)
        book.save(tmp_path / "list.xlsx")
        first = country.import_list()
        with (tmp_path / "list.xlsx").open("rb") as file:
            second = act("roadmap_list_import", upload=FileStorage(file, filename="list.xlsx"), year=2023)
        assert second["content_hash"] == first["content_hash"]


class TestApprove:
    @pytest.fixture(autouse=True)
    def draft(self, clean_db: None, clean_index: None):
        country.import_bodies()
        country.import_list()

    def test_obligations_fan_out(self):
        result = country.approve()
        assert result["obligations"] == 6
        assert bound("E-01") == ["ministry-education"]
        assert bound("F-01") == ["statistics-agency", "ministry-education", "ministry-finance"]
        assert count(Obligation) == 6
        assert result["deadlines"] == count(DeadlineRow) > 100

    def test_once_a_year(self):
        country.approve()
        country.import_list(country.ITEMS.replace("Schools", "All schools"), number=2)
        with pytest.raises(tk.ValidationError, match="at most once"):
            country.approve(number=2, day="2023-09-01")

    def test_an_approved_list_is_immutable(self):
        country.approve()
        with pytest.raises(tk.ValidationError, match="Import the revision as number 2"):
            country.import_list(country.ITEMS.replace("Schools", "All schools"))

    def test_a_revision_keeps_obligations_and_ends_the_old_span(self):
        country.approve()
        country.import_list(
            country.ITEMS.replace("tax-committee;ministry-finance", "tax-committee"), year=2024
        )
        country.approve(year=2024, day="2024-02-01")
        assert count(Obligation) == 6
        assert bound("F-02") == ["tax-committee"]
        first = act("roadmap_list_version_show", year=2023)
        assert (first["status"], first["in_force_to"]) == ("superseded", "2024-02-01")

    def test_extending_twice_writes_nothing(self):
        country.approve()
        assert act("roadmap_ledger_extend")["deadlines"] == 0

    def test_drafts_are_hidden_from_the_public(self):
        context = {"user": "", "ignore_auth": False}
        assert tk.get_action("roadmap_list_version_list")(context, {}) == []
        country.approve()
        assert len(tk.get_action("roadmap_list_version_list")({"user": "", "ignore_auth": False}, {})) == 1


def test_the_real_list(shared_data: Path):
    def file(name: str) -> FileStorage:
        return FileStorage((shared_data / name).open("rb"), filename=name)

    act("roadmap_body_import", upload=file("bodies.csv"), successions=file("successions.csv"))
    result = act("roadmap_list_import", upload=file("approved-list-2023.csv"), year=2023)
    assert result["items"] == 26
    country.approve()
    assert bound("F-02") == ["ministry-economy-finance", "tax-committee", "customs-committee"]
    assert "ministry-finance" not in bound("F-01")
    assert not [name for name in bound("F-01") if name.startswith("hokimiyat")]
