"""What the actions on the ledger as a whole accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args


@validator_args
def ledger_verify(ignore_empty: types.Validator, roadmap_heads: types.Validator) -> types.Schema:
    """Heads that were noted elsewhere."""
    return {"noted": [ignore_empty, roadmap_heads]}
