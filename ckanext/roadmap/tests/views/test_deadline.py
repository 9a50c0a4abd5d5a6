"""The page of one deadline, its forms, and pages looked at as of a past day."""

from __future__ import annotations

import io

import openpyxl
import pytest
from bs4 import BeautifulSoup

from ckan.tests import factories

from ckanext.roadmap.cli import roadmap
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import deadline_of, member, publish
from ckanext.roadmap.tests.views.test_compliance import page, rows

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")


def headers(name: str) -> dict[str, str]:
    token = factories.APIToken(user=name)
    return {"Authorization": token["token"]}


@pytest.fixture
def url(approved, rehearsal) -> str:
    rehearsal.set("2023-07-20T12:00")
    return f"/en/compliance/deadline/{deadline_of('F-01', '2023-06')}"


def forms(shown: BeautifulSoup) -> list[str]:
    return [form["id"].partition("-")[0] for form in shown.select(".roadmap-act form")]


class TestStory:
    def test_a_row_leads_to_its_story(self, app, url):
        link = page(app, "/en/compliance/body/ministry-education").select_one(
            f'#table-deadlines a[href="{url}"]'
        )
        assert link.get_text() == "June 2023"

    def test_it_tells_dates_events_acts_and_hash(self, app, rehearsal):
        publish(rehearsal, "2023-07-05T12:00", columns=["code"])
        publish(rehearsal, "2023-07-06T12:00", content="b")
        rehearsal.set("2023-07-20T12:00")
        shown = page(app, f"/en/compliance/deadline/{deadline_of('E-01', '2023-Q2')}")
        assert "On time" in shown.select_one(".roadmap-verdict").get_text()
        told = [li.get_text() for li in shown.select("#events ~ .roadmap-story li")]
        assert "It did not decide" in told[0]
        assert "New data qualify" in told[1]
        assert "No act was recorded" in shown.get_text()
        assert len(shown.select("code.roadmap-hash")) == 2

    def test_the_public_sees_no_form(self, app, url):
        assert forms(page(app, url)) == []

    def test_none(self, app):
        assert "What to do" in page(app, "/en/compliance/deadline/none", status=404).get_text()


class TestForms:
    def test_each_role_gets_its_own(self, app, url):
        assert forms(page(app, url, headers=headers(member("ministry-education")))) == ["object"]
        assert forms(page(app, url, headers=headers(member("ministry-finance")))) == []
        coordinator = member("statistics-agency", "member")
        assert forms(page(app, url, headers=headers(coordinator))) == ["exempt", "notice"]

    def test_an_error_stands_at_its_field_and_what_was_entered_stays(self, app, url):
        who = headers(member("statistics-agency", "member"))
        target = f"exempt-{url.rpartition('/')[2]}"
        data = {"form": target, "decision_number": "7", "decision_date": "soon", "reason": ""}
        shown = BeautifulSoup(app.post(url, data=data, headers=who, status=400).body, "html.parser")
        assert "YYYY-MM-DD" in shown.select_one(f"#{target}-decision_date-error").get_text()
        assert shown.select_one(f"#{target}-decision_date")["aria-invalid"] == "true"
        assert shown.select_one(f"#{target}-decision_number")["value"] == "7"
        assert shown.select_one(".roadmap-act details[open]")
        data |= {"decision_date": "2023-07-01", "reason": "x" * 20_000}
        shown = BeautifulSoup(app.post(url, data=data, headers=who, status=400).body, "html.parser")
        told = shown.select_one(f"#{target}-reason-error").get_text()
        assert "20000 characters. Write at most 4000" in told
        assert len(shown.select_one(f"#{target}-reason").get_text()) == 20_000

    def test_objection_and_ruling(self, app, url):
        officer, auditor = headers(member("ministry-education")), headers(member("anti-corruption-agency"))
        data = {"form": f"object-{url.rpartition('/')[2]}", "fault": "portal", "text": "<b>The</b> portal"}
        app.post(url, data=data, headers=officer, follow_redirects=False, status=302)
        shown = page(app, url, headers=auditor)
        assert "Contested" in shown.select_one(".roadmap-verdict").get_text()
        assert "<b>The</b> portal" in shown.select_one(".roadmap-story").get_text()
        assert "contested" in page(app, "/en/compliance/body/ministry-education?status=contested").get_text()
        form = shown.select_one(".roadmap-act form")["id"]
        ruled = {"form": form, "ruling": "upheld", "text": "By the log", "remedy": "exempt"}
        app.post(url, data=ruled, headers=auditor, follow_redirects=False, status=302)
        after = page(app, url)
        assert "Exempt" in after.select_one(".roadmap-verdict").get_text()
        assert "Ruling of the auditor" in after.get_text()

    def test_an_act_that_is_not_offered_is_refused(self, app, url):
        data = {"form": f"exempt-{url.rpartition('/')[2]}", "reason": "Power was cut"}
        for who in ({}, headers(member("ministry-education"))):
            refused = app.post(url, data=data, headers=who, status=403)
            assert ("it was written once" in refused.body) == bool(who)
            assert ("You are not logged in any more" in refused.body) != bool(who)
            kept = BeautifulSoup(refused.body, "html.parser").select("textarea[readonly]")
            assert [one.get_text() for one in kept] == ["Power was cut"]
        assert act("roadmap_deadline_show", id=url.rpartition("/")[2])["exemptions"] == []

    def test_every_form_carries_a_token(self, app, url, ckan_config, monkeypatch):
        shown = page(app, url, headers=headers(member("statistics-agency", "member")))
        assert all(form.select("input[name=_csrf_token]") for form in shown.select(".roadmap-act form"))


