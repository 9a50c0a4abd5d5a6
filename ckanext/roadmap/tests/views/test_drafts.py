"""The coordinator's pages of the drafts."""

from __future__ import annotations

import io

import pytest
from bs4 import BeautifulSoup

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import ITEMS, act
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
DRAFTS = "/en/approved-list/drafts"
DRAFT = f"{DRAFTS}/2024/1"
NEW = {
    "form": "item-new", "code": "H-01", "title_uz": "Shifoxonalar", "title_ru": "Больницы", "sphere": "health",
    "place": "portal;site", "frequency": "annual", "due_rule": "by 1 March", "responsible": "Moliya vazirligi",
    "territorial": "no", "ai": "no", "columns": "code;name",
}  # fmt: skip


UNMATCHED = ITEMS.replace("ministry-finance", "Moliya vazirlgi").replace(",all,", ",Moliya vazirlgi;zzzz,")


@pytest.fixture
def who(approved) -> dict[str, str]:
    return headers(member("statistics-agency", "member"))


@pytest.fixture
def draft(approved) -> None:
    act("roadmap_list_version_create", year=2024)


def send(app, url, data, who, status=302) -> BeautifulSoup:
    answer = app.post(url, data=data, headers=who, status=status, follow_redirects=False)
    return BeautifulSoup(answer.body, "html.parser")


def state(number: int = 1) -> str:
    return act("roadmap_list_version_show", year=2024, number=number)["status"]


def items() -> dict[str, dict]:
    return {row["code"]: row for row in act("roadmap_item_list", year=2024, number=1)}


class TestWho:
    @pytest.mark.parametrize("url", ["", "/2024/1", "/2024/1/item/new", "/2024/1/item/E-01", "/import"])
    @pytest.mark.usefixtures("draft")
    def test_only_coordinators(self, app, url, who):
        page(app, DRAFTS + url, headers=who)
        for other in ({}, headers(member("ministry-education", "admin"))):
            page(app, DRAFTS + url, headers=other, status=403)
            app.post(DRAFTS + url, data={"year": "2030", "form": "submit-2024-1"}, headers=other, status=403)
        assert state() == "draft"
        assert len(act("roadmap_list_version_list")) == 2

    def test_the_list_leads_there(self, app, who):
        link = f'a[href="{DRAFTS}"]'
        assert page(app, "/en/approved-list", headers=who).select(link)
        assert not page(app, "/en/approved-list").select(link)


