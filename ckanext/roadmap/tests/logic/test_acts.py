"""Acts on deadlines: what they lead to, whom and what they refuse."""

from __future__ import annotations

from typing import Any

import pytest

import ckan.plugins.toolkit as tk

from ckanext.roadmap.tests.clock import RehearsalClock
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import as_user, deadline_of, deadlines, member, publish


@pytest.fixture
def officer(in_force: RehearsalClock) -> str:
    """An officer of the Ministry of Education."""
    return member("ministry-education")


@pytest.fixture
def coordinator(in_force: RehearsalClock) -> str:
    """A coordinator."""
    return member("statistics-agency", "member")


@pytest.fixture
def auditor(in_force: RehearsalClock) -> str:
    """An auditor."""
    return member("anti-corruption-agency", "member")


def status(period: str, item: str = "E-01", **data: Any) -> tuple[str, str]:
    row = deadlines(item=item, body="ministry-education", **data)[period]
    return row["status"], row["reason"]


def story(period: str, **data: Any) -> dict[str, Any]:
    context = {"user": "", "ignore_auth": False}
    return tk.get_action("roadmap_deadline_show")(context, {"id": deadline_of("E-01", period), **data})


class TestAttest:
    def attest(self, who: str, period: str) -> dict[str, Any]:
        return as_user(who, "roadmap_attest", deadline=deadline_of("E-01", period), reason="None was opened")

    def test_it_meets_the_deadline_and_says_what_it_is(self, in_force: RehearsalClock, officer: str):
        publish(in_force, "2023-04-10T12:00")
        in_force.set("2023-07-05T12:00")
        assert self.attest(officer, "2023-Q2")["status"] == "on_time"
        row = deadlines(item="E-01")["2023-Q2"]
        assert (row["evidence"]["kind"], row["evidence"]["grade"]) == ("attested", "attested")
        assert row["evidence"]["rows"] == 1411
        assert story("2023-Q2")["attestations"][0]["reason"] == "None was opened"

    def test_it_meets_the_deadline_it_names_and_no_older_one(self, in_force: RehearsalClock, officer: str):
        publish(in_force, "2023-03-30T12:00")
        in_force.set("2023-07-05T12:00")
        self.attest(officer, "2023-Q2")
        assert status("2023-Q2") == ("on_time", "qualified")
        assert status("2023-Q1")[0] == "delinquent"

    def test_the_rule_judges_how_many_in_a_row(self, in_force: RehearsalClock, officer: str):
        publish(in_force, "2023-04-10T12:00")
        for moment, period in (("2023-07-05", "2023-Q2"), ("2023-10-05", "2023-Q3")):
            in_force.set(f"{moment}T12:00")
            assert self.attest(officer, period)["status"] == "on_time"
        in_force.set("2024-01-05T12:00")
        assert self.attest(officer, "2023-Q4")["reason"] == "attestation_limit"
        assert status("2023-Q4") == ("due", "attestation_limit")

    @pytest.mark.parametrize(
        ("moment", "period", "words"),
        [
            ("2023-06-20T12:00", "2023-Q2", "has not ended yet"),
            ("2023-07-05T12:00", "2023-Q1", "met already"),
            ("2024-02-20T12:00", "2023-Q2", "is over"),
        ],
    )
    def test_a_deadline_that_is_not_open(
        self, in_force: RehearsalClock, officer: str, moment: str, period: str, words: str
    ):
        publish(in_force, "2023-04-10T12:00")
        in_force.set(moment)
        with pytest.raises(tk.ValidationError, match=words):
            self.attest(officer, period)

    def test_nothing_published(self, officer: str):
        with pytest.raises(tk.ValidationError, match="No public data of this obligation"):
            self.attest(officer, "2023-Q1")

    def test_data_that_were_withdrawn(self, in_force: RehearsalClock, officer: str):
        dataset = publish(in_force, "2023-04-10T12:00")
        in_force.set("2023-07-05T12:00")
        act("package_delete", id=dataset)
        with pytest.raises(tk.ValidationError, match="No public data of this obligation"):
            self.attest(officer, "2023-Q2")

    def test_twice(self, in_force: RehearsalClock, officer: str):
        publish(in_force, "2023-04-10T12:00", regions=["1703"])
        in_force.set("2023-07-05T12:00")
        assert self.attest(officer, "2023-Q2")["reason"] == "regions_missing"
        with pytest.raises(tk.ValidationError, match="already"):
            self.attest(officer, "2023-Q2")

    def test_who_may_not(self, in_force: RehearsalClock, coordinator: str):
        publish(in_force, "2023-04-10T12:00")
        in_force.set("2023-07-05T12:00")
        for who in ("", coordinator, member("ministry-finance"), member("ministry-education", "member")):
            with pytest.raises(tk.NotAuthorized):
                self.attest(who, "2023-Q2")

    def test_no_such_deadline(self, in_force: RehearsalClock):
        with pytest.raises(tk.ObjectNotFound):
            act("roadmap_attest", deadline="none", reason="x")


