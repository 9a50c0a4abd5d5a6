"""The technical guide: its page and files in every language, who sees it, and that it was issued."""

from __future__ import annotations

import io
import re
from typing import Any

import docx
import pypdf
import pytest

from ckanext.roadmap.domain.script import to_cyrillic
from ckanext.roadmap.tests.country import act, upload
from ckanext.roadmap.tests.logic.acting import member
from ckanext.roadmap.tests.logic.test_systems import SYSTEM
from ckanext.roadmap.tests.views.test_compliance import page
from ckanext.roadmap.tests.views.test_deadline import headers

pytestmark = pytest.mark.usefixtures("with_plugins", "approved")
URL = "/systems/IS-0001/guide"
MAPPING = """
name: schools
connection: education
schema: open_data
table: schools
item: E-01
body: ministry-education
dataset:
  name: schools
  title: {uz: Maktablar, ru: Школы, en: Schools}
key: id
columns:
  - {name: id, type: int4}
  - {name: seats, source: capacity, type: int4, title: {uz: O'rinlar, ru: Места, en: Seats}}
"""


@pytest.fixture
def officer(approved: None) -> dict[str, str]:
    """Who may see the guide of a system with a mapping."""
    act("roadmap_system_create", **SYSTEM, connection="education", title_ru="Система школ")
    act("roadmap_mapping_import", upload=upload(MAPPING, "m.yaml"))
    return headers(member("ministry-education"))


def pdf(app: Any, lang: str, who: dict[str, str]) -> str:
    answer = app.get(f"/{lang}{URL}.pdf", headers=who)
    assert answer.headers["Content-Disposition"].endswith(f'guide-IS-0001-{lang}.pdf"')
    pages = pypdf.PdfReader(io.BytesIO(answer.data)).pages
    return re.sub(r"\s+", " ", " ".join(one.extract_text() for one in pages))


def test_the_page_holds_what_the_ministry_needs_and_no_secret(app, officer):
    shown = page(app, f"/en{URL}", headers=officer)
    headings = [one.get_text() for one in shown.select(".roadmap-guide h2")]
    assert [one[:2] for one in headings] == ["1.", "2.", "3.", "4.", "5.", "6.", "7.", "8."]
    text = shown.select_one(".roadmap-guide").get_text()
    assert 'CREATE OR REPLACE VIEW "open_data"."schools" AS\n  SELECT "id", "capacity"' in text
    assert "hostssl  <DATABASE>  portal_reader  <READER-ADDRESS>/32" in text
    assert "under the name education" in text
    assert [cell.get_text() for cell in shown.select(".roadmap-guide table")[0].select("tr:last-child td")] == [
        "capacity", "seats", "whole number", "Seats",
    ]  # fmt: skip
    assert "it@edu.example" in text


def test_files_in_the_languages_of_the_state(app, officer):
    uzbek, cyrillic, russian = (pdf(app, lang, officer) for lang in ("uz", "uz_Cyrl", "ru"))
    assert "IS-0001 tizimini ulash bo‘yicha texnik qo‘llanma" in uzbek
    assert to_cyrillic("Qabul qilish dalolatnomasi") in cyrillic
    assert "REVOKE CREATE ON SCHEMA public FROM PUBLIC" in cyrillic
    assert "«Система школ»" in russian
    assert "GRANT SELECT ON" in russian
    word = app.get(f"/ru{URL}.docx", headers=officer)
    assert word.data[:2] == b"PK"
    app.get(f"/ru{URL}.odt", headers=officer, status=404)


@pytest.mark.parametrize(
    ("network", "told"), [("closed", "can't reach this network"), ("state", "Find out first")]
)
def test_the_network_and_an_unknown_database_system(app, approved, network, told):
    act("roadmap_system_create", **{**SYSTEM, "network": network, "dbms": "1C", "personal_data": "special"})
    text = page(app, f"/en{URL}", headers=headers(member("ministry-education"))).get_text()
    assert told in text
    assert 'token_file = "/etc/roadmap-agent/token"' in text
    assert "no ready scripts" in text
    assert "No mapping has been made yet" in text
    assert "special categories" in text


