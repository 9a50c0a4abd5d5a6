"""What the looks at sources accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def source_list(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A connection by name."""
    return {"connection": [not_empty, unicode_safe]}


@validator_args
def source_look(
    not_empty: types.Validator,
    unicode_safe: types.Validator,
    default: types.ValidatorFactory,
    ignore_empty: types.Validator,
) -> types.Schema:
    """A table of a connection, and how it is read."""
    needed = [not_empty, unicode_safe]
    return {
        "connection": needed,
        "table": needed,
        "schema": [default("public"), unicode_safe],
        "read": [ignore_empty],
    }


@validator_args
def source_look_create(
    ignore_empty: types.Validator, unicode_safe: types.Validator, default: types.ValidatorFactory
) -> types.Schema:
    """A table of a connection or none, how it is read, and what is to be kept with the look."""
    more = {"table": [default(""), unicode_safe], "definition": [ignore_empty, unicode_safe]}
    return {**source_look(), **more, "form": [ignore_empty]}


@validator_args
def source_look_show(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A look by its id."""
    return {"id": [not_empty, unicode_safe]}
