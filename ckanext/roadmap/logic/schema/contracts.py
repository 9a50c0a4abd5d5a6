"""What the action on quality contracts accepts."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def contract_show(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A dataset."""
    return {"id": [not_empty, unicode_safe]}
