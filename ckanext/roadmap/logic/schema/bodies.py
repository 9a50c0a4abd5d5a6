"""What the actions on bodies accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from .texts import LINE, words
from .uploads import within_bounds


@validator_args
def body_list(
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_day: types.Validator,
    roadmap_body_kind: types.Validator,
) -> types.Schema:
    """A day, and filters."""
    return {
        "at": [ignore_empty, roadmap_day],
        "kind": [ignore_empty, roadmap_body_kind],
        "q": [ignore_empty, unicode_safe],
    }


@validator_args
def body_show(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_day: types.Validator,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """A body by name, on a day, as known at a time."""
    return {
        "name": [not_empty, unicode_safe],
        "at": [ignore_empty, roadmap_day],
        "as_of": [ignore_empty, roadmap_as_of],
    }


@validator_args
def body_import(
    not_missing: types.Validator,
    ignore_missing: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_day: types.Validator,
) -> types.Schema:
    """Two uploads, the day and the act of the changes, and the register that they were compared with."""
    return {
        "upload": [not_missing, within_bounds],
        "successions": [ignore_missing, within_bounds],
        "effective": [ignore_empty, roadmap_day],
        "act": [ignore_empty, unicode_safe, words(LINE)],
        "basis": [ignore_empty, unicode_safe],
    }
