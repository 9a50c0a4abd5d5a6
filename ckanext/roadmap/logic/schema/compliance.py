"""What the actions on compliance accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def compliance_show(
    ignore_empty: types.Validator,
    default: types.ValidatorFactory,
    unicode_safe: types.Validator,
    natural_number_validator: types.Validator,
    limit_to_configured_maximum: types.ValidatorFactory,
    roadmap_body_kind: types.Validator,
    roadmap_quarter: types.Validator,
    roadmap_status: types.Validator,
    one_of: types.ValidatorFactory,
) -> types.Schema:
    """Filters and paging of the compliance view."""
    text = [ignore_empty, unicode_safe]
    return {
        "body": text,
        "item": text,
        "kind": [ignore_empty, roadmap_body_kind],
        "sphere": text,
        "quarter": [ignore_empty, roadmap_quarter],
        "status": [ignore_empty, roadmap_status],
        "share": [ignore_empty, one_of(["current", "kept", "kept_on_time"])],
        "limit": [
            default(100),
            natural_number_validator,
            limit_to_configured_maximum("ckanext.roadmap.page_limit", 10000),
        ],
        "offset": [default(0), natural_number_validator],
    }