class TestExemption:
    DECISION = {"decision_number": "7", "decision_date": "2023-05-01", "reason": "The portal was moved"}

    def test_one_deadline_and_back(self, in_force: RehearsalClock, coordinator: str):
        in_force.set("2023-06-05T12:00")
        one = deadline_of("E-01", "2023-Q1")
        created = as_user(coordinator, "roadmap_exemption_create", deadline=one, **self.DECISION)
        assert status("2023-Q1") == ("exempt", "exempt")
        assert deadlines(item="E-01")["2023-Q1"]["computed"] == "not_published"
        assert deadlines(item="E-01")["2023-Q1"]["act"]["decision"] == "7"
        with pytest.raises(tk.ValidationError, match="frees the same deadlines already"):
            as_user(coordinator, "roadmap_exemption_create", deadline=one, **self.DECISION)
        assert len(story("2023-Q1")["exemptions"]) == 1
        in_force.set("2023-06-06T12:00")
        as_user(coordinator, "roadmap_exemption_revoke", id=created["id"], reason="Decided anew")
        assert status("2023-Q1")[0] == "not_published"
        told = story("2023-Q1")["exemptions"][0]
        assert (told["reason"], told["revocation"]["reason"]) == ("The portal was moved", "Decided anew")
        with pytest.raises(tk.ValidationError, match="revoked already"):
            as_user(coordinator, "roadmap_exemption_revoke", id=created["id"], reason="Again")
        as_user(coordinator, "roadmap_exemption_create", deadline=one, **self.DECISION)
        assert status("2023-Q1")[0] == "exempt"

    def test_in_bulk_by_due_dates(self, in_force: RehearsalClock, coordinator: str):
        in_force.set("2023-06-05T12:00")
        before = act("roadmap_compliance_show")["total"]["statuses"]["exempt"]
        dates = {"since": "2023-04-10", "until": "2023-04-15"}
        as_user(coordinator, "roadmap_exemption_create", **dates, **self.DECISION)
        listed = act("roadmap_deadline_list", status="exempt", limit=1000)
        assert listed["count"] > before
        freed = {(row["item"]["code"], row["period"]["code"]) for row in listed["deadlines"]}
        assert {("E-01", "2023-Q1"), ("F-01", "2023-03")} <= freed
        assert all("2023-04-10" <= row["due_at"][:10] <= "2023-04-15" for row in listed["deadlines"])

    def test_narrowed_to_body_and_item(self, in_force: RehearsalClock, coordinator: str):
        in_force.set("2023-06-05T12:00")
        dates = {"since": "2023-04-01", "until": "2023-04-30", "item": "F-01", "body": "ministry-finance"}
        as_user(coordinator, "roadmap_exemption_create", **dates, **self.DECISION)
        listed = act("roadmap_deadline_list", status="exempt")["deadlines"]
        assert {(row["item"]["code"], row["body"]["name"]) for row in listed} == {
            ("F-01", "ministry-finance")
        }

    @pytest.mark.parametrize(
        ("reach", "words"),
        [
            ({}, "Name one deadline"),
            ({"since": "2023-04-01"}, "Name one deadline"),
            ({"since": "2023-04-02", "until": "2023-04-01"}, "lies before"),
            ({"deadline": "none"}, "no such deadline"),
            ({"body": "none", "since": "2023-04-01", "until": "2023-04-02"}, "no such body"),
            ({"since": "soon", "until": "2023-04-02"}, "YYYY-MM-DD"),
            ({"since": "2023-04-01", "until": "2023-04-02", "document_url": "javascript:alert(1)"}, "URL"),
        ],
    )
    def test_nonsense(self, coordinator: str, reach: dict[str, str], words: str):
        with pytest.raises(tk.ValidationError, match=words):
            as_user(coordinator, "roadmap_exemption_create", **reach, **self.DECISION)

    def test_who_may_not(self, officer: str, auditor: str):
        for who in ("", officer, auditor):
            with pytest.raises(tk.NotAuthorized):
                as_user(who, "roadmap_exemption_create", deadline="x", **self.DECISION)


