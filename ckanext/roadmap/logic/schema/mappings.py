"""What the actions on mappings accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from .uploads import within_bounds


@validator_args
def mapping_show(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A mapping by name."""
    return {"name": [not_empty, unicode_safe]}


@validator_args
def mapping_import(not_missing: types.Validator) -> types.Schema:
    """A YAML file."""
    return {"upload": [not_missing, within_bounds]}


@validator_args
def mapping_update(
    not_empty: types.Validator, ignore_empty: types.Validator, unicode_safe: types.Validator
) -> types.Schema:
    """A mapping by name, what it is to be, and what it was seen as."""
    needed = [not_empty, unicode_safe]
    return {"name": needed, "definition": needed, "seen": [ignore_empty, unicode_safe]}


@validator_args
def mapping_check(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """What a mapping would be."""
    return {"definition": [not_empty, unicode_safe]}


@validator_args
def connection_check(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A connection by name."""
    return {"name": [not_empty, unicode_safe]}


@validator_args
def harvest_start(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A connection by name."""
    return {"connection": [not_empty, unicode_safe]}


@validator_args
def harvest_progress(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A harvest job by id."""
    return {"job_id": [not_empty, unicode_safe]}
