"""What the actions on dockets accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from .list_life import CELLS
from .texts import LONG, words

VOTES = ("votes_for", "votes_against", "votes_abstained")


@validator_args
def docket_list(ignore_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """An item, if only its dockets are wanted."""
    return {"item": [ignore_empty, unicode_safe]}


@validator_args
def docket(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A docket by its number."""
    return {"number": [not_empty, unicode_safe]}


@validator_args
def docket_create(
    not_empty: types.Validator,
    ignore_missing: types.Validator,
    unicode_safe: types.Validator,
    roadmap_day: types.Validator,
) -> types.Schema:
    """Day, place and people of a sitting, and the draft it feeds."""
    names = ("place_uz", "place_ru", "chair", "secretary", "present", "list")
    return {
        "sitting_date": [not_empty, roadmap_day],
        **{name: [ignore_missing, unicode_safe, words(LONG)] for name in names},
    }


@validator_args
def docket_update(ignore_empty: types.Validator, roadmap_day: types.Validator) -> types.Schema:
    """A docket and what is said of it anew."""
    return {**docket_create(), **docket(), "sitting_date": [ignore_empty, roadmap_day]}


def _matter(ignore_missing: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    names = ("title_uz", "title_ru", "suggestions", "body", "cost_uz", "cost_ru", "legal_uz", "legal_ru")
    return {name: [ignore_missing, unicode_safe, words(LONG)] for name in names}


@validator_args
def entry_create(
    not_empty: types.Validator, ignore_missing: types.Validator, unicode_safe: types.Validator
) -> types.Schema:
    """A docket and what its new entry says."""
    return {
        "docket": [not_empty, unicode_safe],
        "from_entry": [ignore_missing, unicode_safe],
        **_matter(ignore_missing, unicode_safe),
    }


@validator_args
def entry_update(
    not_empty: types.Validator,
    ignore_missing: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_number: types.Validator,
) -> types.Schema:
    """An entry and what it says anew."""
    return {
        "id": [not_empty, unicode_safe],
        "position": [ignore_empty, roadmap_number],
        **_matter(ignore_missing, unicode_safe),
    }


@validator_args
def entry(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """An entry by its id."""
    return {"id": [not_empty, unicode_safe]}


@validator_args
def opinion(
    not_empty: types.Validator,
    ignore_missing: types.Validator,
    unicode_safe: types.Validator,
    roadmap_stance: types.Validator,
) -> types.Schema:
    """An entry, where the body stands, and why."""
    text = [ignore_missing, unicode_safe, words(LONG)]
    return {**entry(), "stance": [not_empty, roadmap_stance], "text_uz": text, "text_ru": list(text)}


@validator_args
def decide(
    not_empty: types.Validator,
    ignore_missing: types.Validator,
    unicode_safe: types.Validator,
    roadmap_count: types.Validator,
    roadmap_docket_decision: types.Validator,
) -> types.Schema:
    """An entry, the decision, the votes, and the cells of the draft item."""
    return {
        **entry(),
        "decision": [not_empty, roadmap_docket_decision],
        **{name: [ignore_missing, roadmap_count] for name in VOTES},
        **{name: [ignore_missing, unicode_safe, words(LONG)] for name in ("text_uz", "text_ru")},
        **{name: [ignore_missing, unicode_safe] for name in ("code", *CELLS)},
    }
