"""The table of deadlines with the evidence behind each status."""

from __future__ import annotations

from .marks import mark as _
from .tables import Column, Table, at, text_columns


def deadlines_table(of: str) -> Table:
    """The deadlines of a body (told by item), of an item (told by body), or of both."""
    return Table("deadlines", _("Deadlines"), (*_WHO[of], *_IDENTITY, *_DATES, *_EVIDENCE))


_ITEM = (Column("item", _("Item"), at("item", "code"), kind="item", in_file=False),)
_BODY = (Column("body", _("Body"), at("body", "title"), kind="body", in_file=False),)
_WHO = {"body": _ITEM, "item": _BODY, "both": (*_ITEM, *_BODY)}
_IDENTITY = (
    Column("deadline_id", _("Deadline"), at("id"), on_page=False),
    Column("obligation_id", _("Obligation"), at("obligation_id"), on_page=False),
    Column("item_code", _("Item"), at("item", "code"), on_page=False),
    *text_columns("item_title", "item", "title"),
    Column("body_name", _("Body"), at("body", "name"), on_page=False),
    *text_columns("body_title", "body", "title"),
    Column("kind", _("Kind"), at("kind"), on_page=False),
)
_DATES = (
    Column("period", _("Period"), at("period", "code"), kind="period"),
    Column("period_start", _("Period"), at("period", "start"), on_page=False),
    Column("period_last", _("Period"), at("period", "last"), on_page=False),
    Column("status", _("Status"), at("status"), kind="status"),
    Column("computed", _("Computed status"), at("computed"), on_page=False),
    Column("reason", _("Reason"), at("reason"), on_page=False),
    Column("missing", _("Missing"), at("missing"), on_page=False),
    Column("due_at", _("Due date"), at("due_at"), kind="date"),
    Column("grace_until", _("Grace until"), at("grace_until"), kind="date"),
    Column("met_at", _("Met"), at("met_at"), on_page=False),
    Column("days_late", _("Days late"), at("days_late"), kind="days"),
)
EVENT_WORDS = {
    "event_id": _("Event"),
    "qualifies": _("Counts"),
    "kind": _("What happened"),
    "grade": _("Evidence grade"),
    "at": _("Seen"),
    "recorded_at": _("Recorded"),
    "rows": _("Rows"),
    "rows_changed": _("Rows that differ"),
    "content_hash": _("Hash"),
    "label": _("What it was"),
    "place": _("Place"),
    "source": _("Source"),
    "run_id": _("Run"),
}
_EVENT_KEYS = [key for key in EVENT_WORDS if key != "run_id"]
_EVIDENCE = (
    Column("evidence", _("Evidence"), at("evidence"), kind="evidence", in_file=False),
    *(Column(f"evidence_{key}", EVENT_WORDS[key], at("evidence", key), on_page=False) for key in _EVENT_KEYS),
    Column("dataset_name", _("Dataset"), at("dataset", "name"), on_page=False),
    Column("run_id", _("Run"), at("run_id"), on_page=False),
)
