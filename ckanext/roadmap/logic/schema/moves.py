"""What the actions on moves from other catalogues accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from ckanext.roadmap.domain.origin import MoveState, RowsState

from . import paging

STATES = [*map(str, MoveState), *(f"rows_{state}" for state in RowsState)]


@validator_args
def portal_connection(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A connection."""
    return {"connection": [not_empty, unicode_safe]}


@validator_args
def portal_check(
    not_empty: types.Validator,
    unicode_safe: types.Validator,
    default: types.ValidatorFactory,
    roadmap_number: types.Validator,
) -> types.Schema:
    """A connection, and how far it is read."""
    return {"connection": [not_empty, unicode_safe], "pages": [default(1000), roadmap_number]}


@validator_args
def portal_report(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    one_of: types.ValidatorFactory,
) -> types.Schema:
    """A connection, a state, words, and paging."""
    return {
        "connection": [not_empty, unicode_safe],
        "state": [ignore_empty, one_of(STATES)],
        "q": [ignore_empty, unicode_safe],
        **paging.page(20),
    }


@validator_args
def portal_publisher_resolve(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A publisher, and the body that it is."""
    return {name: [not_empty, unicode_safe] for name in ("connection", "key", "body")}


@validator_args
def portal_release(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A moved dataset."""
    return {"id": [not_empty, unicode_safe]}
