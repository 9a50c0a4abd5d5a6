"""A docket from the coordinator's form to the protocol, clean by axe in Uzbek and Russian."""

from __future__ import annotations

import io

import pypdf
import pytest
from playwright.sync_api import expect

from ckan.tests import factories

from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.journeys.test_acts import log_in, person
from ckanext.roadmap.tests.logic.sitting import ITEM, suggest

pytestmark = pytest.mark.usefixtures("with_plugins", "told")
LANGUAGES = ("uz", "ru")


def open_form(page, name: str):
    section = page.locator("section.roadmap-act", has=page.locator(f"form[id^={name}-]"))
    section.locator("summary").click()
    return section


def test_from_the_box_to_the_protocol(reader):
    numbers = [suggest("Shifoxonalar ro‘yxati"), suggest("Maktab oshxonalari")]
    act("roadmap_list_version_create", year=2024)
    factories.Organization(name="coordination-commission")
    coordinator, officer = person("statistics-agency", "member"), person("ministry-education")
    judge = person("coordination-commission", "member")
    page = reader.page

    log_in(reader, coordinator)
    reader.visit("/docket")
    form = open_form(page, "create")
    form.locator("[name=sitting_date]").fill("2023-07-20")
    form.locator("[name=place_uz]").fill("Toshkent shahri")
    form.locator("[name=chair]").fill("A. Karimov")
    form.locator("[name=list]").select_option("2024-1")
    reader.check()
    form.locator("button").click()
    expect(page.locator("h1")).to_contain_text("2023-01")
    for number in numbers:
        form = open_form(page, "add")
        form.get_by_label(number).check()
        form.locator("[name=cost_uz]").fill("12 mln so‘m")
        reader.check()
        form.locator("button").click()
    open_form(page, "send").locator("button").click()
    expect(page.locator(".roadmap-entry")).to_have_count(2)

    log_in(reader, officer)
    reader.visit("/docket/2023-01/1")
    form = open_form(page, "opinion")
    reader.check()
    form.locator("button").click()
    expect(page.locator(".roadmap-field-error")).to_be_visible()
    form.locator("[name=text_uz]").fill("Ma’lumotlar bor")
    form.locator("button").click()
    expect(page.locator(".roadmap-facts")).to_contain_text("Ma’lumotlar bor")

    log_in(reader, judge)
    reader.visit("/docket/2023-01/1")
    form = open_form(page, "accept")
    form.locator("[name=text_uz]").fill("Ro‘yxatga kiritilsin")
    for name, value in ITEM.items():
        field = form.locator(f"[name={name}]")
        field.select_option(value) if name in ("sphere", "place", "frequency") else field.fill(value)
    form.locator("[name=due_rule]").fill("ertaga")
    form.locator("button").click()
    expect(page.locator("form[id^=accept-] .roadmap-field-error")).to_be_visible()
    reader.check()
    form.locator("[name=due_rule]").fill("15 days after period end")
    form.locator("button").click()
    expect(page.locator(".roadmap-answer")).to_contain_text("H-01")
    reader.visit("/docket/2023-01/2")
    form = open_form(page, "refuse")
    form.locator("[name=decision]").select_option("defer")
    form.locator("button").click()
    reader.visit("/docket/2023-01")
    open_form(page, "close").locator("button").click()

    page.context.clear_cookies()
    for reader.lang in LANGUAGES:
        for path in ("/docket", "/docket/2023-01", "/docket/2023-01/1"):
            reader.visit(path)
        reader.visit("/docket/2023-01")
        with page.expect_download() as waiting:
            page.locator(f"a[href*='/{reader.lang}/docket/2023-01/protocol.pdf']").click()
        paper = waiting.value.path().read_bytes()
        assert "H-01" in pypdf.PdfReader(io.BytesIO(paper)).pages[0].extract_text()


def test_a_telephone_reads_a_docket(reader):
    reader.page.set_viewport_size({"width": 375, "height": 700})
    act("roadmap_docket_create", sitting_date="2023-07-20")
    made = act(
        "roadmap_docket_entry_create", docket="2023-01", title_uz="Umumta’limmaktablarioshxonalari" * 3
    )
    act("roadmap_docket_send", number="2023-01")
    act("roadmap_docket_decide", id=made["id"], decision="defer")
    page = reader.visit("/docket/2023-01")
    width = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert page.evaluate(width)
