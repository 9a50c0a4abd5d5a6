"""A mapping as a form: nothing is lost on the way there and back, and each fault stands at its field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
import yaml
from werkzeug.datastructures import MultiDict

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.presentation.mapping_form import Sheet, definition_of, fresh, place_of, sent, sheet_of
from ckanext.roadmap.presentation.mapping_lines import looked_at
from ckanext.roadmap.sources.mapping_file import MappingError, parse

WHOLE = """
name: schools
connection: education
schema: open_data
table: schools
item: E-01
body: ministry-education
dataset:
  name: maktablar
  title: {uz: Maktablar, uz_Cyrl: Мактаблар, ru: Школы, en: Schools}
  notes: {ru: "Все школы: по районам"}
  frequency: annual
  contact_email: data@example.org
resource: {title: {uz: Jadval}}
key: [year, id]
period_column: year
region_column: region
watermark_column: changed
full_text: later
row_floor: 0
formats: [xlsx, parquet]
read: {sheet: 2, since: {parameter: from, overlap: 5}}
gates: {fewer_rows: 50, regions: false}
schedule: {cron: 30 2 * * mon-fri, window: 22:00-06:00}
columns:
  - {name: id, source: nr, type: int8}
  - year
  - {name: name, source: nomi, title: {uz: Nomi, ru: Название}, description: {uz: To'liq nomi}}
  - {name: phone, public: [phone]}
  - {name: price, type: "numeric(10, 2)"}
  - region
  - changed
"""


def written(sheet: Sheet) -> dict[str, Any]:
    return parse(yaml.safe_dump(definition_of(sheet)))[0].definition


def as_sent(sheet: Sheet) -> MultiDict[str, str]:
    """What a browser sends of a form."""
    form = MultiDict[str, str](sheet.values)
    form.setlist("formats", list(sheet.formats))
    form["lines"] = str(len(sheet.lines) + 1)
    for number, line in enumerate(sheet.lines):
        at = f"column-{number}"
        told = {name: getattr(line, name) for name in ("source", "name", "type", "kind", "nulls", "distinct")}
        told |= {name: "1" for name in ("use", "key", "lacks") if getattr(line, name)} | {"place": line.place}
        texts = {"title": line.title, "description": line.description}
        told |= {f"{name}.{lang}": text for name, one in texts.items() for lang, text in one.items()}
        form.update({f"{at}.{name}": str(value) for name, value in told.items()})
        form.setlist(f"{at}.public", list(line.public))
    form[f"column-{len(sheet.lines)}.use"] = "1"
    return form


def test_the_form_and_back_is_the_same_mapping():
    draft = parse(WHOLE)[0]
    sheet = sheet_of(draft.definition)
    assert written(sheet) == draft.definition
    assert sent(as_sent(sheet)) == sheet, "and a browser on the way changes nothing"


def test_what_the_form_does_not_show_is_kept_as_yaml():
    sheet = sheet_of(parse(WHOLE)[0].definition)
    assert set(yaml.safe_load(sheet.values["rest"])) == {"read", "gates"}
    assert sheet_of(parse(WHOLE.partition("read:")[0] + "columns: [id, year, region, changed]")[0].definition)


def test_a_column_may_get_another_name_and_stays_key_and_period():
    sheet = sheet_of(parse(WHOLE)[0].definition)
    lines = [replace(line, name=f"{line.name}_2") for line in sheet.lines]
    found = written(replace(sheet, lines=tuple(lines)))
    assert (found["key"], found["period_column"]) == (["year_2", "id_2"], "year_2")


def test_a_look_fills_in_what_is_there_and_names_what_lacks():
    sheet = sheet_of(parse(WHOLE)[0].definition)
    look = [
        {"source": "nr", "kind": "INTEGER", "type": "int8", "nulls": 0, "distinct": 9},
        {"source": "year", "kind": "", "type": None, "nulls": None, "distinct": None},
        {"source": "_pinfl", "kind": "TEXT", "type": None, "nulls": None, "distinct": None},
    ]
    lines = looked_at(sheet.lines, look)
    assert (lines[0].kind, lines[0].distinct, lines[0].lacks) == ("INTEGER", "9", False)
    assert lines[1].lacks
    new = lines[-1]
    assert (new.source, new.name, new.use, new.nulls) == ("_pinfl", "pinfl", False, "")
    assert looked_at(lines, look) == lines, "a second look adds nothing"


def test_a_new_form_publishes_nothing_by_itself():
    look = [{"source": "nr", "kind": "INTEGER", "type": None, "nulls": 0, "distinct": 9}]
    sheet = fresh({"connection": "education", "schema": "", "table": "v1/Maktablar 2024.csv"}, look)
    assert (sheet.values["name"], sheet.values["dataset.name"]) == ("maktablar-2024", "maktablar-2024")
    assert not sheet.ticked
    with pytest.raises(MappingError) as caught:
        written(sheet)
    assert caught.value.params["field"] == "item"


@pytest.mark.parametrize(
    ("field", "place"),
    [
        ("columns.name.type", "column-2"), ("columns.phone", "column-3"), ("columns.none", "columns"),
        ("columns", "columns"), ("key", "columns"), ("schedule.cron", "schedule.rhythm"),
        ("schedule.window", "schedule.window"), ("dataset.title", "dataset.title"), ("dataset", "dataset.title"),
        ("gates.regions", "rest"), ("read.sheet", "rest"), ("item", "item"), ("formats", "formats"),
        ("period_column", "period_column"), ("resource.title", "resource.title"), ("surprise", "rest"),
    ],
)  # fmt: skip
def test_each_fault_has_its_place(field: str, place: str):
    assert place_of(field, sheet_of(parse(WHOLE)[0].definition)) == place


@pytest.mark.parametrize(
    ("rest", "code"),
    [
        ("read: [", "mapping_yaml"),
        ("read: 2026-13-45", "mapping_yaml"),
        ("- 1", "mapping_no_fields"),
        ("item: x", "mapping_field_shown"),
    ],
)
def test_further_settings_are_checked(rest: str, code: str):
    sheet = sheet_of(parse(WHOLE)[0].definition)
    with pytest.raises(RoadmapError) as caught:
        definition_of(replace(sheet, values={**sheet.values, "rest": rest}))
    assert (caught.value.code, caught.value.params["field"]) == (code, "rest")