class TestObjection:
    TEXT = {"fault": "portal", "text": "The portal was down", "evidence_url": "https://example.uz/log"}

    @pytest.fixture
    def objection(self, in_force: RehearsalClock, officer: str) -> str:
        in_force.set("2023-06-05T12:00")
        one = deadline_of("E-01", "2023-Q1")
        return as_user(officer, "roadmap_objection_create", deadline=one, **self.TEXT)["id"]

    def rule(self, who: str, objection: str, **data: str) -> dict[str, Any]:
        return as_user(who, "roadmap_objection_rule", id=objection, **{"text": "By the log", **data})

    def test_contested_until_ruled(self, in_force: RehearsalClock, objection: str, auditor: str):
        row = deadlines(item="E-01")["2023-Q1"]
        assert (row["status"], row["computed"]) == ("contested", "not_published")
        assert row["act"]["text"] == "The portal was down"
        in_force.set("2023-06-06T12:00")
        self.rule(auditor, objection, ruling="dismissed")
        assert status("2023-Q1")[0] == "not_published"
        told = story("2023-Q1")["objections"][0]
        assert (told["text"], told["ruling"]["text"]) == ("The portal was down", "By the log")
        assert status("2023-Q1", as_of="2023-06-05")[0] == "contested"

    @pytest.mark.parametrize(
        ("remedy", "after"),
        [
            ({"remedy": "none"}, "not_published"),
            ({"remedy": "exempt"}, "exempt"),
            ({"remedy": "void"}, "exempt"),
            ({"remedy": "moved", "due_day": "2023-06-30"}, "due"),
        ],
    )
    def test_upheld_leads_to(self, objection: str, auditor: str, remedy: dict[str, str], after: str):
        self.rule(auditor, objection, ruling="upheld", **remedy)
        assert status("2023-Q1")[0] == after

    def test_a_ruling_is_final(self, objection: str, auditor: str):
        self.rule(auditor, objection, ruling="dismissed")
        with pytest.raises(tk.ValidationError, match="ruled on already"):
            self.rule(auditor, objection, ruling="upheld")

    def test_nobody_rules_on_their_own(self, objection: str, officer: str, auditor: str):
        place = {"id": "anti-corruption-agency", "username": officer, "role": "member"}
        tk.get_action("organization_member_create")({"ignore_auth": True, "user": ""}, place)
        with pytest.raises(tk.NotAuthorized, match="themselves wrote"):
            self.rule(officer, objection, ruling="upheld")
        assert story("2023-Q1")["objections"][0]["ruling"] is None

    def test_a_dismissal_leads_to_nothing(self, objection: str, auditor: str):
        with pytest.raises(tk.ValidationError, match="leads to nothing"):
            self.rule(auditor, objection, ruling="dismissed", remedy="exempt")
        with pytest.raises(tk.ValidationError, match="Give the day"):
            self.rule(auditor, objection, ruling="upheld", remedy="moved")
        assert story("2023-Q1")["objections"][0]["ruling"] is None
        assert not story("2023-Q1")["exemptions"]

    def test_one_at_a_time(self, objection: str, officer: str):
        with pytest.raises(tk.ValidationError, match="waits for its ruling"):
            as_user(officer, "roadmap_objection_create", deadline=deadline_of("E-01", "2023-Q1"), **self.TEXT)

    def test_nothing_to_object_to(self, in_force: RehearsalClock, officer: str):
        publish(in_force, "2023-04-10T12:00")
        for period, words in (("2023-Q1", "met already"), ("2023-Q2", "not ended")):
            with pytest.raises(tk.ValidationError, match=words):
                as_user(
                    officer, "roadmap_objection_create", deadline=deadline_of("E-01", period), **self.TEXT
                )

    def test_who_may_not(self, objection: str, officer: str, coordinator: str):
        for who in ("", officer, coordinator):
            with pytest.raises(tk.NotAuthorized):
                self.rule(who, objection, ruling="upheld")
        one = deadline_of("E-01", "2023-Q1")
        for who in ("", coordinator, member("ministry-finance")):
            with pytest.raises(tk.NotAuthorized):
                as_user(who, "roadmap_objection_create", deadline=one, **self.TEXT)


