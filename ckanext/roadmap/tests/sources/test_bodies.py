"""The register of bodies and their successions."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.body import BodyKind, SuccessionKind
from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.sources.bodies import BODY_COLUMNS, SUCCESSION_COLUMNS, read_bodies, read_successions
from ckanext.roadmap.tests.sources.sheets import as_csv, as_xlsx, read_or_refused, table, told

BODY = {
    "name": "ministry-education",
    "code": "1-002",
    "title_uz": "Ta'lim vazirligi",
    "title_ru": "Министерство",
    "title_en": "Ministry",
    "kind": "ministry",
}
OPTIONAL = ("title_uz_cyrl", "stir", "valid_from", "valid_to")
MERGED = {"body": "new", "from_body": "old", "kind": "merged", "effective": "2023-01-01"}
LOOSE = st.one_of(
    st.text(max_size=12), st.sampled_from(["1703", "2023-02-30", "all", "ministry", "1-002", "-"])
)


def bodies(*rows):
    return as_csv(table((*BODY_COLUMNS, *OPTIONAL), *rows))


def successions(*rows):
    return as_csv(table((*SUCCESSION_COLUMNS, "note"), *rows))


def test_a_body_is_read_whole():
    row = {
        **BODY,
        "kind": "central-institution",
        "parent": "x",
        "region_soato": "1703",
        "stir": "200",
        "valid_to": "2024-01-01",
    }
    [body] = read_bodies(bodies(row), "x.csv")
    assert (body.row, body.name, body.code, body.parent) == (2, "ministry-education", "1-002", "x")
    assert (body.kind, body.region_soato, body.stir) == (BodyKind.central_institution, "1703", "200")
    assert (body.valid_from, body.valid_to) == (None, date(2024, 1, 1))
    assert body.title.ru == "Министерство"


def test_a_workbook_gives_the_same():
    header = (*BODY_COLUMNS, *OPTIONAL)
    row = {**BODY, "valid_from": date(2020, 1, 1), "stir": 200}
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
    ],
)
def test_a_bad_cell_is_told(change, code, column):
    other = {**BODY, "name": "other", "code": "1-001"}
    with pytest.raises(ListError) as caught:
        read_bodies(bodies(other, {**BODY, **change}), "x.csv")
    assert told(caught) == (code, 3, column)
    assert caught.value.remedy


@pytest.mark.parametrize("column", ["name", "code"])
def test_a_body_stands_once(column):
    other = {**BODY, "name": "other", "code": "1-001", column: BODY[column]}
    with pytest.raises(ListError) as caught:
        read_bodies(bodies(BODY, other), "x.csv")
    assert told(caught) == ("twice", 3, column)
    assert "row 2" in str(caught.value)


def test_a_succession_is_read():
    [found] = read_successions(successions({**MERGED, "note": "decree"}), "x.csv")
    assert (found.body, found.from_body, found.kind) == ("new", "old", SuccessionKind.merged)
    assert (found.effective, found.note) == (date(2023, 1, 1), "decree")


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
