"""What the actions on the life of a list version accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from .texts import TEXT, words

CELLS = (
    "title_uz",
    "title_uz_cyrl",
    "title_ru",
    "title_en",
    "sphere",
    "place",
    "frequency",
    "due_rule",
    "responsible",
    "territorial",
    "region_column",
    "unchanged_allowed",
    "columns",
    "odin",
    "odin_indicators",
    "ai",
    "personal_data",
    "legal_basis",
    "source_note",
)
TEXT_CELLS = ("title_uz", "title_uz_cyrl", "title_ru", "title_en", "legal_basis", "source_note")


@validator_args
def version(not_empty: types.Validator, roadmap_number: types.Validator) -> types.Schema:
    """A version by year and number."""
    whole = [not_empty, roadmap_number]
    return {"year": list(whole), "number": list(whole)}


@validator_args
def version_create(
    not_empty: types.Validator,
    ignore_missing: types.Validator,
    roadmap_number: types.Validator,
    roadmap_year: types.Validator,
    boolean_validator: types.Validator,
    default: types.ValidatorFactory,
) -> types.Schema:
    """Year and number of the new version, and what it begins with."""
    maybe = [ignore_missing, roadmap_number]
    return {
        "year": [not_empty, roadmap_year],
        "number": list(maybe),
        "from_year": [ignore_missing, roadmap_year],
        "from_number": list(maybe),
        "empty": [default(False), boolean_validator],
    }


@validator_args
def version_reject(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A version and the reason."""
    return {**version(), "reason": [not_empty, unicode_safe, words(TEXT, 1)]}


@validator_args
def version_correct(
    not_empty: types.Validator,
    ignore_missing: types.Validator,
    unicode_safe: types.Validator,
    empty: types.Validator,
) -> types.Schema:
    """An item of a version, its corrected texts, and the act."""
    needed = {name: [not_empty, unicode_safe, words(TEXT, 1)] for name in ("code", "act", "reason")}
    texts = {name: [ignore_missing, unicode_safe, words(TEXT)] for name in TEXT_CELLS}
    return {**version(), **needed, **texts, "__extras": [empty]}


@validator_args
def item_write(
    not_empty: types.Validator,
    ignore_missing: types.Validator,
    unicode_safe: types.Validator,
    empty: types.Validator,
) -> types.Schema:
    """An item of a draft and its cells, named as the import names its columns."""
    text = words(TEXT)
    cells = {name: [ignore_missing, unicode_safe, *([text] if name in TEXT_CELLS else [])] for name in CELLS}
    return {**version(), "code": [not_empty, unicode_safe], **cells, "__extras": [empty]}


@validator_args
def item_retire(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """An item of a draft."""
    return {**version(), "code": [not_empty, unicode_safe]}


@validator_args
def version_diff(not_empty: types.Validator, roadmap_number: types.Validator) -> types.Schema:
    """Two versions."""
    names = ("from_year", "from_number", "year", "number")
    return {name: [not_empty, roadmap_number] for name in names}
