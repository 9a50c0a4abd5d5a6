"""What acts rest on: the portal's own log of outages, terms for rulings, expiries, heads of the chains."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.logic import health_checks
from ckanext.roadmap.model import DeadlineNoticeRow, DeadlineRow, ExemptionRow
from ckanext.roadmap.services import clock, ledger, publications, source_changes
from ckanext.roadmap.services.legal_calendar import legal_calendar
from ckanext.roadmap.tests.country import HEADER, act, approve, import_list
from ckanext.roadmap.tests.logic.acting import as_user, deadline_of, deadlines, member, publish

pytestmark = pytest.mark.usefixtures("with_plugins", "in_force")
DECISION = {"decision_number": "7", "decision_date": "2023-07-20", "reason": "The portal was down"}
EDUCATION = {"body": "ministry-education"}


@pytest.fixture
def beat(rehearsal, monkeypatch):
    """Let the portal look at itself at a moment, when some of its parts do not answer."""

    def look(moment: str, *down: str) -> None:
        rehearsal.set(moment)
        probes = {part: (lambda part=part: part not in down) for part in health_checks.PROBES}
        monkeypatch.setattr(health_checks, "PROBES", probes)
        assert act("roadmap_heartbeat")["down"] == list(down)

    return look


def outages():
    return tk.get_action("roadmap_outage_list")({"user": ""}, {})["outages"]


class TestOutages:
    def test_an_outage_in_the_log_frees_what_fell_due_on_its_days(self, beat):
        for moment, down in (("09:55", ()), ("10:00", ("web",)), ("10:05", ("web", "search")), ("10:10", ())):
            beat(f"2023-07-10T{moment}", *down)
        (one,) = outages()
        assert (one["began"], one["minutes"]) == ("2023-07-10T05:00:00+00:00", 10)
        assert (one["parts"], one["measured"], one["silent"]) == (["search", "web"], True, False)
        act("roadmap_exemption_create", outage=one["began"], **DECISION)
        found = deadlines(item="F-01", **EDUCATION)
        assert (found["2023-06"]["status"], found["2023-05"]["status"]) == ("exempt", "not_published")
        row = model.Session.scalars(sa.select(ExemptionRow)).one()
        assert row.proof["first"] == one["first"]
        assert outages()[0]["exemptions"][0]["decision_number"] == "7"
        story = act("roadmap_deadline_show", id=found["2023-06"]["id"])
        assert story["exemptions"][0]["outage_since"] == one["began"]

    @pytest.mark.parametrize(
        ("asked", "code"),
        [
            ({"outage": "2023-07-10T10:00+05:00"}, "no outage"),
            ({"outage": "yesterday"}, "time zone"),
            ({"outage": "2023-07-10T09:55+05:00", "since": "2023-07-09"}, "2023-07-10"),
        ],
    )
    def test_what_the_log_does_not_show_is_refused(self, beat, asked, code):
        beat("2023-07-10T09:55", "web")
        beat("2023-07-10T10:00")
        with pytest.raises(tk.ValidationError, match=code):
            act("roadmap_exemption_create", **asked, **DECISION)
        assert not model.Session.scalars(sa.select(ExemptionRow)).all()

    def test_what_was_decided_in_an_outage_turns_nobody_red(self, beat, rehearsal):
        rehearsal.set("2023-07-17T12:00")
        before = clock.now().isoformat()
        grace_ends = {code: one["grace_until"] for code, one in deadlines(item="F-01", **EDUCATION).items()}
        assert grace_ends["2023-06"].startswith("2023-07-16")
        assert deadlines(item="F-01", **EDUCATION)["2023-06"]["status"] == "not_published"
        for moment, down in (("16T20:00", ("web",)), ("17T13:00", ("web",)), ("17T14:00", ())):
            beat(f"2023-07-{moment}", *down)
        for _time in range(2):
            found = deadlines(item="F-01", **EDUCATION)
            assert (found["2023-06"]["status"], found["2023-06"]["reason"]) == ("unknown", "portal_fault")
            assert found["2023-05"]["status"] == "not_published"
            act("roadmap_ledger_extend")
        total = act("roadmap_compliance_show", **EDUCATION)["total"]
        assert total["unknown"] > 0
        assert deadlines(item="F-01", **EDUCATION, as_of=before)["2023-06"]["status"] == "not_published"
        assert not any(ledger.verify(model.Session()).values())

    def test_silence_is_told_as_silence(self, beat, rehearsal):
        beat("2023-07-10T09:55")
        rehearsal.set("2023-07-10T12:55")
        (one,) = outages()
        assert (one["ended"], one["measured"], one["silent"], one["minutes"]) == (None, False, True, 180)
        with pytest.raises(tk.ValidationError, match="proves no outage"):
            act("roadmap_exemption_create", outage=one["began"], **DECISION)


class TestTermOfRulings:
    def objection(self, rehearsal):
        rehearsal.set("2023-07-20T12:00")
        officer = member("ministry-education")
        deadline = deadline_of("F-01", "2023-06")
        return as_user(
            officer, "roadmap_objection_create", deadline=deadline, fault="portal", text="It was down"
        )["id"]

    def test_an_objection_is_to_be_ruled_on_in_time_and_is_late_afterwards(self, rehearsal):
        id_ = self.objection(rehearsal)
        listed = tk.get_action("roadmap_objection_list")
        (one,) = listed({"user": ""}, {"open": True})["objections"]
        assert (one["objection_id"], one["state"], one["days_left"]) == (id_, "open", 15)
        assert one["rule_by"] == "2023-08-04T18:59:59.999999+00:00"
        rehearsal.set("2023-08-06T12:00")
        late = listed({"user": ""}, {"open": True})
        assert (late["late"], late["objections"][0]["state"], late["objections"][0]["days_left"]) == (
            1,
            "late",
            -2,
        )
        row = deadlines(item="F-01", **EDUCATION)["2023-06"]
        assert row["status"] == "contested", "nothing is decided by itself"
        auditor = member("anti-corruption-agency")
        as_user(auditor, "roadmap_objection_rule", id=id_, ruling="dismissed", text="It was not")
        assert listed({"user": ""}, {"open": True})["count"] == 0
        (one,) = listed({"user": ""}, {"body": "ministry-education"})["objections"]
        assert (one["state"], one["days_left"], one["ruling"]["text"]) == ("dismissed", None, "It was not")

    def test_a_later_change_of_the_option_moves_no_term(self, rehearsal, ckan_config, monkeypatch):
        self.objection(rehearsal)
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.objection_days", 1)
        assert act("roadmap_objection_list", open=True)["objections"][0]["days_left"] == 15


class TestExpiry:
    def test_a_confirmation_holds_as_long_as_was_signed(self, rehearsal):
        publish(rehearsal, "2023-04-10T12:00")
        rehearsal.set("2023-07-12T12:00")
        officer, deadline = member("ministry-education"), deadline_of("E-01", "2023-Q2")
        signed = {"deadline": deadline, "reason": "No school was opened"}
        for day in ("2023-07-11", "2024-01-01"):
            with pytest.raises(tk.ValidationError, match="2023-09-30"):
                as_user(officer, "roadmap_attest", **signed, valid_until=day)
        assert as_user(officer, "roadmap_attest", **signed, valid_until="2023-08-31")["status"] == "on_time"
        (one,) = act("roadmap_deadline_show", id=deadline)["attestations"]
        assert one["valid_until"] == "2023-08-31T18:59:59.999999+00:00"


WORKING = f"""{HEADER}
W-01,Reyestr,Реестр,Register,economy,portal,monthly,5 working days after period end,ministry-education,no,,no,,,no,list
C-01,Xarita,Карта,Map,economy,portal,continuous,within 3 working days of change,ministry-education,no,,yes,,,no,list
"""


@pytest.fixture
def working(rehearsal):
    """A second list whose terms are in working days, in force from May."""
    rehearsal.set("2023-05-01T12:00")
    import_list(WORKING, number=2)
    approve(number=2, day="2023-05-01", override_act="1", override_reason="A test")
    return rehearsal


class TestHolidays:
    def due(self, item):
        deadline = deadline_of(item, "2023-06")
        query = sa.select(DeadlineNoticeRow).where(DeadlineNoticeRow.deadline_id == deadline)
        return [(row.act, row.reason) for row in model.Session.scalars(query.order_by(DeadlineNoticeRow.seq))]

    def test_a_changed_table_moves_what_lies_ahead_by_notices(self, working, ckan_config, monkeypatch):
        working.set("2023-06-20T12:00")
        assert act("roadmap_ledger_extend")["moved"] == 0
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.holidays", ["2023-06-05", "2023-07-05"])
        assert act("roadmap_ledger_extend")["moved"] == 2, "what was due on 7 June stays"
        assert act("roadmap_ledger_extend")["moved"] == 0
        assert self.due("W-01") == [("calendar 2023-06-20", "2023-07-07 → 2023-07-10")]
        assert self.due("C-01") == [("calendar 2023-06-20", "2023-07-05 → 2023-07-06")]
        working.set("2023-06-21T12:00")
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.holidays", [])
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.working_days", ["2023-07-01"])
        assert act("roadmap_ledger_extend")["moved"] == 2
        assert self.due("W-01")[1] == ("calendar 2023-06-21", "2023-07-10 → 2023-07-06")
        working.set("2023-07-07T12:00")
        assert deadlines(item="W-01", **EDUCATION)["2023-06"]["due_at"][:10] == "2023-07-06"

    @pytest.mark.parametrize(
        ("option", "days", "moved"),
        [
            ("holidays", ["2023-07-03", "2023-07-04", "2023-07-05"], ["W-01"]),
            ("working_days", ["2023-07-01"], []),
        ],
    )
    def test_a_table_that_is_changed_too_late_moves_no_day_out_of_the_past_or_into_it(
        self, working, ckan_config, monkeypatch, option, days, moved
    ):
        """In June the register is due on 7 July, the map's confirmation was on 5 July."""
        working.set("2023-07-07T12:00")
        monkeypatch.setitem(ckan_config, f"ckanext.roadmap.{option}", days)
        act("roadmap_ledger_extend")
        assert [item for item in ("W-01", "C-01") if self.due(item)] == moved

    def test_what_a_person_moved_stays(self, working, ckan_config, monkeypatch):
        working.set("2023-06-20T12:00")
        act(
            "roadmap_deadline_notice_create",
            deadline=deadline_of("W-01", "2023-06"),
            kind="moved",
            due_day="2023-07-20",
            reason="An act",
            act="No. 3",
        )
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.holidays", ["2023-07-05"])
        assert act("roadmap_ledger_extend")["moved"] == 1
        assert self.due("W-01") == [("No. 3", "An act")]


