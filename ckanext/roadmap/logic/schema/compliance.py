"""What the actions on compliance accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from ckanext.roadmap.domain.figures import Drill

from . import paging


@validator_args
def compliance_show(
    ignore_empty: types.Validator,
    default: types.ValidatorFactory,
    unicode_safe: types.Validator,
    natural_number_validator: types.Validator,
    roadmap_as_of: types.Validator,
    roadmap_body_kind: types.Validator,
    roadmap_quarter: types.Validator,
    roadmap_status: types.Validator,
    one_of: types.ValidatorFactory,
) -> types.Schema:
    """Filters and paging of the compliance view and of deadlines."""
    text = [ignore_empty, unicode_safe]
    return {
        "body": text,
        "item": text,
        "kind": [ignore_empty, roadmap_body_kind],
        "sphere": text,
        "quarter": [ignore_empty, roadmap_quarter],
        "as_of": [ignore_empty, roadmap_as_of],
        "status": [ignore_empty, roadmap_status],
        "share": [ignore_empty, one_of(list(Drill))],
        "q": text,
        "quarters": [default(8), natural_number_validator, paging.at_most(40)],
        "repairs": [default(0), natural_number_validator, paging.at_most(10_000)],
        "cells": [default(0), natural_number_validator, paging.at_most(100)],
        **paging.page(100),
    }


@validator_args
def deadline_show(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """A deadline by id."""
    return {"id": [not_empty, unicode_safe], "as_of": [ignore_empty, roadmap_as_of]}


@validator_args
def event_list(
    ignore_empty: types.Validator,
    default: types.ValidatorFactory,
    unicode_safe: types.Validator,
    natural_number_validator: types.Validator,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """Filters of data events, and where to go on."""
    text = [ignore_empty, unicode_safe]
    return {
        "obligation": text,
        "item": text,
        "body": text,
        "dataset": text,
        "as_of": [ignore_empty, roadmap_as_of],
        "after": [default(0), natural_number_validator],
        "limit": paging.page(100)["limit"],
    }
