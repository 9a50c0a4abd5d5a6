"""The box of suggestions: who may write how much, what is confirmed, who is told, what stays private."""

from __future__ import annotations

import base64
import io
import json
import logging
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from redis.exceptions import RedisError
from rq.job import Job
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.jobs import job_from_id
from ckan.lib.mailer import MailerException
from ckan.lib.redis import connect_to_redis
from ckan.tests import factories

from ckanext.roadmap import config, suggestion_jobs
from ckanext.roadmap.logic import content_checks
from ckanext.roadmap.model import Suggestion, SuggestionComment, SuggestionNotice, SuggestionSecond
from ckanext.roadmap.services import clock, suggestion_tokens, suggestions
from ckanext.roadmap.services.suggestion_tokens import Sent
from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import as_user, member, publish
from ckanext.roadmap.tests.logic.box import MAIL, WISH, anybody, bodies, clear, run_jobs, show, suggest, token

LOGGERS = ("ckan.lib.mailer", "ckanext.roadmap.services.letters", "ckanext.roadmap.suggestion_jobs")
pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db", "clean_index", "box")


@pytest.fixture
def box(clean_db: None, rehearsal, app, ckan_config: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    """Five bodies, an empty box, empty queues and counters, and a server of mails."""
    monkeypatch.setitem(ckan_config, "smtp.server", "mail.example.org")
    clear()
    country.import_bodies()


def confirmed(mail_server: Any, **changes: Any) -> str:
    """The number of a suggestion confirmed by mail."""
    mail_server.clear_smtp_messages()
    suggest(email=MAIL, **changes)
    run_jobs()
    return anybody("roadmap_suggestion_confirm", token=token(bodies(mail_server)[-1]))["number"]


class TestSuggest:
    def test_a_user_is_answered_with_a_number_at_once(self):
        user = factories.User()["name"]
        assert suggest(user)["number"] == "2023-0001"
        assert suggest(user)["number"] == "2023-0002"
        assert show("2023-0001", user)["mine"] is True
        assert show("2023-0001")["mine"] is False

    def test_an_address_confirms_first(self, mail_server):
        made = suggest(email=MAIL)
        assert (made["state"], made["number"]) == ("unconfirmed", None)
        assert anybody("roadmap_suggestion_list")["count"] == 0
        run_jobs()
        [text] = bodies(mail_server, MAIL)
        assert WISH["title"] in text
        for _time in range(2):
            done = anybody("roadmap_suggestion_confirm", token=token(text))
            assert done == {"kind": "suggestion", "number": "2023-0001"}
        assert [one["state"] for one in show("2023-0001")["history"]] == ["open"]
        run_jobs()
        assert "2023-0001" in bodies(mail_server, MAIL)[-1]

    def test_nobody_to_be_answered(self):
        with pytest.raises(tk.ValidationError) as error:
            suggest()
        assert "Sign in" in error.value.error_dict["email"][0]

    @pytest.mark.parametrize(
        "fault",
        [
            {"title": "  "}, {"title": "abc"}, {"title": "a" * 201}, {"what": ""}, {"why": " "},
            {"what": "a" * 4001}, {"email": "nobody"}, {"email": "a@b.uz\nBcc: c@d.uz"}, {"body": "none"},
        ],
    )  # fmt: skip
    def test_what_can_t_be_taken(self, fault: dict[str, str]):
        with pytest.raises(tk.ValidationError) as error:
            suggest(**{"email": MAIL, **fault})
        assert list(error.value.error_dict) == list(fault)
        assert model.Session.scalars(sa.select(Suggestion)).all() == []

    @pytest.mark.parametrize("holder", ["Таълим вазирлиги", "ministry-education", "1-002"])
    def test_the_holder_is_found_in_the_register(self, holder: str):
        number = suggest(factories.User()["name"], holder=holder)["number"]
        assert show(number)["body"]["name"] == "ministry-education"

    def test_an_unknown_holder_stays_as_written(self):
        number = suggest(factories.User()["name"], holder="Avtobus parki")["number"]
        assert (show(number)["body"], show(number)["holder_text"]) == (None, "Avtobus parki")


class TestLimits:
    def test_a_person(self, ckan_config, monkeypatch):
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.suggestions.per_person", 2)
        first, other = factories.User()["name"], factories.User()["name"]
        number = suggest(first)["number"]
        as_user(first, "roadmap_suggestion_comment", number=number, text="A")
        with pytest.raises(tk.ValidationError, match="Too many messages"):
            suggest(first)
        assert suggest(other)["number"] == "2023-0002"

    def test_an_address_in_any_case(self, ckan_config, monkeypatch):
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.suggestions.per_person", 1)
        suggest(email=MAIL)
        with pytest.raises(tk.ValidationError, match="Too many messages"):
            suggest(email=MAIL.upper())

    def test_a_network_address_over_the_api(self, app, ckan_config, monkeypatch):
        monkeypatch.setitem(ckan_config, "ckanext.roadmap.suggestions.per_address", 2)
        url = "/api/3/action/roadmap_suggestion_create"
        answers = [app.post(url, json={**WISH, "email": f"a{place}@example.org"}) for place in range(3)]
        assert [answer.status_code for answer in answers] == [200, 200, 409]

    def test_the_counter_names_nobody_and_ends(self):
        suggest(email=MAIL)
        redis = connect_to_redis()
        keys = [key.decode() for key in redis.scan_iter(f"{config.site_id()}:roadmap-limit:*")]
        assert keys
        assert not [key for key in keys if "dilnoza" in key or redis.ttl(key) <= 0]


class TestTokens:
    def made(self, kind: Sent = Sent.suggestion, id: str = "none", at: datetime | None = None) -> str:
        at = at or datetime(2023, 4, 10, 7, tzinfo=UTC)
        return suggestion_tokens.sign(config.secret_key(), kind, id, at)

    def refused(self, value: str) -> str:
        with pytest.raises(tk.ValidationError) as error:
            anybody("roadmap_suggestion_confirm", token=value)
        return error.value.error_dict["token"][0]

    def test_made_elsewhere_or_changed(self):
        good = self.made()
        for bad in (
            "x",
            good[:-2] + "xx",
            "x" + good,
            suggestion_tokens.sign("other", Sent.suggestion, "a", datetime.now(UTC)),
        ):
            assert "not made by the portal" in self.refused(bad)

    def test_too_old(self, rehearsal):
        suggest(email=MAIL)
        id = model.Session.scalars(sa.select(Suggestion.id)).one()
        value = self.made(id=id)
        rehearsal.set("2023-04-13T12:00:01")
        assert "too old" in self.refused(value)
        assert model.Session.scalars(sa.select(Suggestion.state)).one() == "unconfirmed"
        rehearsal.set("2023-04-13T11:59")
        assert anybody("roadmap_suggestion_confirm", token=value)["number"] == "2023-0001"

    def test_of_something_thrown_away(self):
        for kind in Sent:
            assert "too old" in self.refused(self.made(kind))

    def test_a_suggestion_s_token_confirms_no_comment(self, mail_server):
        number = confirmed(mail_server)
        anybody("roadmap_suggestion_comment", number=number, text="Ha", email=MAIL)
        comment = model.Session.scalars(sa.select(SuggestionComment.id)).one()
        assert "too old" in self.refused(self.made(Sent.suggestion, comment))

    def test_it_carries_no_address(self, mail_server):
        suggest(email=MAIL)
        run_jobs()
        payload = token(bodies(mail_server)[0]).split(".")[0]
        assert set(json.loads(base64.urlsafe_b64decode(payload + "=="))) == {"kind", "id", "at"}


class TestLetters:
    def ask(self, mail_server: Any) -> tuple[str, str]:
        """The tokens of a mail that asks to confirm: to confirm, and for no more letters."""
        suggest(email=MAIL)
        run_jobs()
        text = bodies(mail_server, MAIL)[-1]
        return token(text), token(text.partition("/suggest/letters")[2])

    def test_the_link_ends_them_throws_away_and_lets_them_come_again(self, app, mail_server):
        confirm, stop = self.ask(mail_server)
        for lang in ("uz", "uz_Cyrl", "ru", "en"):
            assert app.get(f"/{lang}/suggest/letters?token={stop}", status=200)
        assert anybody("roadmap_suggestion_letters_show", token=stop) == {"wanted": True}
        for _time in range(2):
            app.post("/en/suggest/letters", data={"token": stop, "wanted": "no"}, follow_redirects=False)
        assert "Letters again" in app.get(f"/en/suggest/letters?token={stop}").body
        with pytest.raises(tk.ValidationError, match="too old"):
            anybody("roadmap_suggestion_confirm", token=confirm)
        suggest(email=MAIL.upper())
        run_jobs()
        assert len(mail_server.get_smtp_messages()) == 1
        anybody("roadmap_suggestion_letters_set", token=stop, wanted=True)
        confirm, _stop = self.ask(mail_server)
        assert anybody("roadmap_suggestion_confirm", token=confirm)["number"] == "2023-0001"

    def test_what_is_confirmed_stays_and_no_step_is_mailed(self, mail_server, rehearsal):
        number = confirmed(mail_server)
        run_jobs()
        stop = token(bodies(mail_server, MAIL)[-1].partition("/suggest/letters")[2])
        anybody("roadmap_suggestion_letters_set", token=stop, wanted=False)
        anybody("roadmap_suggestion_comment", number=number, text="Ha", email=MAIL)
        told = len(mail_server.get_smtp_messages())
        coordinator = member("statistics-agency", "member")
        other = suggest(coordinator)["number"]
        as_user(coordinator, "roadmap_suggestion_merge", number=number, into=other, reason="One")
        run_jobs()
        assert [letter[2] for letter in mail_server.get_smtp_messages()[told:]] == [
            [model.User.get(coordinator).email]
        ]
        assert show(number)["state"] == "merged"

    def test_no_other_link_does(self, app, mail_server):
        confirm, _stop = self.ask(mail_server)
        for bad in ("x", confirm):
            with pytest.raises(tk.ValidationError, match="not made by the portal"):
                anybody("roadmap_suggestion_letters_set", token=bad, wanted=False)
        assert "not whole" in app.get("/en/suggest/letters", status=400).body


class TestSeconds:
    def test_once_a_user(self):
        author, other = factories.User()["name"], factories.User()["name"]
        number = suggest(author)["number"]
        assert as_user(other, "roadmap_suggestion_second", number=number)["state"] == "counted"
        with pytest.raises(tk.ValidationError, match="given your voice already"):
            as_user(other, "roadmap_suggestion_second", number=number)
        with pytest.raises(tk.ValidationError, match="your own suggestion"):
            as_user(author, "roadmap_suggestion_second", number=number)
        assert (show(number)["seconds"], show(number, other)["seconded"]) == (1, True)

    def test_once_an_address_and_told_to_nobody(self, mail_server):
        number = suggest(factories.User()["name"])["number"]
        for place in range(3):
            answer = anybody("roadmap_suggestion_second", number=number, email=MAIL)
            assert answer["state"] == "unconfirmed"
            assert show(number)["seconds"] == min(place, 1)
            run_jobs()
            sent = bodies(mail_server, MAIL)
            anybody("roadmap_suggestion_confirm", token=token(sent[-1]))
        assert (show(number)["seconds"], len(sent)) == (1, 1)
        row = model.Session.scalars(sa.select(SuggestionSecond)).one()
        assert row.email is None
        assert "dilnoza" not in row.voice

    def test_an_author_by_mail_counts_no_second_time(self, mail_server):
        number = confirmed(mail_server)
        mail_server.clear_smtp_messages()
        anybody("roadmap_suggestion_second", number=number, email=MAIL)
        run_jobs()
        assert not [text for text in bodies(mail_server, MAIL) if "confirm?token=" in text]
        assert show(number)["seconds"] == 0


class TestComments:
    def test_shown_with_the_role_and_hidden_with_the_reason(self):
        officer, coordinator = member("ministry-education"), member("statistics-agency", "member")
        number = suggest(factories.User()["name"], body="ministry-education")["number"]
        for name in (officer, coordinator, factories.User()["name"]):
            as_user(name, "roadmap_suggestion_comment", number=number, text="Say <b>it</b>")
        found = {one["role"]: one["id"] for one in show(number)["comments"]}
        assert found.keys() == {"body", "coordinator", "citizen"}
        hide = {"number": number, "comment": found["citizen"], "reason": "An advertisement"}
        as_user(coordinator, "roadmap_suggestion_hide", **hide)
        [hidden] = [one for one in show(number)["comments"] if one["role"] == "citizen"]
        assert (hidden["text"], hidden["hidden_reason"]) == (None, "An advertisement")
        with pytest.raises(tk.NotAuthorized):
            as_user(officer, "roadmap_suggestion_hide", **hide)

    def test_a_comment_of_another_suggestion_is_not_found(self):
        user = factories.User()["name"]
        one, other = suggest(user)["number"], suggest(user)["number"]
        as_user(user, "roadmap_suggestion_comment", number=one, text="Ha")
        comment = show(one)["comments"][0]["id"]
        with pytest.raises(tk.ObjectNotFound):
            act("roadmap_suggestion_hide", number=other, comment=comment, reason="x")

    def test_by_mail_only_once_it_is_confirmed(self, mail_server):
        number = suggest(factories.User()["name"])["number"]
        anybody("roadmap_suggestion_comment", number=number, text="Menga ham kerak", email=MAIL)
        assert show(number)["comments"] == []
        run_jobs()
        anybody("roadmap_suggestion_confirm", token=token(bodies(mail_server, MAIL)[0]))
        assert [one["text"] for one in show(number)["comments"]] == ["Menga ham kerak"]
        assert model.Session.scalars(sa.select(SuggestionComment.email)).one() is None

    def test_hidden_texts_leave_their_reason(self):
        number = suggest(factories.User()["name"])["number"]
        act("roadmap_suggestion_hide", number=number, reason="Names a person")
        found = show(number)
        assert [found[name] for name in ("title", "what", "why", "holder_text")] == [None] * 4
        assert found["hidden_reason"] == "Names a person"
        assert anybody("roadmap_suggestion_list", q="avtobus")["count"] == 0
        assert anybody("roadmap_suggestion_list", like=WISH["title"])["count"] == 0


class TestAlike:
    @pytest.mark.parametrize(
        "title", ["Мактаб автобуслари жадвали", "MAKTAB AVTOBUSLARI JADVALLARI", "avtobus jadvali maktab"]
    )
    def test_found_in_any_script_case_and_order(self, title: str):
        number = suggest(factories.User()["name"])["number"]
        found = anybody("roadmap_suggestion_list", like=title)["suggestions"]
        assert [one["number"] for one in found] == [number]

    @pytest.mark.parametrize("title", ["Shifoxonalar ro'yxati", "Школьное питание", "?!", "Bog'cha navbati"])
    def test_others_are_not(self, title: str):
        suggest(factories.User()["name"])
        assert anybody("roadmap_suggestion_list", like=title)["count"] == 0


class TestMerge:
    def test_credit_is_kept(self, mail_server):
        users = [factories.User()["name"] for _one in range(4)]
        survivor, merged = suggest(users[0])["number"], suggest(users[1])["number"]
        for name, number in (
            (users[2], survivor),
            (users[2], merged),
            (users[3], merged),
            (users[0], merged),
        ):
            as_user(name, "roadmap_suggestion_second", number=number)
        anybody("roadmap_suggestion_second", number=merged, email=MAIL)
        run_jobs()
        late = token(bodies(mail_server, MAIL)[-1])
        act("roadmap_suggestion_merge", number=merged, into=survivor, reason="The same")
        assert show(survivor)["seconds"] == 3  # users 1 (author), 2 (once), 3; user 0 made it
        assert show(survivor)["merged"] == [merged]
        old = show(merged)
        assert (old["state"], old["merged_into"], old["seconds"]) == ("merged", survivor, 3)
        assert anybody("roadmap_suggestion_confirm", token=late)["number"] == survivor
        assert show(survivor)["seconds"] == 4
        with pytest.raises(tk.ValidationError, match="your own suggestion"):
            as_user(users[1], "roadmap_suggestion_second", number=survivor)

    def test_both_authors_are_told_from_then_on(self, mail_server):
        first, second = factories.User(), factories.User()
        survivor, merged = suggest(first["name"])["number"], suggest(second["name"])["number"]
        act("roadmap_suggestion_merge", number=merged, into=survivor, reason="The same")
        step(survivor, "in_docket")
        run_jobs()
        for person, told in ((first, 2), (second, 3)):
            assert len(bodies(mail_server, person["email"])) == told
            notices = as_user(person["name"], "roadmap_suggestion_notice_list")
            assert (notices[0]["number"], notices[0]["state"]) == (survivor, "in_docket")

    def test_a_chain_of_mergers_leads_to_the_last(self):
        numbers = [suggest(factories.User()["name"])["number"] for _one in range(3)]
        act("roadmap_suggestion_merge", number=numbers[0], into=numbers[1], reason="x")
        act("roadmap_suggestion_merge", number=numbers[1], into=numbers[2], reason="x")
        assert [show(one)["merged_into"] for one in numbers] == [numbers[2], numbers[2], None]
        assert show(numbers[2])["seconds"] == 2

    def test_refused(self):
        one, other = suggest(factories.User()["name"])["number"], suggest(factories.User()["name"])["number"]
        with pytest.raises(tk.ValidationError, match="into itself"):
            act("roadmap_suggestion_merge", number=one, into=one, reason="x")
        act("roadmap_suggestion_merge", number=one, into=other, reason="x")
        with pytest.raises(tk.ValidationError, match="takes nobody in"):
            act("roadmap_suggestion_merge", number=other, into=one, reason="x")
        with pytest.raises(tk.ValidationError, match="can't become merged"):
            act("roadmap_suggestion_merge", number=one, into=other, reason="x")
        with pytest.raises(tk.ValidationError, match="takes no more voices"):
            as_user(factories.User()["name"], "roadmap_suggestion_second", number=one)


@pytest.fixture
def logged(app) -> Iterator[io.StringIO]:
    """What the mailer of CKAN and ours write into the log, with its traces."""
    text, loggers = io.StringIO(), [logging.getLogger(name) for name in LOGGERS]
    handler, before = logging.StreamHandler(text), [(one.disabled, one.level) for one in loggers]
    for one in loggers:
        one.disabled = False
        one.setLevel(logging.DEBUG)
        one.addHandler(handler)
    yield text
    for one, (disabled, level) in zip(loggers, before, strict=True):
        one.removeHandler(handler)
        one.disabled, one.level = disabled, level


def step(number: str, *states: str, **data: Any) -> None:
    """Take a suggestion on, as the commission's docket does."""
    found = model.Session.scalars(Suggestion.by_number(number)).one()
    for state in states:
        suggestions.step(model.Session(), found, state, "Grounds", "someone", clock.now(), **data)
    model.Session.commit()
    suggestion_jobs.ask_for_mail()


class TestTelling:
    def test_each_step_is_told_once_in_the_author_s_language(self, app, mail_server):
        answer = app.post("/uz/suggest", data={**WISH, "email": MAIL}, follow_redirects=False)
        assert answer.status_code == 302
        run_jobs()
        anybody("roadmap_suggestion_confirm", token=token(bodies(mail_server, MAIL)[0]))
        step("2023-0001", "in_docket", "rejected")
        run_jobs()
        run_jobs()
        sent = bodies(mail_server, MAIL)
        assert len(sent) == 4
        assert "Grounds" in sent[-1]
        assert all("/uz/suggest" in text for text in sent)

    def test_failing_mail_breaks_no_step_and_is_tried_again(self, mail_server, monkeypatch, logged):
        number = confirmed(mail_server)
        sent = len(bodies(mail_server, MAIL))

        def fail(*_args: Any, **_more: Any) -> None:
            raise OSError(f"no route to {MAIL}")

        with monkeypatch.context() as patch:
            patch.setattr("smtplib.SMTP", fail)
            step(number, "in_docket")
            run_jobs()
        assert show(number)["state"] == "in_docket"
        assert "was not sent: MailerException" in logged.getvalue()
        assert MAIL not in logged.getvalue()
        assert suggestion_jobs.mail_notices() == 2
        assert len(bodies(mail_server, MAIL)) == sent + 2

    def test_a_link_that_could_not_be_mailed_is_tried_again(self, mail_server, monkeypatch):
        suggest(email=MAIL)
        id = model.Session.scalars(sa.select(Suggestion.id)).one()

        def fail(*_args: Any, **_more: Any) -> None:
            raise OSError("no route")

        with monkeypatch.context() as patch:
            patch.setattr("smtplib.SMTP", fail)
            with pytest.raises(MailerException):
                suggestion_jobs.mail_confirmation("suggestion", id)
        value = None
        for sent in (True, False):
            assert suggestion_jobs.mail_confirmation("suggestion", id) is sent
            value = value or token(bodies(mail_server, MAIL)[-1])
            anybody("roadmap_suggestion_confirm", token=value)

    def test_a_queue_that_is_away_breaks_nothing(self, monkeypatch):
        def fail(*_args: Any, **_more: Any) -> None:
            raise RedisError

        monkeypatch.setattr(tk, "enqueue_job", fail)
        assert suggest(factories.User()["name"])["number"] == "2023-0001"

    def test_no_address_in_the_log_or_the_queue(self, mail_server, logged):
        suggest(email=MAIL)
        [job] = tk.get_action("job_list")({"ignore_auth": True, "user": ""}, {})
        kept = job_from_id(job["id"]).to_dict()
        assert MAIL.encode() not in b"".join(map(plain, kept.values()))
        run_jobs()
        assert bodies(mail_server, MAIL)
        assert "Sent email to …" in logged.getvalue()
        assert MAIL not in logged.getvalue()

    def test_in_the_portal_until_it_is_read(self):
        user = factories.User()["name"]
        number = suggest(user)["number"]
        step(number, "in_docket", "deferred")
        found = as_user(user, "roadmap_suggestion_notice_list")
        assert {one["state"] for one in found} == {"open", "in_docket", "deferred"}
        assert as_user(user, "roadmap_suggestion_notice_seen") == {"seen": 3}
        assert all(one["seen"] for one in as_user(user, "roadmap_suggestion_notice_list"))
        assert as_user(factories.User()["name"], "roadmap_suggestion_notice_list") == []


def plain(value: Any) -> bytes:
    """A field of a job as it can be read, unpacked if it was packed."""
    if not isinstance(value, bytes):
        return str(value).encode()
    try:
        return zlib.decompress(value)
    except zlib.error:
        return value


class TestDaily:
    def test_the_author_is_told_when_the_data_appear(self, rehearsal, mail_server):
        country.import_list()
        country.approve()
        number = confirmed(mail_server)
        step(number, "in_docket")
        step(number, "accepted", item_code="E-01")
        assert act("roadmap_ledger_extend")["published"] == []
        publish(rehearsal, "2023-05-02T09:00")
        assert act("roadmap_ledger_extend")["published"] == [number]
        assert act("roadmap_ledger_extend")["published"] == []
        run_jobs()
        found = show(number)
        assert (found["state"], found["item_code"]) == ("published", "E-01")
        assert found["published_at"].startswith("2023-05-02")
        assert "are on the portal" in bodies(mail_server, MAIL)[-1]

    def test_a_confirmed_link_tells_at_once_and_but_once(self, rehearsal, mail_server):
        country.import_list()
        country.approve()
        number = confirmed(mail_server)
        step(number, "in_docket")
        step(number, "accepted", item_code="E-01")
        made = factories.Dataset(owner_org="ministry-education")["id"]
        file = FileStorage(io.BytesIO(b"code,region\n1,1703\n"), filename="schools.csv")
        act("resource_create", package_id=made, upload=file, format="CSV")
        owed = act("roadmap_unmatched_obligation_list", q="E-01")["obligations"][0]["id"]
        link = act("roadmap_publication_propose", obligation=owed, dataset=made)
        act("roadmap_publication_confirm", id=link["id"])
        assert Job.exists(f"content_{made}", connect_to_redis()), "the data are measured soon"
        assert content_checks.measure(made) == ["changed"]
        run_jobs()
        assert show(number)["state"] == "published"
        sent = bodies(mail_server, MAIL)
        assert "are on the portal" in sent[-1]
        content_checks.measure(made)
        publish(rehearsal, "2023-05-02T09:00")
        act("roadmap_ledger_extend")
        run_jobs()
        assert bodies(mail_server, MAIL) == sent

    def test_two_workers_do_not_send_the_same_mail(self, mail_server):
        step(confirmed(mail_server), "in_docket")
        ids = model.Session.scalars(SuggestionNotice.unsent_ids(1)).all()
        sent = len(bodies(mail_server, MAIL))
        with model.meta.engine.connect() as other:
            other.execute(SuggestionNotice.taken(ids[-1]))
            assert suggestion_jobs.mail_notices() == len(ids) - 1
        assert suggestion_jobs.mail_notices() == 1
        assert len(bodies(mail_server, MAIL)) == sent + len(ids)

    def test_addresses_go_a_month_after_the_end(self, rehearsal, mail_server):
        number = confirmed(mail_server)
        step(number, "in_docket", "rejected")
        run_jobs()
        rehearsal.set("2023-05-09T12:00")
        act("roadmap_ledger_extend")
        assert model.Session.scalars(sa.select(Suggestion.author_email)).one() == MAIL
        rehearsal.set("2023-05-11T12:00")
        act("roadmap_ledger_extend")
        assert model.Session.scalars(sa.select(Suggestion.author_email)).one() is None

    def test_what_nobody_confirmed_is_thrown_away(self, rehearsal, mail_server):
        kept = confirmed(mail_server)
        suggest(email=MAIL)
        anybody("roadmap_suggestion_second", number=kept, email="other@example.org")
        anybody("roadmap_suggestion_comment", number=kept, email=MAIL, text="Ha")
        rehearsal.set("2023-04-13T11:00")
        act("roadmap_ledger_extend")
        assert model.Session.scalar(sa.select(sa.func.count()).select_from(Suggestion)) == 2
        rehearsal.set("2023-04-13T13:00")
        act("roadmap_ledger_extend")
        assert [one.number for one in model.Session.scalars(sa.select(Suggestion))] == [kept]
        for table in (SuggestionSecond, SuggestionComment):
            assert model.Session.scalars(sa.select(table)).all() == []


class TestList:
    def test_counts_facets_search_and_the_median(self, rehearsal):
        numbers = [suggest(factories.User()["name"], title=f"Wish {word}")["number"] for word in "abcde"]
        step(numbers[0], "in_docket")
        rehearsal.set("2023-04-14T12:00")
        step(numbers[0], "accepted")
        step(numbers[1], "in_docket", "rejected")
        rehearsal.set("2023-04-20T12:00")
        step(numbers[2], "in_docket", "rejected")
        step(numbers[3], "in_docket", "deferred")
        found = anybody("roadmap_suggestion_list")
        assert found["states"] == {"open": 1, "accepted": 1, "rejected": 2, "deferred": 1}
        assert found["answer_days"] == 4
        assert [one["number"] for one in found["suggestions"]] == numbers[::-1]
        assert anybody("roadmap_suggestion_list", state="rejected", limit=1)["count"] == 2
        assert anybody("roadmap_suggestion_list", q="уиш")["count"] == 0
        assert anybody("roadmap_suggestion_list", q="WISH E")["count"] == 1
        assert anybody("roadmap_suggestion_list", body="ministry-finance")["count"] == 0

    def test_nobody_s_address_or_name_is_given(self, mail_server):
        user = factories.User(fullname="Aziza Karimova")
        suggest(user["name"])
        number = confirmed(mail_server)
        anybody("roadmap_suggestion_second", number=number, email=MAIL)
        as_user(user["name"], "roadmap_suggestion_comment", number=number, text="Ha")
        sysadmin = factories.Sysadmin()["name"]
        for name in ("", sysadmin):
            given = json.dumps([show(number, name), as_user(name, "roadmap_suggestion_list")])
            for secret in (MAIL, user["name"], user["id"], user["email"], "Aziza"):
                assert secret not in given


def test_the_limit_of_time_counts_from_the_mail(rehearsal, mail_server):
    suggest(email=MAIL)
    at = rehearsal.set("2023-04-11T12:00")
    run_jobs()
    secret, valid = config.secret_key(), config.suggestions_valid()
    value = token(bodies(mail_server)[0])
    suggestion_tokens.read(secret, value, at + timedelta(days=3), valid)