def test_its_issue_is_recorded_once(app, officer):
    coordinator = headers(member("statistics-agency", "member"))
    assert not page(app, f"/en{URL}", headers=officer).select("#issue-guide")
    assert page(app, f"/en{URL}", headers=coordinator).select("#issue-guide")
    sent = {"form": "issue-guide", "reached": "2023-07-20", "act": "No. 12 of 20 July 2023"}
    assert app.post(f"/en{URL}", data={**sent, "act": ""}, headers=coordinator, status=400)
    app.post(f"/en{URL}", data=sent, headers=coordinator)
    shown = act("roadmap_system_show", code="IS-0001")
    assert (shown["stage"], shown["steps"][0]["act"]) == ("guide_issued", "No. 12 of 20 July 2023")
    assert not page(app, f"/en{URL}", headers=coordinator).select("#issue-guide")
    app.post(f"/en{URL}", data=sent, headers=coordinator, status=403)


def test_nobody_else_sees_it(app, officer):
    for who in ({}, headers(member("ministry-finance")), headers(member("anti-corruption-agency", "member"))):
        app.get(f"/en{URL}", headers=who, status=403)
        app.get(f"/en{URL}.pdf", headers=who, status=403)
    link = "a[href$='IS-0001/guide']"
    assert page(app, "/en/systems/IS-0001", headers=officer).select(link)
    assert not page(app, "/en/systems/IS-0001").select(link)


KINDS = {
    "sftp": (
        "sftp://reader:Maxfiy-77@files.example/out/?host_key=SHA256:abc", "clinics-*.csv", "schedule: {cron: '30 2 * * *', window: '22:00-06:00'}",
        ["internal-sftp -R", "port of your SFTP server", "clinics-2026-02-10.csv.part", "SFTP without a shell", "ssh-keygen -lf",
         "22:00–06:00", "every day at 02:30", "whole before it is read", "sftp://USER:PASSWORD@HOST", "Column of the file"],
    ),
    "web": (
        "https://reader:Maxfiy-77@files.example/out/", "clinics.xlsx", "read: {sheet: Asosiy}",
        ["port 443 of that server", "Last-Modified", "https://USER:PASSWORD@HOST", "Sheet: Asosiy", "without it"],
    ),
    "drop": (
        "drop:///srv/drop/Maxfiy-77/", "clinics.csv", "",
        ["You put the file into a folder of the portal", "sftp> rename clinics.csv.part clinics.csv", "Taken, then refused"],
    ),
    "api": (
        "api+https://reader:Maxfiy-77@api.example/base/", "v1/clinics",
        "read: {record: result.data, paging: {style: cursor, limit: 500, next: meta.next}}",
        ["Retry-After", "by a mark that each page gives for the next", "Rows on a page: 500", "api+https://HOST/BASE/",
         "Field of the answer", "client credentials"],
    ),
    "sdmx": (
        "sdmx+https://sdmx.example/rest/Maxfiy-77/", "UZSTAT,CLINICS,1.0", "read: {select: {FREQ: [A]}}",
        ["GET dataflow/UZSTAT/CLINICS/1.0?references=descendants", "DSD", "FREQ: A", "Dataflow"],
    ),
    "pxweb": (
        "pxweb+https://px.example/api/v1/uz/Maxfiy-77/", "sogliq/clinics.px", "",
        ["maxCells", "values with POST", "Cube", "pxweb+https://HOST"],
    ),
}  # fmt: skip
DATABASE_WORDS = re.compile(r"CREATE |public\.\w|database server|GRANT|5432|\bViews?\b")


