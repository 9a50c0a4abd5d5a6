"""Imports of the register: told before they are done, done as they were told, kept for good."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.tests import factories

from ckanext.roadmap.model import Body, Succession
from ckanext.roadmap.presentation import csv_file, register
from ckanext.roadmap.services import ledger
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import BODIES, act, upload

pytestmark = pytest.mark.usefixtures("clean_db", "with_plugins", "clean_index", "rehearsal")
RENAMED = BODIES.replace("Soliq qo'mitasi", "Soliq xizmati").replace("Tax Committee", "Tax Service")
COMPANY = (
    "name,code,title_uz,title_ru,title_en,kind,parent,region_soato,stir,state_share,contact_name,contact_email\n"
    "water,4-001,Suv AJ,Вода,Water,company,,,200123456,51.5,A. Karimov,office@water.uz\n"
)


def check(text: str = BODIES, successions: str | None = None, **data: Any) -> dict[str, Any]:
    files = {"successions": upload(successions, "s.csv")} if successions else {}
    return act("roadmap_body_check", upload=upload(text, "bodies.csv"), **files, **data)


def faults(text: str, successions: str | None = None, **data: Any) -> list[tuple[str, int, str, str]]:
    found = check(text, successions, **data)["faults"]
    assert all(one["problem"] and one["remedy"] for one in found)
    return [(one["file"], one["row"], one["column"], one["code"]) for one in found]


def shown(name: str, **data: Any) -> dict[str, Any]:
    return act("roadmap_body_show", name=name, **data)


class TestCheck:
    def test_nothing_is_written(self):
        found = check()
        assert (len(found["added"]), found["changed"], found["unchanged"]) == (5, {}, 0)
        assert found["added"]["hokimiyat-andijan"]["region_soato"] == "1703"
        assert act("roadmap_body_list") == act("organization_list") == []

    def test_what_changes_is_told_field_by_field(self):
        country.import_bodies()
        ended = RENAMED.replace("region_soato\n", "region_soato,valid_to\n").replace(
            "ministry-finance,\n", "ministry-finance,,\n"
        )
        ended = "\n".join(
            line + (",2023-04-01" if line.startswith("hokimiyat") else ",")
            if "valid_to" not in line
            else line
            for line in ended.splitlines()
        ).replace("ministry-finance,,,", "ministry-finance,,")
        found = check(
            ended,
            "body,from_body,kind,effective,act\nministry-finance,tax-committee,merged,2023-04-01,PF-1\n",
        )
        assert found["changed"]["tax-committee"] == [
            {"field": "title_uz", "before": "Soliq qo'mitasi", "after": "Soliq xizmati"},
            {"field": "title_en", "before": "Tax Committee", "after": "Tax Service"},
        ]
        assert found["ended"] == {
            "hokimiyat-andijan": [{"field": "valid_to", "before": "", "after": "2023-04-01"}]
        }
        assert found["successions"][0]["act"] == "PF-1"
        assert (found["unchanged"], found["faults"]) == (3, [])

    def test_all_that_would_stop_it_is_told_at_once(self):
        country.import_bodies()
        factories.Group(name="group")
        bad = BODIES.splitlines()[0] + (
            "\na-one,1-001,A,,,agency,,\nb-two,1-008,B,,,agency,b-three,\nb-three,1-009,C,,,agency,b-two,"
            "\ngroup,1-010,D,,,agency,nobody,\nx,?,,,,club,,\n"
        )
        assert faults(bad) == [
            ("upload", 6, "name", "name_form"),
            ("upload", 6, "code", "body_code_form"),
            ("upload", 6, "title_uz", "required"),
            ("upload", 6, "kind", "kind_unknown"),
            ("upload", 2, "code", "code_taken"),
            ("upload", 3, "parent", "parent_ring"),
            ("upload", 4, "parent", "parent_ring"),
            ("upload", 5, "parent", "body_unknown"),
            ("upload", 5, "name", "organization_unfit"),
        ]

    @pytest.mark.parametrize(
        ("row", "column", "code"),
        [
            ("nobody,tax-committee,merged,2023-04-01", "body", "body_unknown"),
            ("ministry-finance,nobody,merged,2023-04-01", "from_body", "body_unknown"),
            ("tax-committee,tax-committee,merged,2023-04-01", "body", "succeeds_itself"),
            ("late,tax-committee,merged,2023-04-01", "effective", "heir_later"),
            ("gone,tax-committee,merged,2023-04-01", "body", "heir_ended"),
            ("statistics-agency,ministry-education,merged,2023-04-01", "from_body", "ended_before"),
        ],
    )
    def test_a_succession_that_cannot_be(self, row: str, column: str, code: str):
        more = BODIES.replace("region_soato\n", "region_soato,valid_from,valid_to\n")
        more += "late,1-020,L,,,agency,,,2024-01-01,\ngone,1-021,G,,,agency,,,,2023-01-01\n"
        country.import_bodies(
            more, "body,from_body,kind,effective\nministry-finance,ministry-education,merged,2023-01-01\n"
        )
        assert faults(more, f"body,from_body,kind,effective\n{row}\n") == [("successions", 2, column, code)]

    def test_a_ring_is_refused(self):
        ring = (
            "body,from_body,kind,effective\ntax-committee,ministry-finance,merged,2023-04-01\n"
            "ministry-finance,tax-committee,merged,2023-04-01\n"
        )
        assert {fault[3] for fault in faults(BODIES, ring)} <= {"body_unknown", "succession_ring"}
        country.import_bodies()
        assert [fault[3] for fault in faults(BODIES, ring)] == ["succession_ring"] * 2

    def test_a_stir_stands_once_in_the_register(self):
        country.import_bodies(COMPANY)
        other = COMPANY.replace("water,4-001", "river,4-002")
        assert faults(other) == [("upload", 2, "stir", "stir_taken")]


class TestImport:
    def test_what_was_shown_is_what_is_done(self):
        country.import_bodies()
        found = check(RENAMED)
        done = act("roadmap_body_import", upload=upload(RENAMED, "b.csv"), basis=found["basis"])
        assert (done["created"], done["updated"], done["unchanged"]) == (0, 1, 4)

    def test_a_register_that_has_moved_refuses(self):
        country.import_bodies()
        found = check(RENAMED)
        country.import_bodies(COMPANY)
        with pytest.raises(tk.ValidationError, match="has changed since"):
            act("roadmap_body_import", upload=upload(RENAMED, "b.csv"), basis=found["basis"])
        assert shown("tax-committee")["title"]["en"] == "Tax Committee"

    def test_all_that_is_known_of_a_company(self):
        country.import_bodies(COMPANY)
        row = shown("water")
        assert (row["kind"], row["state_share"], row["stir"]) == ("company", 51.5, "200123456")
        assert row["contact"] == {"name": "A. Karimov", "email": "office@water.uz"}
        file = "".join(csv_file.lines(register.REGISTER, act("roadmap_body_list")))
        done = act("roadmap_body_import", upload=upload(file, "b.csv"))
        assert (done["created"], done["updated"], done["unchanged"]) == (0, 0, 1)

    def test_a_change_of_tomorrow_is_refused(self):
        with pytest.raises(tk.ValidationError, match="on the day on which it comes into force"):
            act("roadmap_body_import", upload=upload(BODIES), effective="2023-04-11")

    def test_the_organization_is_called_what_its_body_is_called(self):
        country.import_bodies()
        country.import_bodies(RENAMED)
        assert act("organization_show", id="tax-committee")["title"] == "Soliq xizmati"

    def test_a_code_under_which_identifiers_were_issued_stays(self):
        country.import_bodies()
        country.import_list()
        country.approve()
        moved = BODIES.replace("1-004", "1-044")
        assert faults(moved) == [("upload", 5, "code", "code_in_use")]


class TestHistory:
    def test_a_body_is_called_what_it_was_called(self, rehearsal):
        country.import_bodies()
        rehearsal.set("2023-06-10T12:00")
        act("roadmap_body_import", upload=upload(RENAMED, "b.csv"), effective="2023-06-01", act="PF-12")
        assert shown("tax-committee")["title"]["en"] == "Tax Service"
        assert shown("tax-committee", at="2023-05-31")["title"]["en"] == "Tax Committee"
        assert shown("tax-committee", at="2023-06-01")["title"]["en"] == "Tax Service"
        told = [
            (one["title"]["en"], one["effective"], one["until"], one["act"])
            for one in shown("tax-committee")["names"]
        ]
        assert told == [
            ("Tax Committee", None, "2023-06-01", None),
            ("Tax Service", "2023-06-01", None, "PF-12"),
        ]
        listed = {row["name"]: row for row in act("roadmap_body_list", at="2023-05-31")}
        assert listed["tax-committee"]["title"]["en"] == "Tax Committee"
        assert not any(ledger.verify(model.Session()).values())

    def test_a_change_before_a_recorded_one_is_refused(self, rehearsal):
        country.import_bodies()
        rehearsal.set("2023-06-10T12:00")
        act("roadmap_body_import", upload=upload(RENAMED, "b.csv"), effective="2023-06-01")
        assert faults(BODIES, effective="2023-05-01") == [("upload", 5, "name", "changed_later")]
        assert faults(BODIES, effective="2023-06-01") == []

    def test_the_tree_of_any_day(self, rehearsal):
        country.import_bodies()
        rehearsal.set("2023-08-01T12:00")
        freed = BODIES.replace("committee,ministry-finance", "committee,")
        act("roadmap_body_import", upload=upload(freed, "b.csv"), effective="2023-07-01")
        country.import_bodies(
            freed, "body,from_body,kind,effective\n,hokimiyat-andijan,abolished,2023-05-01\n"
        )

        def tree(day: str) -> list[tuple[str, int]]:
            return [(row["name"], row["depth"]) for row in act("roadmap_body_tree", at=day)]

        assert ("tax-committee", 1) in tree("2023-06-30")
        assert ("tax-committee", 0) in tree("2023-07-01")
        assert ("hokimiyat-andijan", 0) in tree("2023-04-30")
        assert "hokimiyat-andijan" not in dict(tree("2023-05-01"))
        assert [row["name"] for row in act("roadmap_body_list", q="soliq")] == ["tax-committee"]
        assert [row["name"] for row in act("roadmap_body_list", kind="region")] == ["hokimiyat-andijan"]

    def test_lineage(self):
        country.import_bodies(
            BODIES,
            "body,from_body,kind,effective,act\nministry-finance,tax-committee,merged,2023-04-01,PF-269\n",
        )
        [step] = shown("tax-committee")["went_to"]
        assert (step["name"], step["kind"], step["act"]) == ("ministry-finance", "merged", "PF-269")
        assert shown("ministry-finance")["came_from"][0]["name"] == "tax-committee"
        assert not shown("tax-committee")["is_in_force"]
        assert shown("tax-committee", at="2023-03-31")["is_in_force"]


def test_a_fault_in_the_second_file_takes_the_first_back_too():
    with pytest.raises(tk.ValidationError, match="column from_body"):
        country.import_bodies(
            BODIES, "body,from_body,kind,effective\nministry-finance,nobody,merged,2023-04-01\n"
        )
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Body)) == 0
    assert model.Session.scalar(sa.select(sa.func.count()).select_from(Succession)) == 0
    assert act("organization_list") == []
