"""The pages of dockets, and their papers."""

from __future__ import annotations

import io
import re

import docx
import pypdf
import pytest
from bs4 import BeautifulSoup

from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.tests.country import act, approve
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.logic.sitting import ITEM, docket, entry, suggest, suggestion
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
DOCKET = "/en/docket/2023-01"


@pytest.fixture
def who(approved: None) -> dict[str, str]:
    act("roadmap_list_version_create", year=2024)
    return headers(member("statistics-agency", "member"))


def send(app, url: str, who: dict[str, str], status: int = 302, **data: object) -> BeautifulSoup:
    answer = app.post(url, data=data, headers=who, status=status, follow_redirects=False)
    return BeautifulSoup(answer.body, "html.parser")


def shown(number: str = "2023-01") -> dict:
    return act("roadmap_docket_show", number=number)


def held() -> str:
    """A docket with one accepted and one rejected entry; the number of the suggestion."""
    number = suggest("Shifoxonalar ro‘yxati")
    act("roadmap_list_version_create", year=2024)
    made = docket("2023-07-20", place_uz="Toshkent shahri", place_ru="город Ташкент", chair="A. Karimov",
                  secretary="B. Aliyeva", present="A. Karimov; B. Aliyeva; G‘. O‘rinov")  # fmt: skip
    ids = [
        entry(made, number, cost_uz="12 mln so‘m"),
        entry(made, title_uz="Maktab oshxonalari", title_ru="Столовые"),
    ]
    act("roadmap_docket_opinion", id=ids[0], stance="supports", text_uz="Ma’lumotlar bor")
    act("roadmap_docket_send", number=made)
    act("roadmap_docket_decide", id=ids[0], decision="accept", text_uz="Ro‘yxatga kiritilsin",
        text_ru="Включить в перечень", votes_for=2, votes_against=1, votes_abstained=0, **ITEM)  # fmt: skip
    act("roadmap_docket_decide", id=ids[1], decision="reject", text_uz="Ma’lumot yo‘q", text_ru="Нет данных")
    act("roadmap_docket_close", number=made)
    return number


def squeezed(text: str) -> str:
    return re.sub(r"\s+", " ", text)


class TestCoordinator:
    def test_from_the_first_form_to_the_sending(self, app, who):
        number = suggest("Shifoxonalar")
        send(app, "/en/docket", who, form="create-docket", sitting_date="2023-07-20", list="2024-1")
        assert shown()["list"] == "2024-1"
        form = page(app, DOCKET, headers=who).select_one("#add-2023-01")
        assert number in form.select_one(".form-check label").text
        send(app, DOCKET, who, form="add-2023-01", suggestions=[number], cost_uz="12 mln so‘m")
        send(app, f"{DOCKET}/1", who, form=f"edit-{shown()['entries'][0]['id']}", suggestions=[number],
             title_uz="Kasalxonalar", cost_uz="", position="1")  # fmt: skip
        assert (shown()["entries"][0]["title"], shown()["entries"][0]["cost"]) == ({"uz": "Kasalxonalar"}, {})
        send(app, DOCKET, who, form="send-2023-01")
        assert (shown()["state"], suggestion(number).state) == ("sent", "in_docket")

    def test_faults_stand_at_their_fields(self, app, who):
        faulty = send(app, "/en/docket", who, 400, form="create-docket", sitting_date="tomorrow")
        assert "YYYY-MM-DD" in faulty.select_one("#create-docket-sitting_date-error").text
        docket()
        faulty = send(app, DOCKET, who, 400, form="add-2023-01", cost_uz="1")
        assert "no title" in faulty.select_one(".roadmap-error, .roadmap-field-error").text
        assert faulty.select_one("#add-2023-01-cost_uz").text.strip() == "1"

    def test_an_entry_leaves(self, app, who):
        id = entry(docket(), title_uz="Maktablar")
        send(app, f"{DOCKET}/1", who, form=f"remove-{id}")
        assert "no entry yet" in page(app, DOCKET, headers=who).select_one(".roadmap-empty").text

    def test_a_deferred_one_is_taken_up(self, app, who):
        id = entry(docket("2023-07-20"), suggest("Maktablar"))
        act("roadmap_docket_send", number="2023-01")
        act("roadmap_docket_decide", id=id, decision="defer")
        docket("2023-07-20")
        send(app, "/en/docket/2023-02", who, form="carry-2023-02", from_entry=id)
        assert "№ 2023-01" in page(app, "/en/docket/2023-02/1", headers=who).select_one(".roadmap-facts").text


