"""What the acts on takedowns accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from .texts import TEXT, words


@validator_args
def takedown_create(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A resource and why its data are hidden."""
    return {"resource": [not_empty, unicode_safe], "reason": [not_empty, unicode_safe, words(TEXT, 1)]}


@validator_args
def takedown_rule(
    not_empty: types.Validator, unicode_safe: types.Validator, one_of: types.ValidatorFactory
) -> types.Schema:
    """A takedown, the ruling and its grounds."""
    return {
        "id": [not_empty, unicode_safe],
        "ruling": [not_empty, one_of(["confirmed", "dismissed"])],
        "text": [not_empty, unicode_safe, words(TEXT, 1)],
    }


@validator_args
def takedown_reinstate(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A takedown and what was done to the data."""
    return {"id": [not_empty, unicode_safe], "text": [not_empty, unicode_safe, words(TEXT, 1)]}


@validator_args
def takedown_list(
    ignore_empty: types.Validator, unicode_safe: types.Validator, roadmap_as_of: types.Validator
) -> types.Schema:
    """One takedown, or all."""
    return {"id": [ignore_empty, unicode_safe], "as_of": [ignore_empty, roadmap_as_of]}
