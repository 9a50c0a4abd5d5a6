"""Every code that can be raised has its words, and each text is filled by its raiser."""

from __future__ import annotations

import csv
import io

import pytest
import yaml

from ckanext.roadmap.domain.errors import ListError, ResponsibleError, RoadmapError
from ckanext.roadmap.presentation import problems
from ckanext.roadmap.presentation.problems.problem import EMPTY_CELL
from ckanext.roadmap.sources.approved_list import COLUMNS, read_approved_list
from ckanext.roadmap.sources.database import FAULTS
from ckanext.roadmap.sources.mapping_file import MappingError, parse
from ckanext.roadmap.tests.presentation import raised_codes
from ckanext.roadmap.translations import catalogue

MAPPING = {
    "name": "schools",
    "connection": "education",
    "table": "schools",
    "item": "E-01",
    "body": "ministry-education",
    "dataset": {"name": "maktablar", "title": "Maktablar"},
    "columns": ["id"],
}
WRONG_MAPPINGS = [
    {"table": None}, {"tabel": 1}, {"name": "A b"}, {"connection": "postgresql://u:p@h/x"}, {"dataset": "x"},
    {"dataset": {"name": "x y", "title": "x"}}, {"dataset": {"name": "xx"}}, {"dataset": {"name": "xx", "tilte": 1}},
    {"columns": "id"}, {"columns": ["id", "id"]}, {"columns": ["_id"]}, {"columns": [{"name": "id", "kind": 1}]},
    {"columns": [{"name": "id", "type": "words"}]}, {"columns": [{"name": "id", "title": 1}]}, {"key": "nr"},
    {"columns": [{"name": "id", "title": {"de": "x"}}]}, {"watermark_column": "x"}, {"full_text": "maybe"},
    {"row_floor": "x"}, {"contract": "x"}, {"contract": [{"rule": "nice"}]}, {"contract": [{"rule": "complete"}]},
    {"contract": [{"rule": "complete", "column": "nr"}]}, {"contract": [{"rule": "complete", "column": "id", "share": 101}]},
    {"contract": [{"rule": "complete", "column": "id"}] * 101}, {"schedule": "x"}, {"schedule": {"window": "22:00-06:00"}},
    {"schedule": {"cron": "0 3 * * *", "window": "x"}}, {"schedule": {"hours": 1}}, {"read": {"since": {}}},
    {"read": {"since": {"parameter": "after"}}}, {"read": {"since": "after"}},
]  # fmt: skip
ITEM = {
    **dict.fromkeys(COLUMNS, ""),
    "code": "E-01",
    "title_uz": "Maktablar",
    "sphere": "education",
    "place": "portal",
    "frequency": "quarterly",
    "due_rule": "15 days after period end",
    "responsible": "all",
}
WRONG_ITEMS = [
    {"code": "?"}, {"title_uz": ""}, {"sphere": ""}, {"place": "nowhere"}, {"frequency": "sometimes"},
    {"due_rule": "soon"}, {"due_rule": "999 days after period end"}, {"responsible": ""}, {"responsible": "kind:king"},
    {"responsible": "like:this"}, {"territorial": "maybe"}, {"columns": "1a"}, {"odin": "x"},
    {"frequency": "once", "due_rule": "by 2026-02-31"},
]  # fmt: skip

TO_DO = """Errors without words in the reader's language:
{missing}
For each: add `"code": Problem(_("What is wrong with {{param}}."), _("What to do."))` to the dict of its topic in
ckanext/roadmap/presentation/problems/ (sheets.py, lists.py, mappings.py, loads.py or acts.py); name only params that every raiser
gives. Then run `python -m tools.translations update`, and translate the new strings in i18n/uz and i18n/ru."""


def has_words(code: str) -> bool:
    return any(key.partition(":")[0] == code for key in problems.PROBLEMS)


def as_csv(rows: list[dict[str, str]]) -> bytes:
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, COLUMNS)
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue().encode()


def assert_told(error: RoadmapError) -> None:
    told = problems.tell(error.code, error.params)
    assert told is not None, f"{error.code} gives {sorted(error.params)}, its text wants more"
    whole = " ".join(written(one) for one in (told.place, *told.problem, told.remedy))
    assert "None" not in whole
    assert "['" not in whole


def written(message) -> str:
    return message.singular.format(**message.params)


def test_every_raised_code_has_words():
    missing = [one for one in raised_codes.raised() if not has_words(one.code)]
    lines = [f"  {one.code} ({one.file}:{one.line})" for one in missing]
    assert not lines, TO_DO.format(missing="\n".join(lines))