class TestChangesAtTheSource:
    def record(self, working, written):
        at = working.set("2023-06-20T12:00")
        found = publications.obligations_for(model.Session(), "C-01", "ministry-education", at.date())
        ids = source_changes.record(model.Session(), at, [one.id for one in found], written, legal_calendar())
        model.Session.commit()
        return ids

    def test_a_new_stamp_begins_a_deadline_from_its_own_time(self, working):
        (id_,) = self.record(working, "2023-06-15 09:30:00")
        row = act("roadmap_deadline_show", id=id_)["deadline"]
        assert (row["kind"], row["due_at"]) == ("change", "2023-06-20T18:59:59.999999+00:00")
        assert row["status"] == "due"
        assert model.Session.get(DeadlineRow, id_).changed_at.isoformat() == "2023-06-15T04:30:00+00:00"
        assert ledger.verify(model.Session())["roadmap_deadline"] == []

    @pytest.mark.parametrize(
        "written",
        [
            "2023-06-15 09:30:00",
            "2023-06-15T18:00+05:00",
            "2023-06-01",
            "2023-12-01",
            "2022-01-01",
            "417",
            None,
        ],
    )
    def test_a_stamp_seen_before_to_come_or_no_time_begins_nothing(self, working, written):
        assert self.record(working, "2023-06-15 09:30:00")
        assert self.record(working, written) == []


