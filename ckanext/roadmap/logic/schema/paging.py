"""The fields by which a list is read page by page."""

from __future__ import annotations

from collections.abc import Callable

from ckan import types
from ckan.logic.schema import validator_args

LIMIT, MOST = "ckanext.roadmap.page_limit", 10_000


def at_most(most: int) -> Callable[[int], int]:
    """A number that is bounded whatever the option of the portal is."""
    return lambda asked: min(asked, most)


def page(size: int, most: int | None = None) -> types.Schema:
    """How many rows a page has, and how many are passed over before it.

    :param size: rows if nothing is asked
    :param most: rows at most; the option of the portal bounds every page besides
    """

    @validator_args
    def fields(
        default: types.ValidatorFactory,
        natural_number_validator: types.Validator,
        limit_to_configured_maximum: types.ValidatorFactory,
    ) -> types.Schema:
        of_portal = limit_to_configured_maximum(LIMIT, MOST)
        return {
            "limit": [default(size), natural_number_validator, of_portal, at_most(most or MOST)],
            "offset": [default(0), natural_number_validator],
        }

    return fields()
