"""A citizen asks for data, others join, the coordinator merges: in Chromium, with and without scripts."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from ckan import model
from ckan.tests import factories

from ckanext.roadmap.model import Suggestion
from ckanext.roadmap.services import clock, suggestions
from ckanext.roadmap.tests.journeys.conftest import Reader
from ckanext.roadmap.tests.journeys.test_acts import PASSWORD, log_in
from ckanext.roadmap.tests.logic.acting import as_user, member
from ckanext.roadmap.tests.logic.box import MAIL, WISH, bodies, clear, run_jobs, show, suggest, token

pytestmark = pytest.mark.usefixtures("with_plugins", "told", "mails")
LANGUAGES = ("uz", "uz_Cyrl", "ru", "en")


@pytest.fixture
def mails(told: Any, app: Any, mail_server: Any, ckan_config: dict[str, Any], monkeypatch: Any) -> None:
    """Empty queues and counters, and a server of mails."""
    monkeypatch.setitem(ckan_config, "smtp.server", "mail.example.org")
    clear()


@pytest.fixture
def plain(portal: str, browser: Browser) -> Any:
    """A reader whose browser runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_default_timeout(15000)
    yield Reader(page, portal)
    context.close()


def fill(page: Any, **texts: str) -> None:
    for name, text in texts.items():
        page.locator(f".roadmap-open-form [name={name}]").fill(text)


def test_from_the_wish_to_the_number_without_scripts(plain, mail_server):
    page = plain.page
    page.goto(f"{plain.base}/uz/suggest")
    fill(page, **WISH, holder="Ta'lim vazirligi", email=MAIL)
    page.locator(".roadmap-open-form button.btn-primary").click()
    expect(page.locator("h1")).to_contain_text("elektron pochta")
    run_jobs()
    text = bodies(mail_server, MAIL)[0]
    page.goto(f"{plain.base}/uz/suggest/confirm?token={token(text)}")
    page.locator("main .btn-primary, .primary .btn-primary").click()
    expect(page.locator("h1")).to_contain_text(WISH["title"])
    assert page.url.endswith("/uz/suggestions/2023-0001")
    page.goto(f"{plain.base}/ru/suggest")
    fill(page, **WISH | {"title": "Мактаб автобуслари жадвали"}, email="other@example.org")
    page.locator(".roadmap-open-form button.btn-primary").click()
    page.locator("[formaction]").click()
    expect(page.locator("h1")).to_be_visible()
    run_jobs()
    page.goto(f"{plain.base}/ru/suggest/confirm?token={token(bodies(mail_server, 'other@example.org')[0])}")
    page.locator(".primary .btn-primary").click()
    expect(page.locator(".roadmap-voices")).to_have_text("1 голос")


def test_discussed_merged_decided(reader):
    author, friend = factories.User(password=PASSWORD)["name"], factories.User()["name"]
    first = suggest(author)["number"]
    second = suggest(friend, title="Maktab avtobuslari jadvallari", what="Vaqti")["number"]
    coordinator = member("statistics-agency", "member")
    user = model.User.get(coordinator)
    user.password = PASSWORD
    model.Session.commit()
    log_in(reader, author)
    page = reader.visit(f"/suggestions/{second}")
    page.locator(f"#title-comment-{second}").click()
    page.locator(f"#comment-{second} textarea").fill("Menga ham kerak\n<b>juda</b>")
    reader.check()
    page.locator(f"#comment-{second} button").click()
    expect(page.locator(".roadmap-story .roadmap-said").last).to_contain_text("<b>juda</b>")
    page.locator(f"#title-second-{second}").click()
    page.locator(f"#second-{second} button").click()
    expect(page.locator(".roadmap-voices")).to_contain_text("1")
    log_in(reader, coordinator)
    reader.visit(f"/suggestions/{second}")
    page.locator(f"#title-merge-{second}").click()
    page.locator(f"#merge-{second} [name=into]").fill(first)
    page.locator(f"#merge-{second} textarea").fill("Bir xil")
    reader.check()
    page.locator(f"#merge-{second} button").click()
    expect(page.locator(".roadmap-verdict")).to_contain_text("Birlashtirilgan")
    reader.check()
    assert show(first)["seconds"] == 1
    found = model.Session.scalars(Suggestion.by_number(first)).one()
    for state in ("in_docket", "rejected"):
        suggestions.step(model.Session(), found, state, "Shaxsiy ma'lumotlar bor", "", clock.now())
    model.Session.commit()
    log_in(reader, author)
    expect(reader.visit("/suggestions").locator("[aria-labelledby=notices] li").first).to_contain_text(first)
    page.locator("[aria-labelledby=notices] button").click()
    expect(page.locator("[aria-labelledby=notices]")).to_have_count(0)
    page.locator(".roadmap-statuses a", has_text="Rad etilgan").click()
    expect(page.locator("#table-suggestions tbody tr")).to_have_count(1)
    reader.check()


def test_every_page_in_every_language(reader):
    user = factories.User()["name"]
    number = suggest(user, holder="Таълим вазирлиги", indicator="SDG 4.a.1")["number"]
    as_user(factories.User()["name"], "roadmap_suggestion_second", number=number)
    as_user(user, "roadmap_suggestion_comment", number=number, text="Tumanlar kesimida")
    for reader.lang in LANGUAGES:
        for path in (
            "/suggest",
            "/suggest/sent",
            "/suggest/confirm?token=x",
            "/suggest/letters?token=x",
            "/suggestions",
            f"/suggestions/{number}",
        ):
            expect(reader.visit(path).locator("h1")).to_be_visible()
        page = reader.visit("/suggest")
        fill(page, title="Maktab avtobuslari jadvali", what="a", why="b", email=MAIL)
        page.locator(".roadmap-open-form button.btn-primary").click()
        expect(page.locator("[formaction]")).to_be_visible()
        reader.check()


def test_a_telephone(reader):
    reader.page.set_viewport_size({"width": 375, "height": 700})
    number = suggest(factories.User()["name"])["number"]
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    for path in ("/suggest", "/suggestions", f"/suggestions/{number}"):
        assert reader.visit(path).evaluate(width)
