"""Mapping files: what is taken, and what is refused with mapping, field and remedy."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ckanext.roadmap.sources.mapping_file import MappingError, parse
from ckanext.roadmap.sources.mapping_text import write

GOOD: dict[str, Any] = {
    "name": "schools",
    "connection": "education",
    "table": "schools",
    "item": "E-01",
    "body": "ministry-education",
    "dataset": {"name": "maktablar", "title": {"uz": "Maktablar", "ru": "Школы"}},
    "key": "id",
    "columns": [
        "id",
        {"name": "code", "type": "text", "title": "Kod"},
        {"name": "region", "source": "parent_code"},
    ],
    "region_column": "region",
}


def written(**changes: Any) -> str:
    return yaml.safe_dump({**GOOD, **changes}, allow_unicode=True)


def test_defaults_are_filled_in():
    (draft,) = parse(written())
    assert draft.name == "schools"
    assert {name: draft.definition[name] for name in ("schema", "key", "full_text", "row_floor")} == {
        "schema": "public", "key": ["id"], "full_text": "on", "row_floor": 1,
    }  # fmt: skip
    assert draft.definition["columns"][0] == {"name": "id", "source": "id", "type": None, "title": {}}
    assert draft.definition["columns"][1]["title"] == {"uz": "Kod"}


@pytest.mark.parametrize("join", ["\n---\n", None])
def test_several_in_a_file(join: str | None):
    other = {**GOOD, "name": "pupils", "dataset": {"name": "oquvchilar", "title": "O'quvchilar"}}
    text = written() + join + yaml.safe_dump(other) if join else yaml.safe_dump({"mappings": [GOOD, other]})
    assert [draft.name for draft in parse(text)] == ["schools", "pupils"]


def test_hash_does_not_depend_on_the_order_of_fields():
    turned = yaml.safe_dump(dict(reversed(list(GOOD.items()))), sort_keys=False)
    assert parse(turned)[0].definition_hash == parse(written())[0].definition_hash


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"table": None}, "table"),
        ({"tabel": "x"}, "tabel"),
        ({"connection": "postgresql://u:p@h/x"}, "connection"),
        ({"key": "nr"}, "key"),
        ({"region_column": "nr"}, "region_column"),
        ({"full_text": "maybe"}, "full_text"),
        ({"row_floor": -1}, "row_floor"),
        ({"columns": "id"}, "columns"),
        ({"schedule": "0 3 * * *"}, "schedule"),
        ({"schedule": {"window": "22:00-06:00"}}, "schedule.cron"),
        ({"schedule": {"cron": "0 3 * * *", "window": "22-06"}}, "schedule.window"),
        ({"schedule": {"cron": "0 3 * * *", "hours": "x"}}, "schedule.hours"),
        ({"read": {"since": "updated_after"}}, "read.since"),
        (
            {"read": {"since": {"parameter": "a", "overlap": "x"}}, "watermark_column": "code"},
            "read.since.overlap",
        ),
        ({"read": {"since": {}}, "watermark_column": "code"}, "read.since.parameter"),
        ({"read": {"since": {"parameter": "after"}}}, "watermark_column"),
        ({"read": {"since": {"parameter": "after"}}, "watermark_column": "code", "key": None}, "key"),
        ({"columns": ["id", "id"]}, "columns.id"),
        ({"columns": ["_id"]}, "columns._id"),
        ({"columns": [{"name": "id", "type": "int4; DROP TABLE x"}]}, "columns.id.type"),
        ({"columns": [{"name": "id", "titel": "x"}]}, "columns.id.titel"),
        ({"dataset": {"name": "Maktablar!", "title": "x"}}, "dataset.name"),
        ({"dataset": {"name": "maktablar"}}, "dataset.title"),
        ({"dataset": {"name": "maktablar", "title": {"de": "Schulen"}}}, "dataset.title"),
    ],
)
def test_refusals_name_mapping_field_and_remedy(changes: dict[str, Any], field: str):
    with pytest.raises(MappingError) as raised:
        parse(written(**changes))
    assert raised.value.params["mapping"] == "schools"
    assert raised.value.params["field"] == field
    assert raised.value.params["remedy"]


@pytest.mark.parametrize("text", ["", "- just text", "name: [unclosed", "12"])
def test_texts_that_are_no_mapping(text: str):
    with pytest.raises(MappingError):
        parse(text)


def test_the_same_name_twice():
    with pytest.raises(MappingError, match="twice"):
        parse(yaml.safe_dump([GOOD, GOOD]))


def test_what_is_written_is_read_as_the_same():
    drafts = parse(
        yaml.safe_dump_all(
            [
                {**GOOD, "row_floor": 0, "full_text": False, "resource": {"title": {"ru": "Школы"}}},
                {**GOOD, "name": "bb", "dataset": {"name": "bb", "title": "B"}, "read": {"format": "csv"}},
            ]
        )
    )
    text = write(draft.definition for draft in drafts)
    assert [draft.definition_hash for draft in parse(text)] == [draft.definition_hash for draft in drafts]
    assert "schema" not in text
    assert "- id\n" in text


def test_a_schedule_is_kept_in_one_form_and_only_if_it_is_there():
    assert "schedule" not in parse(written())[0].definition
    (draft,) = parse(written(schedule={"cron": " 30  2 * * MON-FRI ", "window": "22:00 - 06:00"}))
    assert draft.definition["schedule"] == {"cron": "30 2 * * mon-fri", "window": "22:00-06:00"}
    assert parse(write([draft.definition]))[0] == draft
