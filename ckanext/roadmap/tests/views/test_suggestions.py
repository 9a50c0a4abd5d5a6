"""Pages of the box: forms that work without scripts, what programs send, and what readers see."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from ckan import model
from ckan.tests import factories

from ckanext.roadmap.model import Suggestion, SuggestionComment
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import as_user, member
from ckanext.roadmap.tests.logic.box import MAIL, WISH, bodies, clear, run_jobs, show, suggest, token

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "box")
EVIL = '<script>alert(1)</script><img src=x onerror="alert(2)">'


@pytest.fixture
def box(clean_db: None, rehearsal, ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Five bodies, an empty box, empty queues and counters, and a server of mails."""
    monkeypatch.setitem(ckan_config, "smtp.server", "mail.example.org")
    clear()
    country.import_bodies()


def page(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.body, "html.parser")


def send(app, path: str, data: dict[str, str], user: dict[str, str] | None = None, status: int = 302) -> Any:
    headers = {"Authorization": user["token"]} if user else {}
    answer = app.post(f"/en{path}", data=data, headers=headers, follow_redirects=False)
    assert answer.status_code == status, answer.body
    return answer


def count(table: Any = Suggestion) -> int:
    return model.Session.scalar(sa.select(sa.func.count()).select_from(table))


class TestSuggest:
    def test_a_user_lands_on_the_new_page(self, app):
        user = factories.UserWithToken()
        fields = page(app.get("/en/suggest", headers={"Authorization": user["token"]}))
        assert fields.select_one("[name=email], .alert") is None
        answer = send(app, "/suggest", WISH, user)
        assert answer.headers["Location"].endswith("/en/suggestions/2023-0001")

    def test_an_address_goes_through_the_mail(self, app, mail_server):
        answer = send(app, "/suggest", {**WISH, "email": MAIL})
        assert answer.headers["Location"].endswith("/en/suggest/sent")
        assert "No suggestion" not in app.get("/en/suggest/sent").body
        run_jobs()
        value = token(bodies(mail_server, MAIL)[0])
        for _time in range(2):
            form = page(app.get(f"/en/suggest/confirm?token={value}")).select_one("form[action$=confirm]")
            assert form.select_one("[name=token]")["value"] == value
        assert model.Session.scalars(sa.select(Suggestion.state)).one() == "unconfirmed"
        model.Session.rollback()
        answer = send(app, "/suggest/confirm", {"token": value})
        assert answer.headers["Location"].endswith("/en/suggestions/2023-0001")
        assert page(app.get("/en/suggest/confirm")).select_one("form[action$=confirm]") is None
        told = page(send(app, "/suggest/confirm", {"token": value + "x"}, status=400))
        assert "not made by the portal" in told.select_one("[role=alert]").get_text()

    def test_what_is_wrong_stands_at_its_field_with_what_was_written(self, app):
        found = page(send(app, "/suggest", {**WISH, "what": " ", "email": "nobody"}, status=400))
        for name in ("what", "email"):
            field = found.select_one(f"[name={name}]")
            assert field["aria-invalid"] == "true"
            assert found.find(id=field["aria-describedby"].split()[-1]).get_text(strip=True)
        assert found.select_one("[name=title]")["value"] == WISH["title"]

    def test_a_program_is_thanked_and_dropped(self, app):
        form = page(app.get("/en/suggest"))
        trap = form.select_one(".roadmap-trap input")
        assert (trap["tabindex"], trap["value"]) == ("-1", "")
        assert trap.find_parent(attrs={"aria-hidden": "true"})
        answer = send(app, "/suggest", {**WISH, "email": MAIL, trap["name"]: "http://spam.example"})
        assert answer.headers["Location"].endswith("/en/suggest/sent")
        assert count() == 0
        assert act("job_list") == []

    def test_too_many_are_told_so(self, app, ckan_config, monkeypatch):
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.suggestions.per_person", 1)
        send(app, "/suggest", {**WISH, "email": MAIL})
        found = page(send(app, "/suggest", {**WISH, "email": MAIL}, status=400))
        assert "Too many messages" in found.select_one(".roadmap-content, .roadmap").get_text()
        assert count() == 1


class TestAlike:
    def test_shown_before_anything_is_sent_and_seconded_instead(self, app, mail_server):
        number = suggest(factories.User()["name"])["number"]
        wish = {**WISH, "title": "Мактаб автобуслари жадвали", "email": MAIL}
        found = page(send(app, "/suggest", wish, status=200))
        assert count() == 1
        button = found.select_one("[formaction]")
        assert button["formaction"] == f"/en/suggestions/{number}"
        assert found.select_one("[name=title]")["value"] == wish["title"]
        send(app, f"/suggestions/{number}", {**wish, button["name"]: button["value"]})
        run_jobs()
        send(app, "/suggest/confirm", {"token": token(bodies(mail_server, MAIL)[0])})
        assert (count(), show(number)["seconds"]) == (1, 1)

    def test_sent_all_the_same(self, app):
        suggest(factories.User()["name"])
        send(app, "/suggest", {**WISH, "email": MAIL, "seen": "1"})
        assert count() == 2


