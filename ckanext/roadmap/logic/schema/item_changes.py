"""What the actions on the changes of a draft accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from .list_life import version

SOME, MOST = 50, 500


@validator_args
def item_change_list(
    ignore_missing: types.Validator,
    default: types.ValidatorFactory,
    unicode_safe: types.Validator,
    natural_number_validator: types.Validator,
) -> types.Schema:
    """A version, an item of it, and which of the changes."""
    return {
        **version(),
        "code": [ignore_missing, unicode_safe],
        "limit": [default(SOME), natural_number_validator],
        "offset": [default(0), natural_number_validator],
    }


@validator_args
def item_change_undo(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A change by its id."""
    return {"id": [not_empty, unicode_safe]}
