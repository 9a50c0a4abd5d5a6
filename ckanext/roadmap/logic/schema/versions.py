"""What the actions on versions and changes accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

MOST = 1000


@validator_args
def version_list(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A resource by id."""
    return {"resource": [not_empty, unicode_safe]}


@validator_args
def changes_list(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    default: types.ValidatorFactory,
    roadmap_number: types.Validator,
    is_positive_integer: types.Validator,
    int_validator: types.Validator,
    limit_to_configured_maximum: types.ValidatorFactory,
    roadmap_since: types.Validator,
) -> types.Schema:
    """A resource, from where on, and a page of its changes."""
    return {
        "resource": [not_empty, unicode_safe],
        "since_run": [ignore_empty, unicode_safe],
        "run": [ignore_empty, unicode_safe],
        "since": [ignore_empty, unicode_safe, roadmap_since],
        "after": [default(0), roadmap_number],
        "limit": [
            default(100),
            is_positive_integer,
            limit_to_configured_maximum("ckanext.roadmap.changes.page_limit", MOST),
        ],
    }
