"""What the action on rehearsals accepts."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def rehearsal_list(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A mapping by name."""
    return {"name": [not_empty, unicode_safe]}
