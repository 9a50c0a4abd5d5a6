"""The first page is written once for all its readers, and anew as soon as anything in it is another."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

import ckan.plugins.toolkit as tk
from ckan.tests import factories

from ckanext.roadmap.views import kept_parts

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")


@pytest.fixture(autouse=True)
def writings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The addresses of which a part is written."""
    found: list[str] = []
    real = tk.render_snippet

    def render_snippet(*templates: str, **variables: object) -> str:
        found.append(tk.request.full_path)
        return real(*templates, **variables)

    kept_parts._written.clear()
    monkeypatch.setattr(tk, "render_snippet", render_snippet)
    return found


def part(app, address, **options) -> str:
    body = app.get(address, status=200, **options).body
    return str(BeautifulSoup(body, "html.parser").select_one("#compliance-results"))


def test_all_readers_get_what_was_written_once(app, writings):
    sysadmin = {"Authorization": factories.SysadminWithToken()["token"]}
    assert part(app, "/en/compliance") == part(app, "/en/compliance", headers=sysadmin)
    assert len(writings) == 1


def test_another_language_order_or_time_is_written_by_itself(app, writings):
    asked = (
        "/en/compliance",
        "/ru/compliance",
        "/en/compliance?sort=-body",
        "/en/compliance?as_of=2023-07-10",
    )
    assert len({part(app, address) for address in asked}) == len(asked)
    again = [part(app, address) for address in asked]
    assert len(writings) == len(asked)
    assert "Министерство" in again[1]


def test_figures_that_change_are_told_at_once(app, writings, rehearsal):
    before = part(app, "/en/compliance")
    rehearsal.set("2023-08-20T12:00")
    assert part(app, "/en/compliance") != before
    assert len(writings) == 2


def test_a_narrowed_country_is_written_anew(app, writings):
    for _ in range(2):
        assert "Tax Committee" in part(app, "/en/compliance?q=tax")
    assert len(writings) == 2
