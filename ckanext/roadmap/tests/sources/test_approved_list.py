"""The approved list: each row an item, each fault a place and a remedy."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.domain.event import Place
from ckanext.roadmap.domain.term import Frequency
from ckanext.roadmap.sources.approved_list import COLUMNS, read_approved_list
from ckanext.roadmap.tests.sources.sheets import as_csv, as_xlsx, read_or_refused, table, told

ITEM = {
    "code": "E-01",
    "title_uz": "Maktablar",
    "title_ru": "Школы",
    "title_en": "Schools",
    "sphere": "education",
    "place": "portal",
    "frequency": "quarterly",
    "due_rule": "15 days after period end",
    "responsible": "ministry-education",
    "territorial": "yes",
    "region_column": "region",
    "columns": "code; region ;code",
    "odin": "2;14",
    "ai": "no",
}
OPTIONAL = ("title_uz_cyrl", "odin_indicators", "personal_data", "source_note")
WORDS = ["annual", "once", "continuous", "by 1 March", "by 2026-02-30", "within 3 working days of change"]
LOOSE = st.one_of(
    st.text(max_size=14), st.sampled_from([*WORDS, "all", "kind:region", "portal;site", "²", "9" * 5000])
)


def content(*rows):
    return as_csv(table((*COLUMNS, *OPTIONAL), *rows))


def read(**change):
    [draft] = read_approved_list(content({**ITEM, **change}), "list.csv")
    return draft


def test_an_item_is_read_whole():
    item = read(legal_basis="DP-6247", source_note="annex 2")
    assert (item.row, item.code, item.sphere) == (2, "E-01", "education")
    assert item.term.frequency is Frequency.quarterly
    assert item.places == (Place.portal,)
    assert item.columns == ("code", "region")
    assert item.odin == (2, 14)
    assert (item.territorial, item.region_column, item.ai) == (True, "region", False)
    assert (item.legal_basis, item.source_note) == ("DP-6247", "annex 2")


def test_indicators_bring_their_category():
    item = read(odin="2", odin_indicators="copi; ACRE:4;GF:5; COPI", personal_data="Обезличенные")
    assert item.odin == (2, 13, 14)
    assert item.odin_indicators == ("COPI", "ACRE:4", "14:5")
    assert item.personal_data == "depersonalised"


def test_columns_have_types_where_one_is_named():
    item = read(columns="code:text; yil:Butun son;amount:число;name")
    assert item.columns == ("code", "yil", "amount", "name")
    assert item.column_types == {"code": "text", "yil": "integer", "amount": "number"}


def test_a_workbook_gives_the_same():
    rows = table((*COLUMNS, *OPTIONAL), {**ITEM, "odin": 2})
    assert read_approved_list(as_xlsx(rows), "x.xlsx") == read_approved_list(as_csv(rows), "x.csv")


@pytest.mark.parametrize("word", ["yes", "Yes", "ha", "да", "ҳа", "1", "TRUE"])
def test_yes_in_every_language(word):
    assert read(ai=word).ai


@pytest.mark.parametrize("word", ["no", "yo'q", "нет", "йўқ", "0", "false", ""])
def test_no_in_every_language(word):
    assert not read(ai=word).ai


@pytest.mark.parametrize(
    ("frequency", "rule", "allowed"),
    [
        ("quarterly", "15 days after period end", False),
        ("continuous", "within 3 working days of change", True),
        ("once", "by 2026-05-01", True),
    ],
)
def test_a_register_may_stand_still_and_a_series_may_not(frequency, rule, allowed):
    assert read(frequency=frequency, due_rule=rule).unchanged_allowed is allowed
    assert read(frequency=frequency, due_rule=rule, unchanged_allowed="yes").unchanged_allowed
    assert not read(frequency=frequency, due_rule=rule, unchanged_allowed="no").unchanged_allowed


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"code": "e1"}, "code_form", "code"),
        ({"title_uz": ""}, "required", "title_uz"),
        ({"sphere": ""}, "required", "sphere"),
        ({"place": "shop"}, "place_unknown", "place"),
        ({"place": ""}, "place_unknown", "place"),
        ({"frequency": "sometimes"}, "frequency_unknown", "frequency"),
        ({"frequency": ""}, None, "frequency"),
        ({"due_rule": "by 31 Marchh"}, None, "due_rule"),
        ({"due_rule": ""}, None, "due_rule"),
        ({"responsible": ""}, None, "responsible"),
        ({"responsible": "kind:club"}, None, "responsible"),
        ({"territorial": "perhaps"}, "flag_form", "territorial"),
        ({"unchanged_allowed": "perhaps"}, "flag_form", "unchanged_allowed"),
        ({"ai": "perhaps"}, "flag_form", "ai"),
        ({"columns": "two words"}, "column_form", "columns"),
        ({"columns": "code:colour"}, "column_type_unknown", "columns"),
        ({"columns": "code:"}, "column_type_unknown", "columns"),
        ({"odin": "two"}, "odin_category_unknown", "odin"),
        ({"odin": "²"}, "odin_category_unknown", "odin"),
        ({"odin": "24"}, "odin_category_unknown", "odin"),
        ({"odin": "9" * 5000}, "odin_category_unknown", "odin"),
        ({"odin_indicators": "XXXX"}, "odin_indicator_unknown", "odin_indicators"),
        ({"odin_indicators": "COPI:11"}, "odin_indicator_unknown", "odin_indicators"),
        ({"odin_indicators": "18.1"}, "odin_indicator_unknown", "odin_indicators"),
        ({"odin_indicators": "14"}, "odin_indicator_whole", "odin_indicators"),
        ({"personal_data": "perhaps"}, "personal_class_unknown", "personal_data"),
        ({"due_rule": f"{'9' * 30} days after period end"}, None, "due_rule"),
        ({"due_rule": f"{'9' * 5000} days after period end"}, None, "due_rule"),
        ({"frequency": "annual", "due_rule": "by 30 February"}, None, "due_rule"),
        ({"frequency": "once", "due_rule": "by 2026-02-30"}, None, "due_rule"),
    ],
)
def test_a_bad_cell_is_told(change, code, column):
    other = {**ITEM, "code": "E-02"}
    with pytest.raises(ListError) as caught:
        read_approved_list(content(other, {**ITEM, **change}), "list.csv")
    found, row, where = told(caught)
    assert (row, where) == (3, column)
    assert code in (None, found)


def test_an_item_stands_once():
    with pytest.raises(ListError) as caught:
        read_approved_list(content(ITEM, ITEM), "list.csv")
    assert told(caught) == ("twice", 3, "code")


def test_a_list_without_items_is_refused():
    with pytest.raises(ListError) as caught:
        read_approved_list(content(), "list.csv")
    assert told(caught) == ("empty", 2, "code")


@given(st.dictionaries(st.sampled_from((*COLUMNS, *OPTIONAL)), LOOSE, max_size=5))
def test_any_list_is_read_or_refused(change):
    with read_or_refused():
        [draft] = read_approved_list(content({**ITEM, **change}), "list.csv")
        assert draft.code
        assert draft.places


@given(st.binary(max_size=200), st.sampled_from(["list.csv", "list.xlsx"]))
def test_any_bytes_are_refused_in_words(found, name):
    with pytest.raises(ListError):
        read_approved_list(found, name)


def test_the_real_list_is_read(shared_data):
    file = shared_data / "approved-list-2023.csv"
    assert len(read_approved_list(file.read_bytes(), file.name)) > 10
