"""What the actions on runs accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from ckanext.roadmap.domain.holding import Side
from ckanext.roadmap.presentation.runs import OUTCOMES as OUTCOME_WORDS

from . import paging
from .texts import TEXT, words

OUTCOMES = list(OUTCOME_WORDS)


@validator_args
def run_list(
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    one_of: types.ValidatorFactory,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """Filter, time and paging of the runs."""
    return {
        "as_of": [ignore_empty, roadmap_as_of],
        "mapping": [ignore_empty, unicode_safe],
        "resource": [ignore_empty, unicode_safe],
        "outcome": [ignore_empty, one_of(OUTCOMES)],
        **paging.page(20),
    }


@validator_args
def run_decide(
    not_empty: types.Validator,
    unicode_safe: types.Validator,
    ignore_empty: types.Validator,
    one_of: types.ValidatorFactory,
) -> types.Schema:
    """A held run, and why somebody agrees or declines."""
    return {
        "id": [not_empty, unicode_safe],
        "reason": [not_empty, unicode_safe, words(TEXT, 1)],
        "side": [ignore_empty, one_of([str(side) for side in Side])],
    }


@validator_args
def run_cancel(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A run by id."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def run_show(
    not_empty: types.Validator,
    unicode_safe: types.Validator,
    ignore_empty: types.Validator,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """A run by id, and when it is looked at."""
    return {"id": [not_empty, unicode_safe], "as_of": [ignore_empty, roadmap_as_of]}
