"""What the actions on the changes of a draft accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from . import paging
from .list_life import version


@validator_args
def item_change_list(ignore_missing: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A version, an item of it, and which of the changes."""
    return {
        **version(),
        "code": [ignore_missing, unicode_safe],
        **paging.page(50, 500),
    }


@validator_args
def item_change_undo(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A change by its id."""
    return {"id": [not_empty, unicode_safe]}
