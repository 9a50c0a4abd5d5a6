"""What the actions on information systems accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from .texts import LINE, words
from .uploads import within_bounds

TEXTS = (
    "title_uz_cyrl", "title_ru", "title_en", "purpose_uz", "purpose_uz_cyrl", "purpose_ru", "purpose_en",
    "items", "dbms", "dbms_version", "volume", "personal_data", "network", "contact_name", "contact_phone",
    "contact_email", "connection",
)  # fmt: skip


@validator_args
def system_list(
    ignore_empty: types.Validator, unicode_safe: types.Validator, roadmap_system_stage: types.Validator
) -> types.Schema:
    """A body and a stage, or all."""
    return {"body": [ignore_empty, unicode_safe], "stage": [ignore_empty, roadmap_system_stage]}


@validator_args
def integration_show(ignore_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A body, or the country."""
    return {"body": [ignore_empty, unicode_safe]}


@validator_args
def system_show(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """A system by its code."""
    return {"code": [not_empty, unicode_safe]}


@validator_args
def system_create(
    not_empty: types.Validator, unicode_safe: types.Validator, ignore_missing: types.Validator
) -> types.Schema:
    """A body and the cells of its system."""
    given = {name: [ignore_missing, unicode_safe] for name in TEXTS}
    return {"body": [not_empty, unicode_safe], "title_uz": [not_empty, unicode_safe], **given}


@validator_args
def system_update(
    not_empty: types.Validator, unicode_safe: types.Validator, ignore_missing: types.Validator
) -> types.Schema:
    """A system and the cells that change."""
    given = {name: [ignore_missing, unicode_safe] for name in (*TEXTS, "title_uz")}
    return {"code": [not_empty, unicode_safe], **given}


@validator_args
def system_step(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    url_validator: types.Validator,
    roadmap_day: types.Validator,
    roadmap_system_stage: types.Validator,
) -> types.Schema:
    """A system, the stage it reached, when, and what says so."""
    return {
        "code": [not_empty, unicode_safe],
        "stage": [not_empty, roadmap_system_stage],
        "reached": [not_empty, roadmap_day],
        "act": [not_empty, unicode_safe, words(LINE, 1)],
        "document_url": [ignore_empty, unicode_safe, url_validator],
    }


@validator_args
def system_import(not_missing: types.Validator) -> types.Schema:
    """One upload."""
    return {"upload": [not_missing, within_bounds]}


@validator_args
def system_answer(
    not_empty: types.Validator, ignore_missing: types.Validator, unicode_safe: types.Validator
) -> types.Schema:
    """A body, and a remark."""
    return {"body": [not_empty, unicode_safe], "note": [ignore_missing, unicode_safe]}
