"""A coordinator's way from a new draft to the approved list, clean by axe."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from ckanext.roadmap.tests.country import ITEMS
from ckanext.roadmap.tests.journeys.test_acts import log_in, person

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
DUE_RULE = {"uz": "Muddat qoidasi", "ru": "Правило срока"}
FAULTY = ITEMS.replace("15 days after period end", "soon").replace("tax-committee", "Soliq qomitasy")


@pytest.fixture(params=["uz", "ru"])
def coordinator(request, reader):
    """A coordinator who reads in one language and is signed in."""
    reader.lang = request.param
    log_in(reader, person("statistics-agency", "member"))
    return reader


def begin(reader):
    page = reader.visit("/approved-list")
    page.locator('.roadmap a[href$="/approved-list/drafts"]').last.click()
    page.locator(".roadmap-act summary").click()
    page.fill("#create-list-year", "2024")
    reader.check()
    page.locator(".roadmap-act button").click()
    expect(page.locator("#table-draft-items tbody tr")).to_have_count(3)
    reader.check()
    return page


def test_from_a_new_draft_to_the_approved_list(coordinator):
    page = begin(coordinator)
    page.locator("#table-draft-items th a").first.click()
    page.fill("#item-item-due_rule", "soon")
    page.locator("#item-item button").click()
    expect(page.locator("#item-item-due_rule-error")).to_be_visible()
    expect(page.locator(".roadmap-error a")).to_have_text(DUE_RULE[coordinator.lang])
    coordinator.check()
    page.fill("#item-item-due_rule", "20 days after period end")
    page.locator("#item-item button").click()
    expect(page.locator("#table-draft-items tbody tr").first).to_contain_text("20")
    page.locator("#table-draft-items th a").last.click()
    page.locator(".roadmap-act summary").click()
    coordinator.check()
    page.locator(".roadmap-act button").click()
    expect(page.locator("#table-draft-items tbody tr")).to_have_count(2)
    page.locator("#submit-2024-1").locator("xpath=ancestor::details/summary").click()
    page.locator("#submit-2024-1 button").click()
    expect(page.locator("#reject-2024-1")).to_have_count(1)
    page.locator("#approve-2024-1").locator("xpath=ancestor::details/summary").click()
    page.fill("#approve-2024-1-decision_number", "14")
    page.fill("#approve-2024-1-decision_date", "2024-01-15")
    coordinator.check()
    page.locator("#approve-2024-1 button").click()
    expect(page.locator(".roadmap-basis")).to_contain_text("14")
    expect(page.locator(".roadmap-act")).to_have_count(0)


def test_a_file_is_told_its_faults_then_imported(coordinator, tmp_path):
    page = coordinator.visit("/approved-list/drafts/import?year=2024&number=1")
    (tmp_path / "list.csv").write_text(FAULTY)
    page.set_input_files("#import-list-upload", tmp_path / "list.csv")
    page.locator("#import-list button").click()
    expect(page.locator("#table-faults tbody tr")).to_have_count(1)
    expect(page.locator("#table-faults")).to_contain_text(DUE_RULE[coordinator.lang])
    coordinator.check()
    (tmp_path / "list.csv").write_text(FAULTY.replace("soon", "15 days after period end"))
    page.set_input_files("#import-list-upload", tmp_path / "list.csv")
    page.locator("#import-list button").click()
    expect(page.locator("#table-faults")).to_have_count(0)
    coordinator.check()
    page.select_option("#body-1-pick", "tax-committee")
    page.locator("#import-list button").click()
    expect(page.locator("#draft-items tbody tr")).to_have_count(3)


def test_a_typing_error_of_an_approved_list_is_corrected_for_all_to_see(coordinator):
    page = coordinator.visit("/approved-list/drafts/2023/1")
    page.locator("#table-draft-items th a").first.click()
    page.fill("#correct-item-title_ru", "Школы страны")
    page.fill("#correct-item-act", "15-K")
    coordinator.check()
    page.locator("#correct-item button").click()
    page.fill("#correct-item-reason", "Опечатка")
    page.locator("#correct-item button").click()
    expect(page.locator("#table-corrections tbody tr")).to_have_count(1)
    coordinator.check()
    page = coordinator.visit("/approved-list")
    expect(page.locator("#table-corrections ins")).to_have_text("Школы страны")


def test_a_change_is_undone_in_place(coordinator):
    page = begin(coordinator)
    page.locator("#table-draft-items th a").last.click()
    page.locator(".roadmap-act summary").click()
    page.locator(".roadmap-act button").click()
    expect(page.locator("#table-draft-items tbody tr")).to_have_count(2)
    page.wait_for_load_state("load")
    page.evaluate("window.stayed = true")
    page.locator("#table-changes button").click()
    expect(page.locator("#table-draft-items tbody tr")).to_have_count(3)
    expect(page.locator("#draft-page [role=status]")).to_be_visible()
    expect(page.locator(".flash-messages .alert")).to_have_count(0)
    assert page.evaluate("window.stayed")
    coordinator.check()
    page.locator("#draft-q").press_sequentially("мактаб")
    expect(page.locator("#table-draft-items tbody tr")).to_have_count(1)
    coordinator.check()
    coordinator.visit("/approved-list/drafts/2024/1/changes")
    page.locator("#table-changes button").click()
    expect(page.locator("#table-changes tbody tr")).to_have_count(3)
    assert page.evaluate("window.stayed") is None


def test_without_javascript(coordinator, browser):
    state = coordinator.page.context.storage_state()
    context = browser.new_context(java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(f"{coordinator.base}/{coordinator.lang}/approved-list/drafts")
    page.locator(".roadmap-act summary").click()
    page.fill("#create-list-year", "2024")
    page.locator(".roadmap-act button").click()
    page.goto(f"{coordinator.base}/{coordinator.lang}/approved-list/drafts/2024/1/item/new")
    for name, value in {"code": "H-01", "title_uz": "Shifoxonalar", "responsible": "all"}.items():
        page.fill(f"#item-new-{name}", value)
    page.fill("#item-new-due_rule", "1 day after period end")
    page.locator("#item-new button").click()
    expect(page.locator("#table-draft-items tbody tr")).to_have_count(4)
    page.locator("#table-changes button").click()
    expect(page.locator("#table-draft-items tbody tr")).to_have_count(3)
    context.close()


@pytest.mark.parametrize("path", ["", "/2024/1", "/2024/1/item/E-01", "/2024/1/changes", "/import"])
def test_a_telephone_scrolls_the_table_and_not_the_page(reader, path):
    log_in(reader, person("statistics-agency", "member"))
    begin(reader)
    reader.page.set_viewport_size({"width": 375, "height": 700})
    page = reader.visit(f"/approved-list/drafts{path}")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