def words_of(app: Any, who: dict[str, str], code: str, lang: str, kind: str) -> str:
    """The text of a page or file, its white space made plain."""
    address = f"/{lang}/systems/{code}/guide"
    if kind == "page":
        parts = page(app, address, headers=who).select(".roadmap-guide")[0].stripped_strings
        return re.sub(r"\s+", " ", " ".join(parts)).replace(" :", ":")
    data = app.get(f"{address}.{kind}", headers=who).data
    if kind == "docx":
        opened = docx.Document(io.BytesIO(data))
        cells = [cell.text for table in opened.tables for row in table.rows for cell in row.cells]
        told = " ".join([one.text for one in opened.paragraphs] + cells)
    else:
        told = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(data)).pages)
    return re.sub(r"\s+", " ", told)


def test_each_kind_of_connection_is_told_in_its_own_words(app, approved, monkeypatch):
    who = headers(member("ministry-education"))
    for number, (kind, (url, table, more, told)) in enumerate(KINDS.items(), 1):
        code, name = f"IS-{number:04}", f"source{kind}"
        monkeypatch.setenv(f"CKANEXT__ROADMAP__CONNECTION__{name.upper()}__URL", url)
        act("roadmap_system_create", **{**SYSTEM, "dbms": "", "connection": name, "items": ""})
        written = MAPPING.replace("connection: education", f"connection: {name}\n{more}").replace(
            "schools", kind
        )
        act(
            "roadmap_mapping_import",
            upload=upload(re.sub("table: .*", f"table: '{table}'", written), "m.yaml"),
        )
        assert act("roadmap_guide_show", code=code)["parts"][0]["kind"] == kind
        shown = words_of(app, who, code, "en", "page")
        assert [one for one in (*told, table.replace("*", "2026-02-10")) if one not in shown] == []
        files = [words_of(app, who, code, "ru", "pdf"), words_of(app, who, code, "uz", "docx")]
        assert f"connection check {name}" in files[0]
        assert all("capacity" in one for one in files)
        for text in (shown, *files):
            assert DATABASE_WORDS.findall(text) == []
            assert "Maxfiy-77" not in text
            assert "example/" not in text.replace("edu.example", "")


def test_several_kinds_have_a_part_each(app, officer, monkeypatch):
    """A further connection that fills an item of the system; before any, whatever the register names."""
    monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__HEAP__URL", "drop:///srv/drop/heap/")
    further = MAPPING.replace("schools", "heap").replace("connection: education", "connection: heap")
    act("roadmap_mapping_import", upload=upload(further.replace("table: heap", "table: heap.csv"), "m.yaml"))
    shown = page(app, f"/en{URL}", headers=officer)
    parts = [one.get_text() for one in shown.select(".roadmap-guide h3")]
    for section in (2, 3, 4, 5, 6):
        assert f"{section}.1. Database: education" in parts
        assert f"{section}.2. Drop folder of the portal: heap" in parts
    assert 'CREATE OR REPLACE VIEW "open_data"."schools"' in shown.get_text()
    assert "put heap.csv heap.csv.part" in shown.get_text()
    act("roadmap_system_create", **{**SYSTEM, "dbms": "Oracle 19c; CSV, SFTP"})
    undecided = act("roadmap_guide_show", code="IS-0002")["parts"]
    assert {(one["kind"], one["connection"]) for one in undecided} == {("database", ""), ("sftp", "")}


def test_what_an_agent_brings_needs_no_way_in(app, approved, monkeypatch):
    monkeypatch.setenv("CKANEXT__ROADMAP__CONNECTION__EDUCATION__URL", "push:")
    act("roadmap_system_create", **{**SYSTEM, "dbms": "", "connection": "education"})
    written = MAPPING.replace("table: schools", "table: schools.csv")
    act("roadmap_mapping_import", upload=upload(written, "m.yaml"))
    text = words_of(app, headers(member("ministry-education")), "IS-0001", "en", "page")
    assert "nothing needs to be opened from outside" in text
    assert "py3-none-any.whl[files]" in text
    assert "connection check" not in text
    assert "the portal takes the token" in text