class TestNotice:
    def give(self, who: str, **data: str) -> dict[str, Any]:
        one = deadline_of("E-01", "2023-Q1")
        act = {"reason": "A holiday", "act": "No. 3 of 2023"}
        return as_user(who, "roadmap_deadline_notice_create", deadline=one, **act, **data)

    def test_moved(self, coordinator: str, in_force: RehearsalClock):
        self.give(coordinator, kind="moved", due_day="2023-04-20")
        row = deadlines(item="E-01")["2023-Q1"]
        assert row["due_at"].startswith("2023-04-20")
        assert story("2023-Q1")["record"]["due_at"].startswith("2023-04-15")

    def test_void(self, coordinator: str):
        self.give(coordinator, kind="void")
        assert status("2023-Q1") == ("exempt", "void")
        assert deadlines(item="E-01")["2023-Q1"]["act"]["decision"] == "No. 3 of 2023"
        with pytest.raises(tk.ValidationError, match="same notice stands already"):
            self.give(coordinator, kind="void")
        assert len(story("2023-Q1")["notices"]) == 1

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"kind": "moved"}, "Give the day"),
            ({"kind": "void", "due_day": "2023-04-20"}, "no due date"),
            ({"kind": "moved", "due_day": "2023-03-20"}, "before the end"),
            ({"kind": "lost"}, "Use one of"),
        ],
    )
    def test_nonsense(self, coordinator: str, data: dict[str, str], words: str):
        with pytest.raises(tk.ValidationError, match=words):
            self.give(coordinator, **data)

    def test_who_may_not(self, officer: str, auditor: str):
        for who in ("", officer, auditor):
            with pytest.raises(tk.NotAuthorized):
                self.give(who, kind="void")


def test_every_act_keeps_the_chain(in_force: RehearsalClock, officer: str, auditor: str):
    TestAttest().test_it_meets_the_deadline_and_says_what_it_is(in_force, officer)
    one = deadline_of("F-01", "2023-03")
    made = as_user(officer, "roadmap_objection_create", deadline=one, fault="source", text="No power")
    ruled = {"ruling": "upheld", "text": "So it was", "remedy": "exempt"}
    as_user(auditor, "roadmap_objection_rule", id=made["id"], **ruled)
    result = act("roadmap_ledger_verify")
    assert result["intact"]
    assert set(result["tables"]) >= {"roadmap_attestation", "roadmap_exemption", "roadmap_ruling"}
