"""What the checks of other sites accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def site_check(
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    boolean_validator: types.Validator,
    default: types.ValidatorFactory,
) -> types.Schema:
    """Whose links, which of them, and whether to wait."""
    flag = [default(False), boolean_validator]
    return {"body": [ignore_empty, unicode_safe], "due": flag, "background": flag}


@validator_args
def link_list(
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    boolean_validator: types.Validator,
    default: types.ValidatorFactory,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """Whose links, of which dataset, whether only the broken ones, and when."""
    text = [ignore_empty, unicode_safe]
    return {
        "body": text,
        "dataset": text,
        "broken": [default(False), boolean_validator],
        "as_of": [ignore_empty, roadmap_as_of],
    }
