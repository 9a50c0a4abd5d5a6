"""What the actions on suggestions accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from ckanext.roadmap.services.ratings import RATINGS

from . import paging
from .texts import LINE, TEXT, words
from .uploads import within_bounds

TITLE = 200


@validator_args
def create(
    not_missing: types.Validator,
    ignore_empty: types.Validator,
    ignore_missing: types.Validator,
    default: types.ValidatorFactory,
    unicode_safe: types.Validator,
    email_validator: types.Validator,
) -> types.Schema:
    """A dataset asked for, and the address of who asks."""
    return {
        "title": [not_missing, unicode_safe, words(TITLE, 5)],
        "what": [not_missing, unicode_safe, words(TEXT, 1)],
        "why": [not_missing, unicode_safe, words(TEXT, 1)],
        "holder": [default(""), unicode_safe, words(LINE)],
        "body": [ignore_empty, unicode_safe],
        "indicator": [ignore_empty, unicode_safe, words(LINE)],
        "email": [ignore_empty, unicode_safe, words(254), email_validator],
    }


@validator_args
def confirm(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A token."""
    return {"token": [not_empty, unicode_safe]}


@validator_args
def letters(
    not_empty: types.Validator, unicode_safe: types.Validator, boolean_validator: types.Validator
) -> types.Schema:
    """A token, and whether letters are wanted."""
    return {"token": [not_empty, unicode_safe], "wanted": [not_empty, boolean_validator]}


@validator_args
def listing(
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    one_of: types.ValidatorFactory,
) -> types.Schema:
    """Filters of the box."""
    states = ["open", "in_docket", "accepted", "rejected", "deferred", "published", "merged"]
    return {
        "q": [ignore_empty, unicode_safe],
        "state": [ignore_empty, one_of(states)],
        "origin": [ignore_empty, one_of(["citizen", "rating"])],
        "body": [ignore_empty, unicode_safe],
        "like": [ignore_empty, unicode_safe],
        **paging.page(50),
    }


@validator_args
def number(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A suggestion by its number."""
    return {"number": [not_empty, unicode_safe]}


@validator_args
def second(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    email_validator: types.Validator,
) -> types.Schema:
    """A suggestion, and the address of who speaks for it."""
    return {
        "number": [not_empty, unicode_safe],
        "email": [ignore_empty, unicode_safe, words(254), email_validator],
    }


@validator_args
def comment(not_missing: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A suggestion, a text, and the address of who writes it."""
    return {**second(), "text": [not_missing, unicode_safe, words(TEXT, 1)]}


@validator_args
def merge(
    not_empty: types.Validator, not_missing: types.Validator, unicode_safe: types.Validator
) -> types.Schema:
    """Two suggestions, and why they are one."""
    return {
        "number": [not_empty, unicode_safe],
        "into": [not_empty, unicode_safe],
        "reason": [not_missing, unicode_safe, words(TEXT, 1)],
    }


@validator_args
def hide(
    not_empty: types.Validator,
    not_missing: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
) -> types.Schema:
    """A suggestion or one comment on it, and why it is hidden."""
    return {
        "number": [not_empty, unicode_safe],
        "comment": [ignore_empty, unicode_safe],
        "reason": [not_missing, unicode_safe, words(TEXT, 1)],
    }


@validator_args
def gap_import(
    not_missing: types.Validator,
    ignore_empty: types.Validator,
    default: types.ValidatorFactory,
    one_of: types.ValidatorFactory,
    roadmap_year: types.Validator,
    boolean_validator: types.Validator,
) -> types.Schema:
    """A file of a rating, and whether half marks are gaps too."""
    return {
        "upload": [not_missing, within_bounds],
        "rating": [default("ODIN"), one_of(list(RATINGS))],
        "year": [ignore_empty, roadmap_year],
        "partly": [default(False), boolean_validator],
    }
