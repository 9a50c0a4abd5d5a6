"""What the acts on deadlines accept."""

from __future__ import annotations

from ckan import types
from ckan.logic.schema import validator_args

from .texts import LINE, TEXT, words


@validator_args
def attest(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_day: types.Validator,
) -> types.Schema:
    """A deadline, why nothing changed, and until when that holds."""
    return {
        "deadline": [not_empty, unicode_safe],
        "reason": [not_empty, unicode_safe, words(TEXT, 1)],
        "valid_until": [ignore_empty, roadmap_day],
    }


@validator_args
def exemption_create(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    url_validator: types.Validator,
    roadmap_day: types.Validator,
    roadmap_instant: types.Validator,
) -> types.Schema:
    """A decision and what it frees."""
    text = [ignore_empty, unicode_safe]
    return {
        "deadline": text,
        "since": [ignore_empty, roadmap_day],
        "until": [ignore_empty, roadmap_day],
        "body": text,
        "item": text,
        "outage": [ignore_empty, roadmap_instant],
        "decision_number": [not_empty, unicode_safe, words(LINE, 1)],
        "decision_date": [not_empty, roadmap_day],
        "document_url": [ignore_empty, unicode_safe, url_validator],
        "reason": [not_empty, unicode_safe, words(TEXT, 1)],
    }


@validator_args
def exemption_revoke(not_empty: types.Validator, unicode_safe: types.Validator) -> types.Schema:
    """An exemption and why it ends."""
    return {"id": [not_empty, unicode_safe], "reason": [not_empty, unicode_safe, words(TEXT, 1)]}


@validator_args
def objection_create(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    url_validator: types.Validator,
    roadmap_blame: types.Validator,
) -> types.Schema:
    """A deadline, whose fault it was, and the evidence."""
    return {
        "deadline": [not_empty, unicode_safe],
        "fault": [not_empty, roadmap_blame],
        "text": [not_empty, unicode_safe, words(TEXT, 1)],
        "evidence_url": [ignore_empty, unicode_safe, url_validator],
    }


@validator_args
def objection_list(
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    boolean_validator: types.Validator,
    default: types.ValidatorFactory,
    roadmap_as_of: types.Validator,
) -> types.Schema:
    """Whose objections, whether only the open ones, and when."""
    return {
        "body": [ignore_empty, unicode_safe],
        "open": [default(False), boolean_validator],
        "as_of": [ignore_empty, roadmap_as_of],
    }


@validator_args
def objection_rule(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    default: types.ValidatorFactory,
    unicode_safe: types.Validator,
    roadmap_day: types.Validator,
    roadmap_remedy: types.Validator,
    roadmap_ruling: types.Validator,
) -> types.Schema:
    """An objection, the ruling, and what it leads to."""
    return {
        "id": [not_empty, unicode_safe],
        "ruling": [not_empty, roadmap_ruling],
        "text": [not_empty, unicode_safe, words(TEXT, 1)],
        "remedy": [default("none"), roadmap_remedy],
        "due_day": [ignore_empty, roadmap_day],
    }


@validator_args
def deadline_notice_create(
    not_empty: types.Validator,
    ignore_empty: types.Validator,
    unicode_safe: types.Validator,
    roadmap_day: types.Validator,
    roadmap_notice_kind: types.Validator,
) -> types.Schema:
    """A deadline, what becomes of it, and by which act."""
    return {
        "deadline": [not_empty, unicode_safe],
        "kind": [not_empty, roadmap_notice_kind],
        "due_day": [ignore_empty, roadmap_day],
        "reason": [not_empty, unicode_safe, words(TEXT, 1)],
        "act": [not_empty, unicode_safe, words(LINE, 1)],
    }