class TestStory:
    def test_texts_are_texts(self, app):
        user = factories.UserWithToken()
        texts = {name: f"{EVIL} {name}" for name in ("title", "what", "why", "holder", "indicator")}
        number = suggest(user["name"], **texts)["number"]
        as_user(user["name"], "roadmap_suggestion_comment", number=number, text=EVIL)
        act("roadmap_suggestion_hide", number=suggest(user["name"])["number"], reason=EVIL)
        for path in (
            f"/suggestions/{number}",
            "/suggestions",
            "/suggestions/2023-0002",
            f"/suggest?title={EVIL}",
        ):
            answer = app.get(f"/en{path}", headers={"Authorization": user["token"]})
            assert answer.status_code == 200
            found = page(answer)
            assert not found.select("img[src=x], [onerror]")
            assert not [one for one in found.select("script") if one.get_text() == "alert(1)"]
        alike = page(send(app, "/suggest", {**WISH, "title": f"{EVIL} title"}, status=200))
        assert EVIL in alike.select_one("[aria-labelledby=alike] li").get_text()

    def test_forms_of_each_reader(self, app):
        number = suggest(factories.User()["name"])["number"]
        coordinator = member("statistics-agency", "member")
        from ckan.tests.helpers import call_action

        value = call_action("api_token_create", user=coordinator, name="t")["token"]
        for headers, forms in (
            ({}, ["second", "comment"]),
            ({"Authorization": value}, ["second", "comment", "merge", "hide"]),
        ):
            found = page(app.get(f"/en/suggestions/{number}", headers=headers))
            assert [
                one["id"].rpartition(f"-{number}")[0] for one in found.select(".roadmap-act form")
            ] == forms
        merge = {"form": f"merge-{number}", "into": number, "reason": "x"}
        send(app, f"/suggestions/{number}", merge, status=403)
        told = page(send(app, f"/suggestions/{number}", merge, {"token": value}, status=400))
        assert "into itself" in told.select_one(".roadmap-field-error").get_text()

    def test_a_comment_is_hidden_on_the_page(self, app):
        number = suggest(factories.User()["name"])["number"]
        as_user(factories.User()["name"], "roadmap_suggestion_comment", number=number, text="Buy cheap")
        sysadmin = factories.SysadminWithToken()
        headers = {"Authorization": sysadmin["token"]}
        form = page(app.get(f"/en/suggestions/{number}", headers=headers)).select_one(".roadmap-story form")
        sent = {"form": form.select_one("[name=form]")["value"], "reason": "An advertisement"}
        send(app, f"/suggestions/{number}", sent, sysadmin)
        text = page(app.get(f"/en/suggestions/{number}")).get_text()
        assert "Buy cheap" not in text
        assert "An advertisement" in text

    def test_a_program_comments_nothing(self, app):
        number = suggest(factories.User()["name"])["number"]
        spam = {"form": f"comment-{number}", "text": "x", "email": MAIL, "homepage": "x"}
        send(app, f"/suggestions/{number}", spam)
        assert count(SuggestionComment) == 0

    def test_merged_it_leads_on(self, app):
        one, other = (suggest(factories.User()["name"])["number"] for _one in range(2))
        act("roadmap_suggestion_merge", number=one, into=other, reason="The same")
        found = page(app.get(f"/en/suggestions/{one}"))
        assert found.select_one(f".roadmap-empty a[href$='/suggestions/{other}']")
        assert not found.select(".roadmap-act")

    def test_no_such_suggestion(self, app):
        assert app.get("/en/suggestions/2023-0009").status_code == 404


class TestIndex:
    def test_empty_it_says_what_to_do(self, app):
        found = page(app.get("/en/suggestions"))
        assert found.select_one(".roadmap-empty a")["href"] == "/en/suggest"
        found = page(app.get("/en/suggestions?q=nothing"))
        assert "No suggestion matches" in found.get_text()

    def test_rows_counts_filters_and_files(self, app, mail_server):
        suggest(factories.User(fullname="Aziza")["name"], body="ministry-education")
        suggest(email=MAIL)
        run_jobs()
        send(app, "/suggest/confirm", {"token": token(bodies(mail_server, MAIL)[0])})
        found = page(app.get("/en/suggestions"))
        assert len(found.select("#table-suggestions tbody tr")) == 2
        assert "Open 2" in " ".join(found.select_one(".roadmap-statuses").get_text().split())
        assert len(page(app.get("/en/suggestions?q=2023-0002")).select("#table-suggestions tbody tr")) == 1
        assert app.get("/en/suggestions?state=unconfirmed").status_code == 400
        for kind in ("csv", "json", "xlsx"):
            answer = app.get(f"/en/suggestions?format={kind}")
            assert answer.headers["Content-Disposition"] == f'attachment; filename="suggestions.{kind}"'
        text = app.get("/en/suggestions?format=csv").body
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
        assert len(rows) == 3
        assert not [secret for secret in (MAIL, "Aziza", "user:") if secret in text]

    def test_a_formula_is_a_text_in_the_file(self, app):
        suggest(factories.User()["name"], title='=HYPERLINK("http://evil.example")')
        text = app.get("/en/suggestions?format=csv").body
        rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
        assert not [cell for cell in rows[1] if cell.startswith("=")]

    def test_news_are_put_away(self, app):
        user = factories.UserWithToken()
        suggest(user["name"])
        headers = {"Authorization": user["token"]}
        assert "is in the box" in page(app.get("/en/suggestions", headers=headers)).get_text()
        send(app, "/suggestions", {}, user)
        assert "is in the box" not in page(app.get("/en/suggestions", headers=headers)).get_text()
        send(app, "/suggestions", {}, status=403)

    @pytest.mark.parametrize("lang", ["uz", "uz_Cyrl", "ru", "en"])
    def test_in_each_language(self, app, lang):
        number = suggest(factories.User()["name"])["number"]
        for path in ("suggestions", f"suggestions/{number}", "suggest", "suggest/sent", "suggest/confirm"):
            assert app.get(f"/{lang}/{path}").status_code == 200