class TestAsOf:
    def test_the_page_says_that_it_is_the_past(self, app, rehearsal):
        rehearsal.set("2023-10-20T12:00")
        shown = page(app, "/en/compliance?as_of=2023-07-25")
        banner = shown.select_one(".roadmap-then")
        assert "25 Jul 2023 23:59" in banner.get_text()
        assert banner.a["href"] == "/en/compliance"
        assert shown.select_one("#table-bodies tbody th a")["href"].endswith("as_of=2023-07-25")
        assert not page(app, "/en/compliance").select(".roadmap-then")

    def test_past_rows_lead_to_past_stories_without_forms(self, app, rehearsal):
        rehearsal.set("2023-10-20T12:00")
        who = headers(member("statistics-agency", "member"))
        shown = page(app, "/en/compliance/body/ministry-education?as_of=2023-07-25")
        link = shown.select_one("#table-deadlines tbody td.roadmap-cell-period a")["href"]
        assert forms(page(app, link, headers=who)) == []
        assert forms(page(app, link.partition("?")[0], headers=who))

    @pytest.mark.parametrize(
        ("value", "words"), [("2030-01-01", "The future is not known"), ("soon", "Give a past day")]
    )
    def test_what_is_no_past_is_told(self, app, value, words):
        assert words in page(app, f"/en/compliance?as_of={value}", status=400).get_text()


class TestFiles:
    @pytest.mark.parametrize(
        "url", ["compliance?", "compliance/body/ministry-education?table=deadlines&", "compliance/item/E-01?"]
    )
    def test_every_table_comes_in_three_kinds_with_the_same_rows(self, app, url):
        csv_rows = rows(app, f"/en/{url}format=csv")
        json_rows = app.get(f"/en/{url}format=json", status=200).json
        answer = app.get(f"/en/{url}format=xlsx", status=200)
        sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
        assert [list(row) for row in csv_rows] == [list(row) for row in json_rows]
        assert sheet.max_row == len(csv_rows) + 1
        assert answer.headers["Content-Disposition"].endswith('.xlsx"')

    def test_a_file_of_the_past(self, app, rehearsal):
        rehearsal.set("2023-10-20T12:00")
        url = "/en/compliance/body/ministry-education?table=deadlines&format=csv"
        past, present = rows(app, f"{url}&as_of=2023-07-25"), rows(app, url)
        assert len(past) < len(present)
        assert {row["period"] for row in past} < {row["period"] for row in present}

    def test_the_page_offers_them(self, app):
        links = page(app, "/en/compliance").select(".roadmap-downloads a[href*='format=']")
        own = [link["href"] for link in links if "table=" not in link["href"]]
        assert [address.rpartition("=")[2] for address in own] == ["csv", "xlsx", "json"]


def test_a_command_exempts_in_bulk(cli, rehearsal):
    options = ["--since", "2023-07-01", "--until", "2023-07-31", "--decision", "7", "--date", "2023-07-20"]
    result = cli.invoke(roadmap, ["ledger", "exempt", *options, "--reason", "An outage"])
    assert "is recorded" in result.output
    rehearsal.set("2023-07-21T12:00")
    listed = act("roadmap_deadline_list", status="exempt", item="E-01")["deadlines"]
    assert [row["period"]["code"] for row in listed] == ["2023-Q2"]
    refused = cli.invoke(
        roadmap, ["ledger", "exempt", *options[:2], *options[4:], "--until", "x", "--reason", "y"]
    )
    assert refused.exit_code == 1
    assert "YYYY-MM-DD" in refused.output
