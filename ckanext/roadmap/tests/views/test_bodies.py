"""Pages of the register: the tree on any day, a body's card, and the import that shows before it does."""

from __future__ import annotations

import csv
import io

import pytest
from bs4 import BeautifulSoup

from ckanext.roadmap.tests import country
from ckanext.roadmap.tests.country import BODIES, act
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
IMPORT = "/en/bodies/import"
RENAMED = BODIES.replace("Tax Committee", "Tax Service")
MERGED = "body,from_body,kind,effective,act\nministry-finance,tax-committee,merged,2023-07-01,PF-269\n"


@pytest.fixture
def who(approved) -> dict[str, str]:
    return headers(member("statistics-agency", "member"))


def send(app, who, status=200, **data) -> BeautifulSoup:
    return BeautifulSoup(
        app.post(IMPORT, data=data, headers=who, status=status, follow_redirects=False).body, "html.parser"
    )


def file(text: str, name: str = "bodies.csv") -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode()), name


def fields(shown: BeautifulSoup) -> dict[str, str]:
    return {field["name"]: field["value"] for field in shown.select("#apply input[type=hidden]")}


def test_the_tree(app):
    shown = page(app, "/en/bodies")
    assert "5 bodies" in shown.select_one("#bodies").get_text()
    [child] = shown.select(".roadmap-depth-1")
    assert "Tax Committee" in child.get_text()
    assert "Andijan" in shown.get_text()
    found = page(app, "/en/bodies?q=солиқ").select("#table-register tbody tr")
    assert len(found) == 1
    assert "No body matches" in page(app, "/en/bodies?kind=bank").get_text()
    page(app, "/en/bodies?at=soon", status=400)
    assert not page(app, "/en/bodies").select(f'a[href="{IMPORT}"]')


def test_a_long_register_is_paged_and_the_search_kept(app, monkeypatch):
    monkeypatch.setattr("ckanext.roadmap.views.queries.PAGE_SIZE", 2)
    found = {number: page(app, f"/en/bodies?q=a&page={number}") for number in (1, 2, 3, 99)}
    names = {number: [row.get_text() for row in one.select("tbody th")] for number, one in found.items()}
    assert "5 bodies" in found[2].select_one("#bodies").get_text()
    assert [len(names[number]) for number in (1, 2, 3)] == [2, 2, 1]
    assert len({name for one in names.values() for name in one}) == 5
    assert names[99] == names[3]
    assert "q=a" in found[1].select_one(".roadmap-paging a[rel=next]")["href"]
    assert "page" not in found[2].select_one('.roadmap-head a[href*="format=csv"]')["href"]
    assert len(app.get("/en/bodies?q=a&format=json").json) == 5


def test_a_downloaded_register_imported_again_changes_nothing(app):
    text = app.get("/en/bodies?format=csv").body.removeprefix("\ufeff")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 5
    done = country.import_bodies(text)
    assert (done["created"], done["updated"], done["unchanged"]) == (0, 0, 5)


def test_the_past_is_shown_as_it_was(app, rehearsal):
    rehearsal.set("2023-07-25T12:00")
    country.import_bodies(RENAMED, MERGED)
    assert "Tax" not in page(app, "/en/bodies").select_one("#table-register").get_text()
    shown = page(app, "/en/bodies?at=2023-06-30")
    assert "Tax Committee" in shown.get_text()
    assert "This is the past" in shown.get_text()
    card = page(app, "/en/bodies/tax-committee").get_text(" ", strip=True)
    assert "This body is not in force on this day" in card
    assert "PF-269" in card
    assert "Tax Committee" in card
    assert "It took over from" in page(app, "/en/bodies/ministry-finance").get_text()
    assert "not in force" in page(app, "/en/compliance/body/tax-committee").get_text()
    past = page(app, "/en/compliance/body/tax-committee?as_of=2023-07-22")
    assert past.select_one("h1").get_text() == "Tax Committee"
    assert past.select("#table-obligations tbody tr")
    page(app, "/en/bodies/nobody", status=404)


@pytest.mark.parametrize("lang", ["uz", "uz_Cyrl", "ru", "en"])
def test_every_language_shows_the_register_and_a_company(app, lang: str):
    country.import_bodies(
        "name,code,title_uz,title_ru,title_en,kind,parent,region_soato,state_share,contact_name\n"
        "water,4-001,Suv AJ,Вода,Water,company,,,51.5,A. Karimov\n"
    )
    assert "4-001" in page(app, f"/{lang}/bodies").get_text()
    card = page(app, f"/{lang}/bodies/water").get_text()
    assert "A. Karimov" in card
    assert "51" in card


class TestImport:
    def test_only_coordinators(self, app, who):
        page(app, IMPORT, headers=who)
        for other in ({}, headers(member("ministry-education", "admin"))):
            page(app, IMPORT, headers=other, status=403)
            send(app, other, 403, upload=file(RENAMED))

    def test_shown_and_then_done(self, app, who):
        shown = send(
            app,
            who,
            upload=file(RENAMED),
            successions=file(MERGED, "s.csv"),
            effective="2023-07-01",
            act="PF-12",
        )
        [row] = shown.select("#table-body-changes tbody tr")
        assert [cell.get_text(strip=True) for cell in row.select("th, td")] == [
            "tax-committee",
            "Changed",
            "Title in English",
            "Tax Committee",
            "Tax Service",
        ]
        assert "PF-269" in shown.select_one("#table-successions").get_text()
        assert act("roadmap_body_show", name="tax-committee")["title"]["en"] == "Tax Committee"
        send(app, who, 302, **fields(shown))
        told = act("roadmap_body_show", name="tax-committee")
        assert (told["title"]["en"], told["names"][1]["act"], told["went_to"][0]["act"]) == (
            "Tax Service",
            "PF-12",
            "PF-269",
        )

    def test_a_register_that_has_moved_is_not_touched(self, app, who):
        shown = send(app, who, upload=file(RENAMED))
        country.import_bodies(BODIES.replace("Statistics Agency", "Statistics Committee"))
        again = send(app, who, 400, **fields(shown))
        assert "has changed since it was compared" in again.get_text()
        assert act("roadmap_body_show", name="tax-committee")["title"]["en"] == "Tax Committee"

    def test_faults_are_told_by_file_row_and_field(self, app, who):
        shown = send(
            app,
            who,
            400,
            upload=file(BODIES.replace("1-004", "?")),
            successions=file(MERGED.replace("2023-07-01", "x")),
        )
        rows = [row.get_text(" ", strip=True) for row in shown.select("#table-faults tbody tr")]
        assert len(rows) == 2
        assert "5 Register of bodies Code" in rows[0]
        assert "2 What became of bodies From the day" in rows[1]
        assert not shown.select("#apply")

    def test_nothing_to_do_and_nothing_given(self, app, who):
        assert "nothing to import" in send(app, who, upload=file(BODIES)).get_text()
        assert "Choose a file" in send(app, who, 400).get_text()
        large = send(app, who, 400, upload=file("x" * (10 << 20) + "y"))
        assert "has 11 MB, and at most 10 MB" in large.select_one("#import-register-upload-error").get_text()
        late = send(app, who, 400, upload=file(RENAMED), effective="2024-01-01")
        assert late.select_one("#import-register-effective-error")
