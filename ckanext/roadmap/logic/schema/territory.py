"""What the action on the territory grid accepts."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from . import compliance


@validator_args
def territory_show(default: types.ValidatorFactory, boolean_validator: types.Validator) -> types.Schema:
    """Filters and paging of the territory grid."""
    whole = compliance.compliance_show()
    kept = ("body", "item", "kind", "sphere", "as_of", "limit", "offset")
    return {**{name: whole[name] for name in kept}, "live": [default(False), boolean_validator]}
