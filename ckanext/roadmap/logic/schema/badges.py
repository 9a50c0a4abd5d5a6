"""What the actions on badges and on the compliance of a dataset accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def dataset_compliance_show(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """A dataset."""
    return {"id": [not_empty, unicode_safe], "as_of": [ignore_empty, roadmap_as_of]}


@validator_args
def badge_show(
    ignore_empty: types.Validator, unicode_safe: types.Validator, roadmap_as_of: types.Validator
) -> types.Schema:
    """A body, an item or a dataset."""
    text = [ignore_empty, unicode_safe]
    return {"body": text, "item": text, "dataset": text, "as_of": [ignore_empty, roadmap_as_of]}
