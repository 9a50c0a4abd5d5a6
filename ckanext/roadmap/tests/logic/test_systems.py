"""The register of information systems: who writes what, what the public sees, and what the shares come to."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.model import System, SystemStepRow
from ckanext.roadmap.services import publications
from ckanext.roadmap.tests.country import act, upload
from ckanext.roadmap.tests.logic.acting import as_user, member, publish

pytestmark = pytest.mark.usefixtures("with_plugins", "in_force")
SYSTEM = {
    "body": "ministry-education",
    "title_uz": "Maktablar axborot tizimi",
    "items": "E-01",
    "dbms": "PostgreSQL",
    "network": "internet",
    "personal_data": "some",
    "contact_email": "it@edu.example",
}
CSV = """body,title_uz,items,network,connection
1-002,Maktablar,E-01,internet,education
Молия вазирлиги,Xaridlar,F-01;F-02,closed,
"""


def create(**changes: Any) -> dict[str, Any]:
    return act("roadmap_system_create", **{**SYSTEM, **changes})


def step(code: str, *stages: str, day: str = "2023-04-10") -> dict[str, Any]:
    for stage in stages:
        shown = act("roadmap_system_step", code=code, stage=stage, reached=day, act="No. 7")
    return shown


def public(action: str, **data: Any) -> Any:
    return tk.get_action(action)({"user": "", "ignore_auth": False}, data)


class TestRegister:
    def test_codes_are_issued_one_after_another(self):
        assert [create()["code"], create()["code"]] == ["IS-0001", "IS-0002"]

    def test_what_could_help_an_intruder_is_not_public(self):
        code = create(connection="education")["code"]
        shown = public("roadmap_system_show", code=code)
        assert shown["details"] is None
        assert "PostgreSQL" not in str(shown)
        assert "it@edu.example" not in str(public("roadmap_system_list"))
        officer, other = member("ministry-education"), member("ministry-finance")
        assert as_user(officer, "roadmap_system_show", code=code)["details"]["dbms"] == "PostgreSQL"
        assert as_user(other, "roadmap_system_show", code=code)["details"] is None
        auditor = member("anti-corruption-agency", "member")
        assert as_user(auditor, "roadmap_system_list")["systems"][0]["details"]["network"] == "internet"

    def test_an_update_changes_what_is_given(self):
        code = create(title_ru="Школы")["code"]
        officer = member("ministry-education")
        shown = as_user(officer, "roadmap_system_update", code=code, volume="12 tables")
        assert shown["title"] == {"uz": "Maktablar axborot tizimi", "ru": "Школы"}
        assert (shown["items"], shown["details"]["volume"]) == (["E-01"], "12 tables")
        assert act("roadmap_system_update", code=code, title_ru="")["title"] == {
            "uz": "Maktablar axborot tizimi"
        }

    def test_officers_leave_the_connection_to_the_operator(self):
        code = create(connection="education")["code"]
        officer = member("ministry-education")
        as_user(officer, "roadmap_system_update", code=code, connection="another")
        assert act("roadmap_system_show", code=code)["details"]["connection"] == "education"

    @pytest.mark.parametrize(
        ("fault", "field", "words"),
        [
            ({"body": "nobody"}, "body", "no such body"),
            ({"items": "E-01;Z-99"}, "items", '"Z-99" is no item'),
            ({"network": "wifi"}, "network", "internet, state"),
            ({"title_uz": " "}, "title_uz", "in Uzbek"),
            ({"purpose_ru": "База 10.17.2.15, пароль: x1"}, "purpose_ru", "a password"),
            ({"connection": "postgresql://a:b@db/x"}, "connection", "no name of a connection"),
        ],
    )  # fmt: skip
    def test_a_fault_is_told_at_its_field(self, fault: dict[str, str], field: str, words: str):
        with pytest.raises(tk.ValidationError) as error:
            create(**fault)
        assert words in error.value.error_dict[field][0]
        assert model.Session.scalars(sa.select(System)).all() == []

    def test_a_connection_leads_to_one_system(self):
        create(connection="education")
        with pytest.raises(tk.ValidationError) as error:
            create(connection="education")
        assert "IS-0001" in error.value.error_dict["connection"][0]

    def test_filters(self):
        create()
        create(body="ministry-finance", items="")
        assert public("roadmap_system_list", body="ministry-finance")["count"] == 1
        assert public("roadmap_system_list", stage="live")["count"] == 0
        with pytest.raises(tk.ValidationError, match="declared"):
            public("roadmap_system_list", stage="soon")


class TestImport:
    def test_bodies_by_code_and_by_title_in_another_script(self):
        assert act("roadmap_system_import", upload=upload(CSV)) == {
            "created": 2,
            "updated": 0,
            "unchanged": 0,
        }
        assert [row["body"]["name"] for row in act("roadmap_system_list")["systems"]] == [
            "ministry-education",
            "ministry-finance",
        ]

    def test_the_download_comes_back_as_it_is(self, app):
        act("roadmap_system_import", upload=upload(CSV))
        coordinator = member("statistics-agency", "member")
        token = act("api_token_create", user=coordinator, name="t")["token"]
        for kind in ("csv", "xlsx"):
            file = app.get(f"/systems/register.{kind}", headers={"Authorization": token}).data
            again = upload("", f"register.{kind}")
            again.stream.write(file)
            again.stream.seek(0)
            assert act("roadmap_system_import", upload=again) == {"created": 0, "updated": 0, "unchanged": 2}

    @pytest.mark.parametrize(
        ("row", "told"),
        [
            ("IS-0009,1-002,Yangi,E-01", "Row 3, column code"),
            ("X,1-002,Yangi,E-01", "Row 3, column code"),
            (",9-999,Yangi,E-01", "Row 3, column body"),
            (",1-002,,E-01", "Row 3, column title_uz"),
            (",1-002,Yangi,Q-01", "Row 3, column items"),
            (",1-002,db.edu.uz:5432,E-01", "Row 3, column title_uz"),
        ],
    )
    def test_all_or_nothing(self, row: str, told: str):
        file = f"code,body,title_uz,items\n,1-002,Maktablar,E-01\n{row}\n"
        with pytest.raises(tk.ValidationError, match=told):
            act("roadmap_system_import", upload=upload(file))
        assert act("roadmap_system_list")["count"] == 0
        assert model.Session.scalars(sa.select(SystemStepRow)).all() == []


class TestWay:
    def test_stages_follow_and_stay_recorded(self):
        code = create(connection="education")["code"]
        shown = step(code, "guide_issued", "agreement", "test", "live")
        assert shown["stage"] == "live"
        assert shown["next"] == ["paused", "retired"]
        assert [one["stage"] for one in shown["steps"]][::-1] == [
            "declared", "guide_issued", "agreement", "test", "live",
        ]  # fmt: skip
        assert public("roadmap_system_show", code=code)["steps"][0]["by"] is None

    def test_a_stage_that_does_not_follow(self):
        with pytest.raises(tk.ValidationError, match="in their order"):
            step(create()["code"], "live")

    def test_nothing_is_live_without_a_connection(self):
        code = create()["code"]
        with pytest.raises(tk.ValidationError, match="names no connection"):
            step(code, "guide_issued", "agreement", "test")
        assert act("roadmap_system_show", code=code)["stage"] == "agreement"

    def test_an_act_gives_no_password_away(self):
        code = create()["code"]
        with pytest.raises(tk.ValidationError, match="a password"):
            act("roadmap_system_step", code=code, stage="guide_issued", reached="2023-04-10",
                act="No. 7, parol: x1")  # fmt: skip
        assert len(act("roadmap_system_show", code=code)["steps"]) == 1

    def test_not_in_the_future(self):
        with pytest.raises(tk.ValidationError, match="has come"):
            step(create()["code"], "guide_issued", day="2023-04-11")


class TestIntegration:
    def figures(self) -> tuple[Any, ...]:
        shown = public("roadmap_integration_show")
        return shown, *((shown[key]["met"], shown[key]["of"]) for key in ("systems", "obligations"))

    def link_to(self, connection: str, dataset_id: str) -> None:
        """A mapping of a connection fills a dataset."""
        from ckanext.roadmap.model.mapping import Mapping
        from ckanext.roadmap.services import clock

        now, words = clock.now(), dict.fromkeys(("source_schema", "source_table", "definition_hash"), "x")
        row = Mapping(name="schools", connection=connection, item_code="E-01", body_name="ministry-education",
                      dataset_id=dataset_id, resource_id="r", definition={}, created_at=now, updated_at=now, **words)  # fmt: skip
        model.Session.add(row)
        model.Session.commit()

    def test_an_empty_register(self):
        shown, systems, obligations = self.figures()
        assert (systems, obligations) == ((0, 0), (0, 6))
        assert shown["dividend"] == shown["bodies"] == []
        assert shown["survey"] == {"year": 2023, "answered": 0, "bodies": 5}

    def test_from_the_dividend_to_the_share(self, in_force):
        code = create(connection="education", items="E-01;F-01")["code"]
        create(body="ministry-finance", title_uz="Byudjet", items="F-02")
        shown, *_ = self.figures()
        assert [(row["code"], row["frees"], row["deadlines"], row["share"]["met"]) for row in shown["dividend"]] == [
            ("IS-0001", 2, 16, 2), ("IS-0002", 1, 1, 3),
        ]  # fmt: skip
        self.link_to("education", publish(in_force, "2023-04-05T12:00"))
        in_force.set("2023-04-10T12:00")
        assert self.figures()[1:] == ((0, 2), (0, 6))
        step(code, "guide_issued", "agreement", "test", "live")
        shown, systems, obligations = self.figures()
        assert (systems, obligations) == ((1, 2), (1, 6))
        (own,) = [row for row in shown["bodies"] if row["body"]["name"] == "ministry-education"]
        assert (own["systems"]["met"], own["obligations"]["met"], own["obligations"]["of"]) == (1, 1, 2)
        step(code, "paused")
        assert self.figures()[1:] == ((0, 2), (0, 6))

    def test_the_past_is_not_improved_afterwards(self, in_force):
        code = create(connection="education")["code"]
        in_force.set("2023-07-20T12:00")
        step(code, "guide_issued", "agreement", "test", "live", day="2023-04-10")
        trend = {row["quarter"]: row["systems"] for row in self.figures()[0]["trend"]}
        assert [trend[code]["met"] for code in ("2023-Q1", "2023-Q2", "2023-Q3")] == [0, 0, 1]
        assert [trend[code]["of"] for code in ("2023-Q1", "2023-Q2", "2023-Q3")] == [0, 1, 1]

    def test_of_one_body(self, in_force):
        code = create(connection="education")["code"]
        create(body="ministry-finance", title_uz="Byudjet", items="F-02")
        step(code, "guide_issued", "agreement", "test", "live", day="2023-04-10")
        in_force.set("2023-07-20T12:00")
        shown, whole = (
            public("roadmap_integration_show", body="ministry-education"),
            self.figures()[0]["trend"],
        )
        own = shown["trend"]
        assert [row["body"]["name"] for row in shown["bodies"]] == ["ministry-education"]
        assert [(one["systems"]["met"], one["systems"]["of"]) for one in own[-2:]] == [(1, 1), (1, 1)]
        assert [(one["systems"]["met"], one["systems"]["of"]) for one in whole[-2:]] == [(1, 2), (1, 2)]
        assert own[-1]["obligations"]["of"] < whole[-1]["obligations"]["of"]
        with pytest.raises(tk.ObjectNotFound):
            public("roadmap_integration_show", body="nobody")

    def test_a_revoked_link_counts_no_longer(self, in_force):
        code = create(connection="education")["code"]
        dataset = publish(in_force, "2023-04-05T12:00")
        self.link_to("education", dataset)
        in_force.set("2023-04-10T12:00")
        step(code, "guide_issued", "agreement", "test", "live")
        day = in_force.set("2023-04-11T12:00")
        obligation = publications.obligations_for(model.Session(), "E-01", "ministry-education", day.date())[
            0
        ]
        row = publications.link(model.Session(), day, obligation.id, dataset, None, "x", "mapping")
        row.revoked_at, row.revoked_by = day, "x"
        model.Session.commit()
        assert self.figures()[2] == (0, 6)

    def test_the_survey(self):
        create()
        officer = member("ministry-education")
        assert as_user(officer, "roadmap_system_answer", body="ministry-education", note="All") == {
            "year": 2023,
            "systems": 1,
        }
        shown, *_ = self.figures()
        assert shown["survey"]["answered"] == 1
        assert shown["bodies"][0]["answered"] == "2023-04-10"

    def test_a_body_without_systems_answers_too(self, app: Any):
        with pytest.raises(tk.ValidationError, match="no such body"):
            act("roadmap_system_answer", body="nobody")
        act("roadmap_system_answer", body="ministry-finance", note="")
        shown, *_ = self.figures()
        (row,) = shown["bodies"]
        assert (row["body"]["name"], row["systems"]["of"], row["answered"]) == (
            "ministry-finance", 0, "2023-04-10",
        )  # fmt: skip
        assert "answered on" in app.get("/en/systems/body/ministry-finance").body
        assert app.get("/en/systems").status_code == 200
