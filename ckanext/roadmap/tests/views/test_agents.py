"""The page on which a coordinator issues and revokes the tokens of agents."""

from __future__ import annotations

import pytest

from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.logic.test_systems import SYSTEM
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
URL = "/en/systems/IS-0001/agent"


def test_a_token_is_shown_once_and_revoked(app):
    act("roadmap_system_create", **SYSTEM, connection="education")
    who = headers(member("statistics-agency", "member"))
    assert "No token has been issued" in page(app, URL, headers=who).get_text()
    made = app.post(URL, data={"form": "token-IS-0001", "note": "Server 7"}, headers=who)
    token = made.body.partition("<code>rmp_")[2].partition("<")[0]
    assert len(token) > 40
    shown = page(app, URL, headers=who)
    assert "Server 7" in shown.get_text()
    assert token not in str(shown)
    (form,) = [one["id"] for one in shown.select("form[id^=revoke-]")]
    app.post(URL, data={"form": form}, headers=who)
    assert act("roadmap_push_token_list", system="IS-0001")[0]["revoked_at"]
    app.post(URL, data={"form": form}, headers=who, status=403)
    app.get(URL, headers=headers(member("ministry-education")), status=403)
    link = "a[href$='IS-0001/agent']"
    assert page(app, "/en/systems/IS-0001", headers=who).select(link)
    assert not page(app, "/en/systems/IS-0001", headers=headers(member("ministry-education"))).select(link)
