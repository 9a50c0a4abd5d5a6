"""Contracts in mapping files: what is taken, and what is refused with its field."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from ckanext.roadmap.sources.contract import RULES
from ckanext.roadmap.sources.mapping_file import MappingError, parse
from ckanext.roadmap.sources.mapping_text import write

MAPPING: dict[str, Any] = {
    "name": "clinics",
    "connection": "health",
    "table": "clinics",
    "item": "HE-01",
    "body": "ministry-health",
    "dataset": {"name": "klinikalar", "title": "Klinikalar"},
    "columns": ["id", "region", "cases", "reported_on"],
}
WHOLE: list[dict[str, Any]] = [
    {"rule": "unique", "columns": ["region", "reported_on"]},
    {"rule": "codes", "column": "region", "list": "regions"},
    {"rule": "codes", "column": "region", "values": [1703, "1726 "]},
    {"rule": "range", "column": "cases", "least": 0, "most": 1.5},
    {"rule": "complete", "column": "cases", "share": 99.5},
    {"rule": "fresh", "column": "reported_on", "days": 45},
    {"rule": "small_cells", "column": "cases", "weight": "hold"},
]


def read(contract: Any) -> Any:
    (draft,) = parse(yaml.safe_dump({**MAPPING, "contract": contract}))
    return draft.definition.get("contract")


def test_defaults_are_filled_in():
    assert read([{"rule": "complete", "column": "id"}, {"rule": "small_cells", "column": "cases"}]) == [
        {"rule": "complete", "column": "id", "share": 100, "weight": "hold"},
        {"rule": "small_cells", "column": "cases", "below": 5, "weight": "warn"},
    ]


def test_values_are_texts_without_blanks():
    assert read(WHOLE)[2]["values"] == ["1703", "1726"]


def test_one_column_needs_no_list():
    assert read([{"rule": "unique", "columns": "id"}])[0]["columns"] == ["id"]


def test_every_rule_is_tried():
    assert {one["rule"] for one in read(WHOLE)} == RULES.keys()


@pytest.mark.parametrize("nothing", [None, []])
def test_a_mapping_without_rules_is_as_it_was(nothing: Any):
    (without,) = parse(yaml.safe_dump(MAPPING))
    (draft,) = parse(yaml.safe_dump({**MAPPING, "contract": nothing}))
    assert draft.definition_hash == without.definition_hash


def test_what_is_written_is_read_as_the_same():
    drafts = parse(yaml.safe_dump({**MAPPING, "contract": WHOLE}))
    text = write(draft.definition for draft in drafts)
    assert [draft.definition_hash for draft in parse(text)] == [draft.definition_hash for draft in drafts]


@pytest.mark.parametrize(
    ("contract", "field", "code"),
    [
        ("complete", "contract", "mapping_no_list"),
        (["complete"], "contract.1", "mapping_no_fields"),
        ([{"rule": "complete", "column": "id"}] * 101, "contract", "mapping_contract_long"),
        ([{"column": "id"}], "contract.1.rule", "mapping_rule_unknown"),
        ([{"rule": "nice", "column": "id"}], "contract.1.rule", "mapping_rule_unknown"),
        ([{"rule": "complete"}], "contract.1.column", "mapping_missing"),
        ([{"rule": "complete", "column": "nr"}], "contract.1.column", "mapping_column_unknown"),
        ([{"rule": "complete", "column": "id", "days": 1}], "contract.1.days", "mapping_field_unknown"),
        ([{"rule": "complete", "column": "id", "share": 101}], "contract.1.share", "mapping_contract_value"),
        ([{"rule": "complete", "column": "id", "share": True}], "contract.1.share", "mapping_contract_value"),
        (
            [{"rule": "complete", "column": "id", "weight": "kill"}],
            "contract.1.weight",
            "mapping_contract_value",
        ),
        ([{"rule": "unique"}], "contract.1.columns", "mapping_missing"),
        ([{"rule": "unique", "columns": ["id", "nr"]}], "contract.1.columns", "mapping_column_unknown"),
        ([{"rule": "codes", "column": "id"}], "contract.1.list", "mapping_missing"),
        ([{"rule": "codes", "column": "id", "list": "towns"}], "contract.1.list", "mapping_contract_value"),
        ([{"rule": "codes", "column": "id", "values": []}], "contract.1.values", "mapping_contract_value"),
        ([{"rule": "range", "column": "id"}], "contract.1.least", "mapping_missing"),
        ([{"rule": "range", "column": "id", "least": "a"}], "contract.1.least", "mapping_contract_value"),
        (
            [{"rule": "range", "column": "id", "least": 2, "most": 1}],
            "contract.1.most",
            "mapping_contract_value",
        ),
        ([{"rule": "fresh", "column": "id"}], "contract.1.days", "mapping_missing"),
        ([{"rule": "fresh", "column": "id", "days": None}], "contract.1.days", "mapping_missing"),
        ([{"rule": "fresh", "column": "id", "days": 1.5}], "contract.1.days", "mapping_contract_value"),
        ([{"rule": "small_cells", "column": "id", "below": 1}], "contract.1.below", "mapping_contract_value"),
    ],
)
def test_refusals_name_the_rule_and_the_field(contract: Any, field: str, code: str):
    with pytest.raises(MappingError) as caught:
        read(contract)
    assert (caught.value.params["field"], caught.value.code) == (field, code)
    assert caught.value.params["remedy"]