class TestLife:
    def test_a_draft_is_begun(self, app, who):
        send(app, DRAFTS, {"form": "create-list", "year": "2024"}, who)
        assert len(items()) == 3
        rows = page(app, DRAFTS, headers=who).select("#table-versions tbody tr")
        assert "Draft" in rows[0].get_text()
        assert "Submit to the commission; Record the approval" in rows[0].get_text()
        assert "–" in rows[1].get_text()

    def test_a_year_that_is_none(self, app, who):
        shown = send(app, DRAFTS, {"form": "create-list", "year": "soon"}, who, 400)
        assert shown.select_one("#create-list-year-error")
        assert shown.select_one("#create-list-year")["value"] == "soon"

    @pytest.mark.usefixtures("draft")
    def test_submitted_and_rejected(self, app, who):
        send(app, DRAFT, {"form": "submit-2024-1"}, who)
        assert state() == "submitted"
        assert "Add an item" not in page(app, DRAFT, headers=who).get_text()
        shown = send(app, DRAFT, {"form": "reject-2024-1", "reason": " "}, who, 400)
        assert shown.select_one("#reject-2024-1-reason-error")
        send(app, DRAFT, {"form": "reject-2024-1", "reason": "Too short"}, who)
        assert state() == "rejected"
        assert "Too short" in page(app, DRAFTS, headers=who).get_text()
        assert "This list is settled" in page(app, DRAFT, headers=who).get_text()
        send(app, DRAFT, {"form": "submit-2024-1"}, who, 403)

    @pytest.mark.usefixtures("draft")
    def test_a_rejected_list_is_compared_and_a_new_draft_begun(self, app, who):
        act("roadmap_item_update", year=2024, number=1, code="E-01", due_rule="20 days after period end")
        act("roadmap_list_version_submit", year=2024, number=1)
        act("roadmap_list_version_reject", year=2024, number=1, reason="Too late")
        shown = page(app, DRAFT, headers=who)
        assert "Too late" in shown.select_one(".roadmap-basis").get_text()
        address = shown.select_one('#draft-page a[href*="compare"]')["href"]
        compared = page(app, address, headers=who)
        assert len(compared.select("#table-changes tbody tr")) == 1
        assert "Too late" in compared.select(".roadmap-basis")[1].get_text()
        assert app.get(address).status_code == 400
        send(app, DRAFTS, {"form": "create-list", "year": "2024"}, who)
        assert state(2) == "draft"

    @pytest.mark.usefixtures("draft")
    def test_approved_by_a_decision(self, app, who):
        data = {"form": "approve-2024-1", "decision_number": "14", "decision_date": "2023-07-20"}
        shown = send(app, DRAFT, data, who, 400)
        assert "approved in 2023 already" in shown.select_one(".roadmap-error").get_text()
        data |= {"override_act": "30-K", "override_reason": "New decree", "decision_document": "minutes.pdf"}
        shown = send(app, DRAFT, data, who, 400)
        assert shown.select_one("#approve-2024-1-decision_document-error")
        send(app, DRAFT, {**data, "decision_document": "https://lex.uz/docs/1"}, who)
        assert state() == "approved"
        shown = BeautifulSoup(app.get("/en/approved-list").body, "html.parser")
        assert shown.select_one('.roadmap-basis a[href="https://lex.uz/docs/1"]')


class TestCorrection:
    URL = "/en/approved-list/drafts/2023/1/item/E-01"

    def test_the_form_holds_the_texts_and_nothing_that_binds(self, app, who):
        shown = page(app, self.URL, headers=who)
        assert shown.select_one("#correct-item-title_en")["value"] == "Schools"
        assert shown.select_one("#correct-item-due_rule") is None

    def test_recorded_and_shown_to_everybody_and_no_revision(self, app, who):
        data = {
            "form": "correct-item",
            "title_uz": "Maktablar",
            "title_ru": "Школы",
            "title_en": "Schools of all kinds",
        }
        data |= {"legal_basis": "list", "act": "15-K", "reason": "A word was lost"}
        send(app, self.URL, data, who)
        shown = BeautifulSoup(app.get("/en/approved-list").body, "html.parser")
        row = shown.select_one("#table-corrections tbody tr").get_text(" ", strip=True)
        for part in ("E-01", "15-K", "A word was lost", "Schools", "Schools of all kinds"):
            assert part in row
        assert act("roadmap_list_version_show", year=2023, number=1)["status"] == "approved"
        assert len(act("roadmap_list_version_list")) == 1

    def test_what_is_wrong_is_told(self, app, who):
        data = {"form": "correct-item", "title_uz": "", "act": "15-K", "reason": "x"}
        shown = send(app, self.URL, data, who, 400)
        assert "can't be emptied" in shown.select_one(".roadmap-error").get_text()

    @pytest.mark.usefixtures("draft")
    def test_what_is_not_approved_is_not_corrected(self, app, who):
        send(app, DRAFT, {"form": "submit-2024-1"}, who)
        answer = app.get(f"{DRAFT}/item/E-01", headers=who, follow_redirects=False)
        assert answer.status_code == 302


