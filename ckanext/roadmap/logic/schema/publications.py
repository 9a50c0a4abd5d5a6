"""What the actions on links from obligations to datasets accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from ckanext.roadmap.domain.publication import LinkState

from . import paging
from .texts import TEXT, words


@validator_args
def propose(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """An obligation and a dataset."""
    return {"obligation": [not_empty, unicode_safe], "dataset": [not_empty, unicode_safe]}


@validator_args
def confirm(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A link."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def decline(
    not_empty: types.Validator, ignore_empty: types.Validator, unicode_safe: types.Validator
) -> types.Schema:
    """A link, and why not."""
    return {"id": [not_empty, unicode_safe], "reason": [ignore_empty, unicode_safe, words(TEXT)]}


@validator_args
def revoke(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A link, and why it was mistaken."""
    return {"id": [not_empty, unicode_safe], "reason": [not_empty, unicode_safe, words(TEXT, 1)]}


@validator_args
def publication_list(
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_as_of: types.Validator,
    default: types.ValidatorFactory,
    one_of: types.ValidatorFactory,
) -> types.Schema:
    """Which links."""
    text = [ignore_empty, unicode_safe]
    states = [str(state) for state in LinkState]
    return {
        "obligation": text,
        "dataset": text,
        "body": text,
        "item": text,
        "as_of": [ignore_empty, roadmap_as_of],
        "state": [default(str(LinkState.confirmed)), one_of(states)],
        **paging.page(50),
    }


@validator_args
def worklist(
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    boolean_validator: types.Validator,
    default: types.ValidatorFactory,
) -> types.Schema:
    """Which part of a worklist."""
    text = [ignore_empty, unicode_safe]
    return {
        "body": text,
        "q": text,
        "id": text,
        "linked": [default(False), boolean_validator],
        **paging.page(50),
    }


@validator_args
def match(ignore_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """One dataset, or all."""
    return {"dataset": [ignore_empty, unicode_safe]}
