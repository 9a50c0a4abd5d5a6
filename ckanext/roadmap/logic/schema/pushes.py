"""What the actions of agents that push accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def push_token_create(
    not_empty: types.Validator, unicode_safe: types.Validator, default: types.ValidatorFactory
) -> types.Schema:
    """A system, and what the token is for."""
    return {"system": [not_empty, unicode_safe], "note": [default(""), unicode_safe]}


@validator_args
def push_token_list(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A system."""
    return {"system": [not_empty, unicode_safe]}


@validator_args
def push_token_revoke(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A token by its id."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def push_check(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A token and a mapping."""
    return {"token": [not_empty, unicode_safe], "mapping": [not_empty, unicode_safe]}


@validator_args
def push_begin(
    not_empty: types.Validator,
    unicode_safe: types.Validator,
    convert_to_json_if_string: types.Validator,
    dict_only: types.Validator,
) -> types.Schema:
    """What an agent says of a reading."""
    texts = {name: [not_empty, unicode_safe] for name in ("token", "mapping")}
    return {**texts, "manifest": [not_empty, convert_to_json_if_string, dict_only]}


@validator_args
def push_chunk(
    not_empty: types.Validator,
    not_missing: types.Validator,
    unicode_safe: types.Validator,
    roadmap_number: types.Validator,
) -> types.Schema:
    """One piece of a reading."""
    texts = {name: [not_empty, unicode_safe] for name in ("token", "mapping", "content")}
    return {**texts, "number": [not_empty, roadmap_number], "upload": [not_missing]}


@validator_args
def push_fail(
    not_empty: types.Validator,
    unicode_safe: types.Validator,
    default: types.ValidatorFactory,
    convert_to_json_if_string: types.Validator,
    dict_only: types.Validator,
) -> types.Schema:
    """Why a source could not be read."""
    texts = {name: [not_empty, unicode_safe] for name in ("token", "mapping", "code")}
    return {**texts, "params": [default("{}"), convert_to_json_if_string, dict_only]}


@validator_args
def push_finish(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A reading, and when the source was read."""
    return {name: [not_empty, unicode_safe] for name in ("token", "mapping", "content", "read_at")}
