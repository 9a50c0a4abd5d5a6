"""What the actions on the approved list accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from .texts import LINE, TEXT, words
from .uploads import within_bounds


@validator_args
def list_import(
    not_missing: types.Validator,
    not_empty: types.Validator,
    default: types.ValidatorFactory,
    roadmap_number: types.Validator,
    roadmap_year: types.Validator,
    ignore_empty: types.Validator,
    convert_to_json_if_string: types.Validator,
    roadmap_choices: types.Validator,
) -> types.Schema:
    """A file, the year and number it gets, and the bodies chosen for words that did not match."""
    return {
        "upload": [not_missing, within_bounds],
        "year": [not_empty, roadmap_year],
        "number": [default(1), roadmap_number],
        "choices": [ignore_empty, convert_to_json_if_string, roadmap_choices],
    }


@validator_args
def list_check(
    not_missing: types.Validator,
    ignore_empty: types.Validator,
    convert_to_json_if_string: types.Validator,
    roadmap_choices: types.Validator,
) -> types.Schema:
    """A file, and the bodies chosen for words that did not match."""
    return {
        "upload": [not_missing, within_bounds],
        "choices": [ignore_empty, convert_to_json_if_string, roadmap_choices],
    }


@validator_args
def list_version_show(
    not_empty: types.Validator,
    ignore_missing: types.Validator,
    roadmap_number: types.Validator,
    roadmap_year: types.Validator,
) -> types.Schema:
    """A version by year and number."""
    return {
        "year": [not_empty, roadmap_year],
        "number": [ignore_missing, roadmap_number],
    }


@validator_args
def list_version_approve(
    not_empty: types.Validator,
    default: types.ValidatorFactory,
    ignore_missing: types.Validator,
    ignore_empty: types.Validator,
    url_validator: types.Validator,
    unicode_safe: types.Validator,
    roadmap_number: types.Validator,
    roadmap_year: types.Validator,
    roadmap_day: types.Validator,
) -> types.Schema:
    """A version and the commission's decision on it."""
    return {
        "year": [not_empty, roadmap_year],
        "number": [default(1), roadmap_number],
        "decision_number": [not_empty, unicode_safe, words(LINE, 1)],
        "decision_date": [not_empty, roadmap_day],
        "decision_document": [ignore_empty, unicode_safe, url_validator],
        "in_force_from": [ignore_missing, roadmap_day],
        "override_act": [ignore_missing, unicode_safe, words(LINE)],
        "override_reason": [ignore_missing, unicode_safe, words(TEXT)],
    }


@validator_args
def list_version_list(ignore_empty: types.Validator, roadmap_as_of: types.Validator) -> types.Schema:
    """The time that is looked at."""
    return {"as_of": [ignore_empty, roadmap_as_of]}


@validator_args
def item_list(
    ignore_missing: types.Validator,
    default: types.ValidatorFactory,
    boolean_validator: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_number: types.Validator,
    roadmap_year: types.Validator,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """Filters of the list's items."""
    return {
        "as_of": [ignore_empty, roadmap_as_of],
        "year": [ignore_missing, roadmap_year],
        "number": [ignore_missing, roadmap_number],
        "sphere": [ignore_missing, unicode_safe],
        "body": [ignore_missing, unicode_safe],
        "ai": [ignore_missing, boolean_validator],
        "bodies": [default(False), boolean_validator],
        "q": [ignore_missing, unicode_safe],
    }


@validator_args
def item_show(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """An item by code, and the time it is looked at."""
    return {"code": [not_empty, unicode_safe], "as_of": [ignore_empty, roadmap_as_of]}
