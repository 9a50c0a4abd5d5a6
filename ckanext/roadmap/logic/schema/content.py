"""What the measuring of the portal's own data accepts."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def content_measure(
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    boolean_validator: types.Validator,
    default: types.ValidatorFactory,
) -> types.Schema:
    """Which dataset, and whether to wait."""
    return {"dataset": [ignore_empty, unicode_safe], "background": [default(False), boolean_validator]}
