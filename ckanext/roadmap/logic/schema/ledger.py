"""What the actions on the ledger as a whole accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def ledger_verify(ignore_missing: types.Validator, roadmap_heads: types.Validator) -> types.Schema:
    """Heads that were noted elsewhere."""
    return {"noted": [ignore_missing, roadmap_heads]}


@validator_args
def ledger_rebuild(
    ignore_empty: types.Validator,
    roadmap_day: types.Validator,
    roadmap_number: types.Validator,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """All results, or the days that are to be kept, or the instant whose repairs are to be counted."""
    return {
        "days_from": [ignore_empty, roadmap_day],
        "days_to": [ignore_empty, roadmap_day],
        "months": [ignore_empty, roadmap_number],
        "repairs_at": [ignore_empty, roadmap_as_of],
        "seconds": [ignore_empty, roadmap_number],
    }