class TestHeads:
    def test_a_noted_head_shows_what_was_cut_off(self, rehearsal):
        publish(rehearsal, "2023-04-10T12:00")
        publish(rehearsal, "2023-07-10T12:00", "b")
        noted = tk.get_action("roadmap_ledger_head")({"user": ""}, {})
        assert act("roadmap_ledger_verify", noted=noted)["intact"]
        with model.meta.engine.begin() as connection:
            connection.execute(sa.text("ALTER TABLE roadmap_data_event DISABLE TRIGGER USER"))
            connection.execute(sa.text("DELETE FROM roadmap_data_event WHERE seq = 2"))
            for name in ("rows", "all"):
                trigger = f"ENABLE ALWAYS TRIGGER roadmap_data_event_{name}"
                connection.execute(sa.text(f"ALTER TABLE roadmap_data_event {trigger}"))
        assert act("roadmap_ledger_verify")["intact"], "the chain alone can't tell"
        found = act("roadmap_ledger_verify", noted=noted["heads"])
        assert found["tables"]["roadmap_data_event"] == [{"seq": 2, "code": "cut"}]
        publish(rehearsal, "2023-07-11T12:00", "c")
        found = act("roadmap_ledger_verify", noted=noted)
        assert found["tables"]["roadmap_data_event"] == [{"seq": 2, "code": "rewritten"}]
        assert act("roadmap_ledger_head")["digest"] != noted["digest"]

    def test_heads_that_are_none_are_told(self):
        with pytest.raises(tk.ValidationError, match="roadmap_ledger_head"):
            act("roadmap_ledger_verify", noted=[{"table": "roadmap_data_event"}])
