"""Pages drawn from canned results: shapes that a small country does not have."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from ckan.tests import factories

from ckanext.roadmap.tests.presentation import canned

pytestmark = pytest.mark.usefixtures("with_plugins", "clean_db")


def page(app, url, **options):
    return BeautifulSoup(app.get(url, status=200, **options).body, "html.parser")


class TestIndex:
    def test_without_a_list_it_says_what_to_do(self, app, canned_results):
        canned_results["roadmap_compliance_show"] = canned.country(0, version=None)
        text = page(app, "/en/compliance").get_text()
        assert "No list is approved yet" in text
        assert "ckan roadmap" not in text, "a citizen has no server"
        who = {"Authorization": factories.SysadminWithToken()["token"]}
        shown = page(app, "/en/compliance", headers=who).select_one(".roadmap-empty")
        assert "ckan roadmap list approve" in shown.get_text()
        assert shown.select_one('a[href="/en/approved-list/drafts"]')
        then = page(app, "/en/compliance?as_of=2020-01-01", headers=who).select_one(".roadmap-empty")
        assert "No list was approved by that day" in then.get_text()
        assert "ckan roadmap" not in then.get_text()

    @pytest.mark.usefixtures("canned_results")
    def test_light_has_word_and_shape(self, app):
        lights = page(app, "/en/compliance").select("td .roadmap-light")
        assert {light.get_text(strip=True) for light in lights} == {"Green", "Yellow", "Red", "Not rated"}
        assert all(light.select("i[aria-hidden=true]") for light in lights)


class TestDeadlines:
    @pytest.mark.parametrize("status", canned.STATUSES)
    def test_every_status_has_a_word(self, app, canned_results, status):
        canned_results["roadmap_compliance_show"] = canned.ledger(deadlines=11, status=status)
        row = page(app, "/en/compliance/body/body-1").select_one("#table-deadlines tbody tr")
        word = row.select_one(".roadmap-status").get_text(strip=True)
        assert word
        assert word != status

    def test_evidence_is_told_whole(self, app, canned_results):
        canned_results["roadmap_compliance_show"] = canned.ledger(deadlines=1)
        cell = page(app, "/en/compliance/body/body-1").select_one("td.roadmap-cell-evidence")
        text = cell.get_text(" ", strip=True)
        for part in (
            "New data",
            "10 Jul 2023 10:00",
            "1,411 rows",
            "14 of them",
            "measured",
            canned.HASH[:12],
        ):
            assert part in text
        assert cell.select_one('a[href="/en/compliance/run/r-1"]')

    def test_evidence_that_does_not_count_says_so_and_why(self, app, canned_results):
        canned_results["roadmap_compliance_show"] = canned.ledger(deadlines=11, status="overdue")
        text = page(app, "/en/compliance/body/body-1").select_one("#table-deadlines tbody tr").get_text(" ")
        assert "does not count" in text
        assert "Missing: region" in text

    def test_what_is_computed_stays_visible_under_an_objection(self, app, canned_results):
        canned_results["roadmap_compliance_show"] = canned.ledger(deadlines=11, status="contested")
        cell = page(app, "/en/compliance/body/body-1").select_one("#table-deadlines td.roadmap-cell-status")
        assert "computed: Overdue" in cell.get_text()

    def test_pages_lead_on_and_back(self, app, canned_results):
        canned_results["roadmap_compliance_show"] = canned.ledger(deadlines=120, offset=50)
        paging = page(app, "/en/compliance/body/body-1?offset=50").select_one(".roadmap-paging")
        assert "Rows 51–100 of 120" in paging.get_text()
        assert "offset=100" in paging.select_one("a[rel=next]")["href"]
        assert "offset" not in paging.select_one("a[rel=prev]")["href"]


class TestRun:
    def test_outcome_and_files(self, app, canned_results):
        canned_results["package_show"] = {"id": "d-1", "name": "schools", "title": "S", "item_code": "E-01"}
        shown = page(app, "/en/compliance/run/r-1")
        assert "Applied" in shown.select_one(".roadmap-outcome").get_text()
        assert shown.select_one('#run-state a[href="/en/compliance/item/E-01"]')
        assert shown.select_one('#run-state a[href="/en/dataset/schools"]')
        assert canned.HASH in shown.select_one("#table-files").get_text()
        assert not shown.select("[hx-trigger]")

    def test_an_error_tells_its_remedy(self, app, canned_results):
        canned_results["roadmap_run_show"] = canned.run("failed")
        found = page(app, "/en/compliance/run/r-1").select_one("[role=alert]")
        alert = found.get_text(" ", strip=True)
        assert "public.schools lacks columns: name." in alert
        assert "columns_missing" not in alert
        assert found["data-code"] == "columns_missing"
        assert "What to do: Restore them at the source" in alert

    def test_an_error_nobody_translated_speaks_english(self, app, canned_results):
        error = {"phase": "extract", "code": "brand_new", "message": "It broke.", "remedy": "Mend it."}
        canned_results["roadmap_run_show"] = canned.run("failed", error=error)
        alert = page(app, "/en/compliance/run/r-1").select_one("[role=alert]").get_text(" ", strip=True)
        assert "It broke." in alert
        assert "What to do: Mend it." in alert

    def test_the_file_of_the_live_run_is_linked(self, app, canned_results):
        canned_results["package_show"] = {"id": "d-1", "name": "schools", "title": "S", "item_code": "E-01"}
        canned_results["roadmap_run_show"] = canned.run(live=True)
        link = page(app, "/en/compliance/run/r-1").select_one('#run-state a[href$="/roadmap/file/res-1.csv"]')
        assert link.parent.get_text(" ", strip=True).startswith("Download the CSV file (224.7 KiB)")

    def test_a_file_nobody_serves_or_may_see_is_not_linked(self, app, canned_results):
        canned_results["roadmap_run_show"] = canned.run(live=True)
        assert not page(app, "/en/compliance/run/r-1").select('a[href$=".csv"]')
        canned_results["package_show"] = {"id": "d-1", "name": "schools", "title": "S", "item_code": "E-01"}
        canned_results["roadmap_run_show"] = canned.run(live=False)
        assert not page(app, "/en/compliance/run/r-1").select('a[href$=".csv"]')

    def test_a_held_run_waits_for_a_person(self, app, canned_results):
        canned_results["roadmap_run_show"] = {**canned.run("failed"), "outcome": "held", "phase": "gate"}
        assert "A person has to decide" in page(app, "/en/compliance/run/r-1").get_text()

    def test_a_running_run_asks_again(self, app, canned_results):
        canned_results["roadmap_run_show"] = canned.run(None)
        assert page(app, "/en/compliance/run/r-1").select_one("#run-state")["hx-trigger"] == "every 3s"
        part = app.get("/en/compliance/run/r-1", headers={"HX-Request": "true"}).body
        assert part.strip().startswith('<div id="run-state"')
