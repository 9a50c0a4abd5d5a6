"""What the actions on the light accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def light_list(ignore_empty: types.Validator, roadmap_as_of: types.Validator) -> types.Schema:
    """When the thresholds are looked at."""
    return {"as_of": [ignore_empty, roadmap_as_of]}
