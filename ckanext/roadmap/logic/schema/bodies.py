"""What the actions on bodies accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def body_show(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A body by name."""
    return {"name": [not_empty, unicode_safe]}


@validator_args
def body_import(not_missing: types.Validator, ignore_missing: types.Validator) -> types.Schema:
    """Two uploads."""
    return {"upload": [not_missing], "successions": [ignore_missing]}
