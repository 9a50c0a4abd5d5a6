"""Input that no form means: each is refused with a word, and none spoils the requests after it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from bs4 import BeautifulSoup

from ckan import model
from ckan.tests import factories

from ckanext.roadmap.model import Suggestion
from ckanext.roadmap.tests.logic.box import WISH
from ckanext.roadmap.views import compliance

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")


def test_null_characters_are_refused_wherever_they_stand(app):
    for address in ("/compliance/deadlines?body=%00", "/dataset/?q=a%00", "/compliance/body/a%00"):
        assert "holds a null character" in app.get(address, status=400).body, address
    assert "null character" in app.post("/api/action/roadmap_item_show", json={"code": "\0"}, status=400).body


@pytest.mark.parametrize("asked", [{"year": 10**20}, {"year": 1}, {"year": 2023, "number": 2**31}])
def test_numbers_that_no_list_can_have(app, asked):
    headers = {"Authorization": factories.SysadminWithToken()["token"]}
    answer = app.post("/api/action/roadmap_list_version_show", json=asked, headers=headers, status=409)
    assert answer.json["error"].keys() & asked.keys()


def test_a_statement_that_failed_does_not_fail_the_next_page(app, monkeypatch):
    def failing(*_names, **_questions):
        model.Session.execute(sa.text("SELECT 1/0"))

    with monkeypatch.context() as broken:
        broken.setattr(compliance, "act", failing)
        with pytest.raises(sa.exc.DataError):
            app.get("/compliance/item/E-01")
    app.get("/compliance/item/E-01", status=200)
    assert model.Session.scalar(sa.text("SELECT 1")) == 1


def test_a_form_is_taken_only_from_its_own_page(app, monkeypatch):
    monkeypatch.setitem(app.flask_app.config, "WTF_CSRF_ENABLED", True)
    app.get("/en/suggest", status=200)  # CKAN asks for no token any more once the public has seen a page
    name = factories.User(password="correct horse 2023")["name"]
    reader = app.test_client()
    reader.post("/en/user/login", data={"login": name, "password": "correct horse 2023"})
    for token in ({}, {"_csrf_token": "x"}):
        refused = reader.post("/en/suggest", data={**WISH, **token})
        assert refused.status_code == 400
        kept = BeautifulSoup(refused.data, "html.parser").select("textarea[readonly]")
        assert [one.get_text() for one in kept] == [*WISH.values()]
    assert model.Session.scalar(sa.select(sa.func.count(Suggestion.id))) == 0
    shown = BeautifulSoup(reader.get("/en/suggest").data, "html.parser")
    token = shown.select_one(".roadmap-open-form [name=_csrf_token]")["value"]
    reader.post("/en/suggest", data={**WISH, "_csrf_token": token})
    assert model.Session.scalar(sa.select(sa.func.count(Suggestion.id))) == 1