def test_the_codes_are_really_found():
    codes = {one.code for one in raised_codes.raised()}
    expected = {
        "empty",
        "too_many_cells",
        "twice",
        "flag_form",
        "body_code_form",
        "due_rule_unfit",
        "kind_unknown",
    }
    expected |= {
        "mapping_missing",
        "mapping_item_unknown",
        "once_a_year",
        "row_floor",
        "key_double",
        "table_missing",
    }
    expected |= {"busy", "datastore_refused", "value_refused", "internal", "interrupted", "secret_file"}
    assert expected <= codes


def test_faults_of_a_driver_have_words():
    assert {name for name, _message, _remedy in FAULTS.values()} | {"unreachable"} <= problems.PROBLEMS.keys()


def test_every_raiser_fills_its_text():
    lacking = [
        f"  {one.code} ({one.file}:{one.line}): its text names {sorted(names - one.params)}"
        for one in raised_codes.raised()
        for key, entry in problems.PROBLEMS.items()
        if key == one.code
        for names in [problems.names_in(entry.problem + entry.remedy)]
        if not names <= one.params
    ]
    assert not lacking, "Give these as params of the error, or leave them out of the text:\n" + "\n".join(
        lacking
    )


@pytest.mark.parametrize("change", WRONG_MAPPINGS, ids=str)
def test_a_wrong_mapping_is_told_whole(change):
    with pytest.raises(MappingError) as caught:
        parse(yaml.safe_dump({**MAPPING, **change}))
    assert_told(caught.value)


@pytest.mark.parametrize("text", ["", "a: [", "[1]", "- a"])
def test_a_wrong_file_of_mappings_is_told_whole(text):
    with pytest.raises(MappingError) as caught:
        parse(text)
    assert_told(caught.value)


@pytest.mark.parametrize("change", WRONG_ITEMS, ids=str)
def test_a_wrong_item_is_told_whole(change):
    with pytest.raises(ListError) as caught:
        read_approved_list(as_csv([{**ITEM, **change}]), "list.csv")
    assert_told(caught.value)


def test_a_cell_is_told_by_its_place():
    error = ListError("flag_form", "…", row=7, column="territorial", value="maybe", remedy="…")
    told = problems.tell(error.code, error.params)
    assert written(told.place) == "Row 7, column territorial:"
    assert [written(one) for one in told.problem] == ['"maybe" cannot be taken.']
    assert written(told.remedy) == "Write yes or no."


def test_an_empty_cell_is_told_as_such():
    error = ListError("required", "…", row=7, column="title_uz", value="")
    told = problems.tell(error.code, error.params)
    assert (written(told.problem[0]), written(told.remedy)) == (
        "The cell is empty.",
        "Give the name in Uzbek.",
    )


def test_near_names_are_told_where_there_are_any():
    error = ListError.at(
        ResponsibleError("body_unknown", "…", value="x", candidates=["a", "b"]), row=2, column="c"
    )
    assert [written(one) for one in problems.tell(error.code, error.params).problem][1:] == [
        "Did you mean: a, b?"
    ]
    assert len(problems.tell("body_unknown", {"value": "x", "candidates": []}).problem) == 1


def test_a_field_of_a_mapping_is_told_by_its_place():
    with pytest.raises(MappingError) as caught:
        parse(yaml.safe_dump({**MAPPING, "columns": [{"name": "id", "type": "words"}]}))
    told = problems.tell(caught.value.code, caught.value.params)
    assert written(told.place) == "Mapping schools, field columns.id.type:"
    assert "numeric" in written(told.remedy)


@pytest.mark.parametrize(("code", "params"), [("nothing_known", {}), ("frequency_unknown", {"value": "x"})])
def test_without_words_or_values_nothing_is_told(code, params):
    assert problems.tell(code, params) is None


def test_what_people_wrote_is_never_taken_for_a_text():
    told = problems.tell("frequency_unknown", {"value": "{accepted.__class__}", "accepted": "daily"})
    assert written(told.problem[0]) == 'Frequency "{accepted.__class__}" is unknown.'


@pytest.mark.parametrize("locale", ["uz", "ru"])
def test_every_text_is_translated(locale):
    path = raised_codes.PACKAGE / "i18n" / locale / "LC_MESSAGES" / "ckanext-roadmap.po"
    known = {entry.msgid for entry in catalogue.load(path) if entry.msgstr}
    texts = {
        text for one in problems.PROBLEMS.values() for text in (one.problem, one.remedy, one.hint) if text
    }
    assert sorted({*texts, problems.ROW, problems.FIELD, EMPTY_CELL} - known) == []
