"""The register of bodies and their successions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.body import BodyKind, SuccessionKind
from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.sources.bodies import BODY_COLUMNS, OPTIONAL_COLUMNS, read_bodies, review_bodies
from ckanext.roadmap.sources.successions import SUCCESSION_COLUMNS, read_successions, review_successions
from ckanext.roadmap.tests.sources.sheets import as_csv, as_xlsx, read_or_refused, table, told

BODY = {
    "name": "ministry-education",
    "code": "1-002",
    "title_uz": "Ta'lim vazirligi",
    "title_ru": "Министерство",
    "title_en": "Ministry",
    "kind": "ministry",
}
OPTIONAL = OPTIONAL_COLUMNS
MERGED = {"body": "new", "from_body": "old", "kind": "merged", "effective": "2023-01-01"}
LOOSE = st.one_of(
    st.text(max_size=12), st.sampled_from(["1703", "2023-02-30", "all", "ministry", "1-002", "-"])
)


def bodies(*rows):
    return as_csv(table((*BODY_COLUMNS, *OPTIONAL), *rows))


def successions(*rows):
    return as_csv(table((*SUCCESSION_COLUMNS, "act", "note"), *rows))


def test_a_body_is_read_whole():
    row = {
        **BODY,
        "kind": "central-institution",
        "parent": "x",
        "region_soato": "1703",
        "stir": "200123456",
        "valid_to": "2024-01-01",
    }
    [body] = read_bodies(bodies(row), "x.csv")
    assert (body.row, body.name, body.code, body.parent) == (2, "ministry-education", "1-002", "x")
    assert (body.kind, body.region_soato, body.stir) == (BodyKind.central_institution, "1703", "200123456")
    assert (body.valid_from, body.valid_to) == (None, date(2024, 1, 1))
    assert body.title.ru == "Министерство"


def test_a_workbook_gives_the_same():
    header = (*BODY_COLUMNS, *OPTIONAL)
    row = {**BODY, "valid_from": date(2020, 1, 1), "stir": 200123456}
    assert read_bodies(as_xlsx(table(header, row)), "x.xlsx") == read_bodies(
        as_csv(table(header, row)), "x.csv"
    )


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"name": ""}, "name_form", "name"),
        ({"name": "Ministry of Education"}, "name_form", "name"),
        ({"code": "1002"}, "body_code_form", "code"),
        ({"code": ""}, "body_code_form", "code"),
        ({"title_uz": ""}, "required", "title_uz"),
        ({"kind": "club"}, "kind_unknown", "kind"),
        ({"kind": ""}, "kind_unknown", "kind"),
        ({"region_soato": "9999"}, "region_unknown", "region_soato"),
        ({"valid_from": "2023-02-30"}, "day_form", "valid_from"),
        ({"valid_to": "tomorrow"}, "day_form", "valid_to"),
        ({"valid_from": "2024-01-01", "valid_to": "2024-01-01"}, "days_turned", "valid_to"),
        ({"name": "import"}, "name_form", "name"),
        ({"stir": "12345678"}, "stir_form", "stir"),
        ({"kind": "division"}, "parent_needed", "parent"),
        ({"kind": "district"}, "region_needed", "region_soato"),
        ({"state_share": "51"}, "share_unfit", "state_share"),
        ({"kind": "company", "state_share": "49.99"}, "share_too_small", "state_share"),
        ({"kind": "company", "state_share": "101"}, "share_form", "state_share"),
        ({"kind": "company", "state_share": "half"}, "share_form", "state_share"),
        ({"kind": "bank", "state_share": "nan"}, "share_form", "state_share"),
        ({"contact_email": "office"}, "email_form", "contact_email"),
        ({"contact_phone": "call us"}, "phone_form", "contact_phone"),
    ],
)
def test_a_bad_cell_is_told(change, code, column):
    other = {**BODY, "name": "other", "code": "1-001"}
    with pytest.raises(ListError) as caught:
        read_bodies(bodies(other, {**BODY, **change}), "x.csv")
    assert told(caught) == (code, 3, column)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("share", "read"), [("50", "50"), ("50,5", "50.5"), ("100 %", "100"), ("66.667", "66.67")]
)
def test_a_share_is_read_as_offices_write_it(share, read):
    [body] = read_bodies(bodies({**BODY, "kind": "company", "state_share": share}), "x.csv")
    assert body.state_share == Decimal(read)


def test_a_company_that_fell_below_half_may_be_ended():
    row = {**BODY, "kind": "company", "state_share": "40", "valid_to": "2024-01-01"}
    [body] = read_bodies(bodies(row), "x.csv")
    assert (body.state_share, body.valid_to) == (Decimal(40), date(2024, 1, 1))


def test_the_contact_officer_is_read():
    contact = {"contact_name": "A. Karimov", "contact_phone": "+998 71 202-00-00, +998 71 202-00-01"}
    [body] = read_bodies(bodies({**BODY, **contact, "contact_email": "office@edu.uz"}), "x.csv")
    assert body.contact == {
        "name": "A. Karimov",
        "phone": contact["contact_phone"],
        "email": "office@edu.uz",
    }


def test_what_the_file_has_no_column_for_stays():
    known = {"ministry-education": {"stir": "200123456", "title_ru": "Old", "contact_name": "A. Karimov"}}
    [body] = read_bodies(as_csv(table(BODY_COLUMNS, BODY)), "x.csv", known)
    assert (body.stir, body.title.ru, body.contact) == (
        "200123456",
        "Министерство",
        {"name": "A. Karimov"},
    )
    [body] = read_bodies(bodies(BODY), "x.csv", known)
    assert (body.stir, body.contact) == (None, {})


def test_every_faulty_cell_is_told_and_sound_rows_are_kept():
    other = {**BODY, "name": "other", "code": "1-001"}
    bad = {**BODY, "code": "?", "title_uz": "", "kind": "club", "valid_to": "x"}
    sheet = review_bodies(bodies(bad, other), "x.csv")
    assert [draft.name for draft in sheet.drafts] == ["other"]
    assert [(fault.row, fault.column) for fault in sheet.faults] == [
        (2, "code"),
        (2, "title_uz"),
        (2, "kind"),
        (2, "valid_to"),
    ]
    assert review_bodies(b"", "x.csv").faults[0].code == "empty"
    assert review_successions(b"", "x.csv").faults[0].code == "empty"


@pytest.mark.parametrize("column", ["name", "code", "stir"])
def test_a_body_stands_once(column):
    first = {**BODY, "stir": "200123456"}
    other = {**BODY, "name": "other", "code": "1-001", "stir": "200123457", column: first[column]}
    with pytest.raises(ListError) as caught:
        read_bodies(bodies(first, other), "x.csv")
    assert told(caught) == ("twice", 3, column)
    assert "row 2" in str(caught.value)


def test_a_succession_is_read():
    [found] = read_successions(successions({**MERGED, "act": "PF-269", "note": "by decree"}), "x.csv")
    assert (found.body, found.from_body, found.kind) == ("new", "old", SuccessionKind.merged)
    assert (found.effective, found.act, found.note) == (date(2023, 1, 1), "PF-269", "by decree")


def test_an_abolished_body_needs_no_successor():
    [found] = read_successions(successions({**MERGED, "body": "", "kind": "abolished"}), "x.csv")
    assert found.body is None


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"effective": ""}, "required", "effective"),
        ({"effective": "soon"}, "day_form", "effective"),
        ({"from_body": ""}, "required", "from_body"),
        ({"kind": "eaten"}, "kind_unknown", "kind"),
        ({"body": ""}, "required", "body"),
        ({"kind": "abolished"}, "abolished_heir", "body"),
    ],
)
def test_a_bad_succession_is_told(change, code, column):
    with pytest.raises(ListError) as caught:
        read_successions(successions({**MERGED, **change}), "x.csv")
    assert told(caught) == (code, 2, column)
    assert caught.value.remedy


@given(st.dictionaries(st.sampled_from((*BODY_COLUMNS, *OPTIONAL)), LOOSE, max_size=4))
def test_any_register_is_read_or_refused(change):
    with read_or_refused():
        read_bodies(bodies({**BODY, **change}), "x.csv")


@given(st.dictionaries(st.sampled_from(SUCCESSION_COLUMNS), LOOSE, max_size=3))
def test_any_successions_are_read_or_refused(change):
    with read_or_refused():
        read_successions(successions({**MERGED, **change}), "x.csv")


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(content):
    with pytest.raises(ListError):
        read_bodies(content, "x.csv")