class TestBodyAndCommission:
    def test_the_officer_answers_and_sees_no_other_form(self, app, who):
        id = entry(docket(), suggest("Maktablar"))
        officer = headers(member("ministry-education"))
        forms = page(app, f"{DOCKET}/1", headers=officer).select("form[id]")
        assert [form["id"] for form in forms if form["id"].endswith(id)] == [f"opinion-{id}"]
        send(app, f"{DOCKET}/1", officer, form=f"opinion-{id}", stance="objects", text_uz="Ma’lumot yo‘q")
        assert shown()["entries"][0]["opinion"]["stance"] == "objects"

    def test_the_commission_decides_and_faults_stand_at_their_fields(self, app, who):
        id = entry(docket("2023-07-20"), suggest("Shifoxonalar"))
        act("roadmap_docket_send", number="2023-01")
        judge = headers(member("coordination-commission", "member"))
        faulty = send(app, f"{DOCKET}/1", judge, 400, form=f"refuse-{id}", decision="reject")
        assert "Say why" in faulty.select_one(f"#refuse-{id} .roadmap-field-error").text
        faulty = send(app, f"{DOCKET}/1", judge, 400, form=f"accept-{id}", **{**ITEM, "columns": "a b"})
        assert faulty.select_one(f"#accept-{id}-columns-error")
        send(app, f"{DOCKET}/1", judge, form=f"accept-{id}", **ITEM, votes_for="7", votes_against="0",
             votes_abstained="0")  # fmt: skip
        assert shown()["entries"][0]["item_code"] == "H-01"
        send(app, DOCKET, judge, form="close-2023-01")
        assert shown()["state"] == "closed"

    def test_a_form_that_is_not_offered_does_nothing(self, app, who):
        entry(docket(), title_uz="Maktablar")
        send(app, DOCKET, headers(member("ministry-finance")), 404, form="send-2023-01")
        send(app, DOCKET, who, 403, form="close-2023-01")
        assert shown()["state"] == "draft"


class TestPublic:
    def test_reads_the_decisions_and_the_way_back_from_the_item(self, app):
        number = held()
        text = page(app, DOCKET).select_one(".roadmap").text
        assert number in text
        assert "Include" not in text
        assert [one.text.split(".")[0] for one in page(app, DOCKET).select(".roadmap-answer strong")] == [
            "Decision: Accepted", "Decision: Turned down",
        ]  # fmt: skip
        assert page(app, "/en/docket").select("#table-dockets tbody tr")
        approve(2024, "2024-01-20")
        assert number in page(app, "/en/approved-list/H-01").select_one("#origin").parent.text

    def test_nothing_was_held_yet(self, app):
        docket(list="")
        assert page(app, "/en/docket").select_one(".roadmap-empty")
        page(app, DOCKET, status=404)


class TestPapers:
    CYRILLIC = to_cyrillic("Ro‘yxatga kiritilsin")

    @pytest.mark.parametrize(
        ("lang", "words"),
        [
            ("uz", ["Ro‘yxatga kiritilsin", "Ma’lumot yo‘q", "Shifoxonalar ro‘yxati", "2023-yil 20-iyul", "G‘. O‘rinov"]),
            ("uz_Cyrl", [CYRILLIC, to_cyrillic("Ma’lumot yo‘q"), "2023 йил 20 июль", "Тошкент шаҳри", "Ғ. Ўринов"]),
            ("ru", ["Включить в перечень", "Нет данных", "20 июля 2023 г.", "город Ташкент", "А. Каримов"]),
        ],
    )  # fmt: skip
    def test_both_kinds_say_the_same(self, app, lang: str, words: list[str]):
        number = held()
        url = f"/{lang}/docket/2023-01/protocol"
        reader = pypdf.PdfReader(io.BytesIO(app.get(f"{url}.pdf").data))
        in_pdf = squeezed(" ".join(one.extract_text() for one in reader.pages))
        file = docx.Document(io.BytesIO(app.get(f"{url}.docx").data))
        in_docx = squeezed(" ".join(one.text for one in file.paragraphs))
        for word in [*words, number, "H-01"]:
            assert word in in_pdf, word
            assert word in in_docx, word
        strip = re.compile(r"[\s_]")
        assert strip.sub("", in_docx) in strip.sub("", in_pdf)

    def test_the_letters_are_embedded(self, app):
        held()
        reader = pypdf.PdfReader(io.BytesIO(app.get("/uz/docket/2023-01/agenda.pdf").data))
        fonts = [
            font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            for paper in reader.pages
            for font in paper["/Resources"]["/Font"].values()
        ]
        assert fonts
        assert all("/FontFile2" in font.get_object() for font in fonts)
        assert reader.trailer["/Root"]["/Lang"] == "uz-Latn-UZ"

    def test_only_what_there_is(self, app):
        held()
        for name in ("minutes.pdf", "protocol.odt"):
            app.get(f"{DOCKET}/{name}", status=404)

    def test_a_sitting_not_closed_has_no_final_protocol(self, app, who):
        id = entry(docket("2023-07-20"), title_uz="Maktablar")
        app.get(f"{DOCKET}/agenda.pdf", status=404)
        assert app.get(f"{DOCKET}/agenda.docx", headers=who).status_code == 200
        act("roadmap_docket_send", number="2023-01")
        act("roadmap_docket_decide", id=id, decision="defer")
        file = docx.Document(io.BytesIO(app.get(f"{DOCKET}/protocol.docx").data))
        assert any("not final" in one.text for one in file.paragraphs)

    def test_a_long_paper_goes_on_over_pages_whole(self, app):
        made = docket("2023-07-20", list="")
        titles = [
            f"{place}. " + "Umumta’lim maktablari oshxonalarining ro‘yxati " * 6 for place in range(1, 31)
        ]
        ids = [entry(made, title_uz=title.split(". ")[1]) for title in titles]
        act("roadmap_docket_send", number=made)
        for id in ids:
            act("roadmap_docket_decide", id=id, decision="defer", text_uz=f"Qaror {id}")
        reader = pypdf.PdfReader(io.BytesIO(app.get("/uz/docket/2023-01/protocol.pdf").data))
        assert len(reader.pages) > 3
        text = squeezed(" ".join(one.extract_text() for one in reader.pages))
        assert not [id for id in ids if f"Qaror {id}" not in text.replace("- ", "-")]
        assert text.count("Keyinga") + text.count("Deferred") >= 30