@pytest.mark.usefixtures("draft")
class TestItem:
    def test_one_is_added(self, app, who):
        send(app, f"{DRAFT}/item/new", NEW, who)
        made = items()["H-01"]
        assert made["places"] == ["portal", "site"]
        assert made["responsible"]["bodies"] == ["ministry-finance"]
        assert made["columns"] == ["code", "name"]

    def test_all_faults_at_once_each_at_its_field(self, app, who):
        wrong = {**NEW, "title_uz": "", "due_rule": "soon", "columns": "a b", "responsible": "Molia vazirlgi"}
        shown = send(app, f"{DRAFT}/item/new", wrong, who, 400)
        told = {one["id"] for one in shown.select(".roadmap-field-error")}
        wanted = ("title_uz", "due_rule", "columns", "responsible")
        assert told == {f"item-new-{name}-error" for name in wanted}
        named = [link.get_text() for link in shown.select(".roadmap-error a")]
        assert named == ["Title in Uzbek (Latin)", "Due rule", "Responsible", "Required columns"]
        assert shown.select_one("#item-new-due_rule")["value"] == "soon"
        nearly = send(app, f"{DRAFT}/item/new", {**NEW, "responsible": "Molia vazirlgi"}, who, 400)
        assert "ministry-finance" in nearly.select_one("#item-new-responsible-error").get_text()
        assert "H-01" not in items()

    def test_a_code_is_never_given_twice(self, app, who):
        shown = send(app, f"{DRAFT}/item/new", {**NEW, "code": "E-01"}, who, 400)
        assert "issued already" in shown.select_one("#item-new-code-error").get_text()

    def test_saved_as_it_stands_it_stays_as_it_is(self, app, who):
        before = items()
        for code in before:
            form = page(app, f"{DRAFT}/item/{code}", headers=who).select_one("#item-item")
            data = {one["name"]: one.get("value", "") for one in form.select("input")}
            data |= {one["name"]: one.get_text() for one in form.select("textarea")}
            data |= {one["name"]: one.select_one("[selected]")["value"] for one in form.select("select")}
            send(app, f"{DRAFT}/item/{code}", data, who)
        assert items() == before

    def test_one_is_changed_and_a_text_emptied(self, app, who):
        form = {**NEW, "form": "item-item", "title_uz": "Maktab", "title_ru": "", "legal_basis": ""}
        send(app, f"{DRAFT}/item/E-01", form, who)
        changed = items()["E-01"]
        assert changed["title"]["uz"] == "Maktab"
        assert not changed["title"].get("ru")
        assert changed["legal_basis"] is None

    def test_one_is_taken_out(self, app, who):
        send(app, f"{DRAFT}/item/F-02", {"form": "retire-item"}, who)
        assert list(items()) == ["E-01", "F-01"]
        page(app, f"{DRAFT}/item/F-02", headers=who, status=404)

    def test_a_list_that_stands_still_leads_back(self, app, who):
        act("roadmap_list_version_submit", year=2024, number=1)
        for data in ({"form": "retire-item"}, NEW):
            send(app, f"{DRAFT}/item/E-01", data, who)
        assert list(items()) == ["E-01", "F-01", "F-02"]
        assert not page(app, DRAFT, headers=who).select("#table-draft-items a[href*=drafts]")


