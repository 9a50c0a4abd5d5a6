"""A list version from draft to decision, its items, and what may be mended afterwards."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.model import ItemRevision, ListVersion
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index")
NEW = {
    "title_uz": "Shifoxonalar",
    "sphere": "Sog'liqni saqlash",
    "place": "portal",
    "frequency": "har chorakda",
    "responsible": "Таълим вазирлиги",
    "columns": "code;beds",
}


def shown(year: int = 2023, number: int = 1) -> dict:
    return act("roadmap_list_version_show", year=year, number=number)


def codes(year: int) -> list[str]:
    return [item["code"] for item in act("roadmap_item_list", year=year)]


@pytest.fixture(autouse=True)
def draft(clean_db: None, clean_index: None) -> None:
    country.import_bodies()
    country.import_list()


@pytest.fixture
def approved(draft: None) -> None:
    country.approve()


class TestLife:
    def test_submitted_then_approved(self):
        assert act("roadmap_list_version_submit", year=2023, number=1)["status"] == "submitted"
        assert country.approve()["status"] == "approved"
        assert shown()["submitted_at"]

    def test_what_was_submitted_stands_still(self):
        act("roadmap_list_version_submit", year=2023, number=1)
        with pytest.raises(tk.ValidationError, match="is submitted"):
            act("roadmap_item_update", year=2023, number=1, code="E-01", title_uz="Boshqa")
        with pytest.raises(tk.ValidationError, match="Import the revision as number 2"):
            country.import_list(country.ITEMS.replace("Schools", "All schools"))

    def test_rejected_with_its_reason(self):
        with pytest.raises(tk.ValidationError, match="List 2023/1 is draft"):
            act("roadmap_list_version_reject", year=2023, number=1, reason="Terms")
        act("roadmap_list_version_submit", year=2023, number=1)
        found = act("roadmap_list_version_reject", year=2023, number=1, reason="The terms are unreal")
        assert (found["status"], found["rejected_reason"]) == ("rejected", "The terms are unreal")
        with pytest.raises(tk.ValidationError, match="is rejected"):
            country.approve()

    def test_a_new_version_begins_as_a_copy_of_the_list_in_force(self, approved: None):
        made = act("roadmap_list_version_create", year=2023)
        assert (made["number"], made["status"]) == (2, "draft")
        assert made["content_hash"] == shown()["content_hash"]
        assert act("roadmap_list_version_create", year=2024, empty=True)["number"] == 1
        assert codes(2024) == []
        with pytest.raises(tk.ValidationError, match="2023/2 already"):
            act("roadmap_list_version_create", year=2023, number=2)

    def test_an_empty_list_is_neither_submitted_nor_approved(self):
        act("roadmap_list_version_create", year=2024, empty=True)
        for step in (
            lambda: act("roadmap_list_version_submit", year=2024, number=1),
            lambda: country.approve(2024, "2024-01-10"),
        ):
            with pytest.raises(tk.ValidationError, match="holds no item"):
                step()

    def test_once_a_year_unless_the_commission_decides_otherwise(self, approved: None):
        act("roadmap_list_version_create", year=2023)
        with pytest.raises(tk.ValidationError, match="at most once"):
            country.approve(number=2, day="2023-09-01")
        with pytest.raises(tk.ValidationError, match="both the act and the reason"):
            country.approve(number=2, day="2023-09-01", override_act="14-K")
        country.approve(number=2, day="2023-09-01", override_act="14-K", override_reason="New decree")
        assert shown(number=2)["override"] == {"act": "14-K", "reason": "New decree"}
        assert shown(number=1)["status"] == "superseded"

    def test_the_rule_is_not_overridden_where_it_does_not_bite(self):
        country.approve(override_act="14-K", override_reason="New decree")
        assert shown()["override"] is None

    def test_the_database_holds_one_approved_version(self, approved: None):
        act("roadmap_list_version_create", year=2024)
        with pytest.raises(sa.exc.IntegrityError):
            model.Session.execute(sa.update(ListVersion).values(status="approved"))
        model.Session.rollback()


class TestItems:
    def test_created_in_any_language(self):
        made = act("roadmap_item_create", year=2023, number=1, code="H-01", **NEW)
        assert made["sphere"] == "health"
        assert made["term"] == {"frequency": "quarterly", "due_rule": "15 days after period end"}
        assert made["responsible"]["bodies"] == ["ministry-education"]
        assert codes(2023) == ["E-01", "F-01", "F-02", "H-01"]

    def test_a_bad_cell_is_told_under_its_name_and_nothing_is_kept(self):
        with pytest.raises(tk.ValidationError) as error:
            act("roadmap_item_create", year=2023, number=1, code="H-01", **{**NEW, "place": "paper"})
        assert '"paper" cannot be taken' in error.value.error_dict["place"][0]
        assert codes(2023) == ["E-01", "F-01", "F-02"]

    def test_an_unknown_cell_is_refused(self):
        with pytest.raises(tk.ValidationError):
            act("roadmap_item_update", year=2023, number=1, code="E-01", titel_uz="Maktab")

    def test_updated_and_the_hash_follows(self):
        before = shown()["content_hash"]
        act("roadmap_item_update", year=2023, number=1, code="E-01", title_en="All schools", columns="code")
        item = act("roadmap_item_list", year=2023)[0]
        assert (item["title"]["en"], item["title"]["uz"], item["columns"]) == (
            "All schools", "Maktablar", ["code"],
        )  # fmt: skip
        assert shown()["content_hash"] != before
        act(
            "roadmap_item_update", year=2023, number=1, code="E-01", title_en="Schools", columns="code;region"
        )
        assert shown()["content_hash"] == before

    def test_indicators_and_personal_data_count_where_they_are_said(self):
        before = shown()["content_hash"]
        asked = {
            "odin_indicators": "enro;2:4",
            "personal_data": "обезличенные",
            "columns": "code:matn;region",
        }
        item = act("roadmap_item_update", year=2023, number=1, code="E-01", **asked)
        assert (item["odin"], item["odin_indicators"]) == ([2, 3], ["ENRO", "2:4"])
        assert item["personal_data"] == "depersonalised"
        assert (item["columns"], item["column_types"]) == (["code", "region"], {"code": "text"})
        assert shown()["content_hash"] != before
        act("roadmap_list_version_create", year=2024, from_year=2023)
        copied = act("roadmap_item_list", year=2024)[0]
        assert (copied["odin_indicators"], copied["personal_data"]) == (["ENRO", "2:4"], "depersonalised")
        unsaid = {"odin": "2", "odin_indicators": "", "personal_data": "", "columns": "code;region"}
        act("roadmap_item_update", year=2023, number=1, code="E-01", **unsaid)
        assert shown()["content_hash"] == before
        found = act("roadmap_list_version_diff", from_year=2023, from_number=1, year=2024, number=1)
        assert [one["field"] for one in found["changed"]["E-01"]] == [
            "columns", "odin", "odin_indicators", "personal_data",
        ]  # fmt: skip

    def test_a_code_is_issued_once(self):
        act("roadmap_item_retire", year=2023, number=1, code="F-01")
        assert codes(2023) == ["E-01", "F-02"]
        with pytest.raises(tk.ValidationError, match="issued already"):
            act("roadmap_item_create", year=2023, number=1, code="F-01", **NEW)

    def test_retired_leaves_the_same_hash_as_a_list_without_it(self):
        act("roadmap_item_retire", year=2023, number=1, code="E-01")
        without = "\n".join(line for line in country.ITEMS.splitlines() if not line.startswith("E-01"))
        assert country.import_list(without)["unchanged"] == 2


class TestCorrection:
    def test_mends_a_text_for_all_to_see(self, approved: None):
        made = act(
            "roadmap_list_version_correct",
            year=2023, number=1, code="E-01", title_ru="Школы страны", act="15-K", reason="Typing error",
        )  # fmt: skip
        assert made["changes"] == {"title_ru": ["Школы", "Школы страны"]}
        assert made["hash_after"] == shown()["content_hash"] != made["hash_before"]
        public = tk.get_action("roadmap_list_correction_list")({"user": ""}, {"year": 2023, "number": 1})
        assert [(row["code"], row["act"]) for row in public] == [("E-01", "15-K")]
        assert act("roadmap_item_show", code="E-01")["title"]["ru"] == "Школы страны"

    def test_is_no_revision(self, approved: None):
        act(
            "roadmap_list_version_correct",
            year=2023, number=1, code="E-01", title_ru="Школы страны", act="15-K", reason="Typing error",
        )  # fmt: skip
        assert [row["number"] for row in act("roadmap_list_version_list")] == [1]

    @pytest.mark.parametrize("cell", ["frequency", "due_rule", "responsible", "columns", "place"])
    def test_never_touches_what_binds(self, approved: None, cell: str):
        with pytest.raises(tk.ValidationError):
            act(
                "roadmap_list_version_correct",
                year=2023, number=1, code="E-01", act="15-K", reason="x", **{cell: "all"},
            )  # fmt: skip

    def test_a_draft_is_changed_and_not_corrected(self):
        with pytest.raises(tk.ValidationError, match="List 2023/1 is draft"):
            act(
                "roadmap_list_version_correct",
                year=2023, number=1, code="E-01", title_uz="A", act="1", reason="x",
            )  # fmt: skip

    def test_nothing_to_correct(self, approved: None):
        with pytest.raises(tk.ValidationError, match="Nothing would change"):
            act(
                "roadmap_list_version_correct",
                year=2023, number=1, code="E-01", title_uz="Maktablar", act="1", reason="x",
            )  # fmt: skip


def test_what_changed_between_versions(approved: None):
    act("roadmap_list_version_create", year=2024)
    act("roadmap_item_retire", year=2024, number=1, code="F-02")
    act("roadmap_item_create", year=2024, number=1, code="H-01", **NEW)
    act("roadmap_item_update", year=2024, number=1, code="F-01", due_rule="10 working days after period end")
    found = act("roadmap_list_version_diff", from_year=2023, from_number=1, year=2024, number=1)
    assert (list(found["added"]), list(found["removed"])) == (["H-01"], ["F-02"])
    assert found["changed"] == {
        "F-01": [
            {
                "field": "due_rule",
                "before": "10 days after period end",
                "after": "10 working days after period end",
            }
        ]
    }
    with pytest.raises(tk.ObjectNotFound):
        tk.get_action("roadmap_list_version_diff")(
            {"user": "", "ignore_auth": False},
            {"from_year": 2023, "from_number": 1, "year": 2024, "number": 1},
        )


def test_each_version_keeps_its_own_revisions(approved: None):
    act("roadmap_list_version_create", year=2024)
    act("roadmap_item_update", year=2024, number=1, code="E-01", title_en="All schools")
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(ItemRevision)) == 6
    assert act("roadmap_item_show", code="E-01")["title"]["en"] == "Schools"
