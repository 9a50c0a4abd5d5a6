"""What the lists behind figures accept: the filters of the compliance view, and their own."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from ckanext.roadmap.logic.schema.compliance import compliance_show
from ckanext.roadmap.services.overview import TOUCHES

_UNUSED = ("status", "share", "quarters", "repairs")


@validator_args
def obligation_list(ignore_empty: types.Validator, one_of: types.ValidatorFactory) -> types.Schema:
    """Filters of obligations."""
    return {**_filters(), "share": [ignore_empty, one_of(["published"])]}


@validator_args
def refresh_list(default: types.ValidatorFactory, one_of: types.ValidatorFactory) -> types.Schema:
    """Filters of events by what they were."""
    return {**_filters(), "touch": [default("refreshed"), one_of(list(TOUCHES))]}


def _filters() -> types.Schema:
    return {name: rules for name, rules in compliance_show().items() if name not in _UNUSED}