class TestImport:
    def upload(self, app, who, text, status=302, **data):
        file = (io.BytesIO(text.encode()), "list.csv")
        form = {"form": "import-list", "year": "2024", "number": "1", "upload": file, **data}
        return send(app, f"{DRAFTS}/import", form, who, status)

    def test_a_sound_file(self, app, who):
        self.upload(app, who, ITEMS)
        assert list(items()) == ["E-01", "F-01", "F-02"]

    def test_no_file_and_no_year(self, app, who):
        shown = send(app, f"{DRAFTS}/import", {"form": "import-list", "year": "2024"}, who, 400)
        assert "Choose a file" in shown.select_one("#import-list-upload-error").get_text()
        assert self.upload(app, who, ITEMS, 400, year="").select_one("#import-list-year-error")

    def test_every_fault_by_row_and_field(self, app, who):
        text = ITEMS.replace("15 days after period end", "soon").replace("portal,annual", "paper,annual")
        rows = self.upload(app, who, text, 400).select("#table-faults tbody tr")
        told = [[cell.get_text(" ", strip=True) for cell in row.select("th, td")] for row in rows]
        assert [row[:2] for row in told] == [["2", "Due rule"], ["4", "Published at"]]
        assert all(row[2] and row[3] for row in told)
        assert len(act("roadmap_list_version_list")) == 1

    def test_bodies_that_did_not_match(self, app, who):
        first, second = self.upload(app, who, UNMATCHED, 400).select("#unmatched fieldset")
        assert first.legend.get_text(" ", strip=True) == "“Moliya vazirlgi” rows: 3, 4"
        assert "ministry-finance" in [option["value"] for option in first.select("option")]
        assert second.legend.get_text(" ", strip=True) == "“zzzz” rows: 3"
        assert "none is near" in second.get_text()

    def test_bodies_are_chosen_and_the_file_is_kept(self, app, who):
        shown = self.upload(app, who, UNMATCHED, 400)
        assert not shown.select_one("#import-list-upload").has_attr("required")
        data = {"word": ["Moliya vazirlgi", "zzzz"], "pick": ["ministry-finance", ""], "other": ["", "yyyy"]}
        form = {"form": "import-list", "year": "2024", "number": "1"}
        kept = {one["name"]: one["value"] for one in shown.select("input[name^=kept]")}
        again = send(app, f"{DRAFTS}/import", {**form, **kept, **data}, who, 400)
        [open_] = again.select("#unmatched fieldset")
        assert "“yyyy” is not one body of the register either" in open_.get_text()
        assert [one["value"] for one in again.select("input[name=word]")] == ["Moliya vazirlgi", "zzzz"]
        data["other"] = ["", "Солиқ қўмитаси"]
        send(app, f"{DRAFTS}/import", {**form, **kept, **data}, who)
        assert items()["F-01"]["responsible"]["bodies"] == ["ministry-finance", "tax-committee"]
        assert items()["F-02"]["responsible"]["bodies"] == ["tax-committee", "ministry-finance"]

    def test_a_kept_file_that_is_none_must_be_chosen(self, app, who):
        form = {"form": "import-list", "year": "2024", "number": "1", "kept_name": "list.csv"}
        for kept in ("", "!", "eA=="):
            shown = send(app, f"{DRAFTS}/import", {**form, "kept": kept}, who, 400)
            assert shown.select_one("#import-list-upload-error")

    def test_an_approved_list_stands(self, app, who):
        text = ITEMS.replace("Schools", "All schools")
        shown = self.upload(app, who, text, 400, year="2023")
        assert "can't be changed any more" in shown.select_one(".roadmap-error").get_text()

    def test_a_file_that_is_no_table(self, app, who):
        shown = self.upload(app, who, "\0\1\2", 400)
        assert shown.select("#table-faults tbody tr")

    def test_the_check_writes_nothing(self):
        found = act("roadmap_list_check", upload=country.upload(ITEMS.replace("Schools", "All schools")))
        assert found == {"items": 3, "faults": [], "bodies": []}
        assert len(act("roadmap_list_version_list")) == 1


@pytest.mark.usefixtures("draft")
def test_what_is_to_be_typed_is_set_apart_in_hints(app, who):
    hint = page(app, f"{DRAFT}/item/new", headers=who).select_one("#item-new-responsible-hint")
    assert [one.get_text() for one in hint.select("code")] == ["all", "kind:region", "except:"]


@pytest.mark.usefixtures("draft")
def test_every_form_carries_a_token(app, who):
    for url in (DRAFTS, DRAFT, f"{DRAFT}/item/new", f"{DRAFT}/item/E-01", f"{DRAFTS}/import"):
        forms = page(app, url, headers=who).select(".roadmap form[method=post]")
        assert forms
        assert all(form.select("input[name=_csrf_token]") for form in forms)
