"""Words and table of objections: what waits for the auditor, and what was ruled."""

from __future__ import annotations

from .marks import mark as _
from .tables import Column, Table, at, text_columns

STATES: dict[str, str] = {
    "open": _("Waits for the ruling"),
    "late": _("The term for the ruling is over"),
    "upheld": _("Upheld"),
    "dismissed": _("Dismissed"),
}
DEFAULT_SORT = "rule_by"

OBJECTIONS = Table(
    "objections",
    _("Objections"),
    (
        Column("period", _("Deadline"), at("period"), kind="period"),
        Column("deadline_id", _("Deadline"), at("id"), on_page=False),
        Column("item", _("Item"), at("item", "code"), kind="item", in_file=False),
        Column("item_code", _("Item"), at("item", "code"), on_page=False),
        Column("body", _("Body"), at("body", "title"), kind="body", in_file=False),
        Column("body_name", _("Body"), at("body", "name"), on_page=False),
        *text_columns("body_title", "body", "title"),
        Column("fault", _("Whose fault it was"), at("fault"), kind="blame"),
        Column("text", _("What happened"), at("text"), kind="excerpt"),
        Column("evidence_url", _("Evidence"), at("evidence_url"), on_page=False),
        Column("recorded_at", _("Recorded"), at("recorded_at"), kind="moment"),
        Column("rule_by", _("To be ruled by"), at("rule_by"), kind="date"),
        Column("state", _("State"), at("state"), kind="objection_state", order=tuple(STATES)),
        Column("days_left", _("Days left"), at("days_left"), on_page=False),
        Column("ruling", _("Grounds"), at("ruling", "text"), on_page=False),
    ),
)
