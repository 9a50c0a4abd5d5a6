"""The fields by which a list is read page by page."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

MOST = 10_000


def page(size: int, most: int = MOST) -> types.Schema:
    """How many rows a page has, and how many are passed over before it.

    :param size: rows if nothing is asked
    :param most: rows at most, where the options of the portal say nothing
    """

    @validator_args
    def fields(
        default: types.ValidatorFactory,
        natural_number_validator: types.Validator,
        limit_to_configured_maximum: types.ValidatorFactory,
    ) -> types.Schema:
        at_most = limit_to_configured_maximum("ckanext.roadmap.page_limit", most)
        return {
            "limit": [default(size), natural_number_validator, at_most],
            "offset": [default(0), natural_number_validator],
        }

    return fields()
