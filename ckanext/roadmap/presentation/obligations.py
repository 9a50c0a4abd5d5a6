"""The table of obligations: of one body by item, of one item by body."""

from __future__ import annotations

from .labels import STATUSES
from .marks import mark as _
from .tables import Column, Table, at, text_columns


def obligations_table(of: str) -> Table:
    """The obligations of a body (told by item), of an item (told by body), or of both."""
    who = _WHO[of]
    return Table("obligations", _("Obligations"), (*who, *_IDENTITY, *_STATE))


def agenda_table(of: str) -> Table:
    """What is to be done next."""
    who = _ITEM if of == "body" else _BODY
    return Table("agenda", _("What to do next"), (*who, *_STEP))


def lost_table(of: str) -> Table:
    """Data of which a link leads to nothing."""
    who = _ITEM if of == "body" else _BODY
    return Table("lost", _("Data behind a broken link"), (*who, _DATASET))


def history_table(of: str) -> Table:
    """What happened to the data."""
    who = _ITEM if of == "body" else _BODY
    return Table("history", _("What happened last"), (*who, _HAPPENED))


_STEP = (
    Column("period", _("Period"), at("period", "code"), kind="period"),
    Column("status", _("Status"), at("status"), kind="status"),
    Column("due_at", _("Due date"), at("due_at"), kind="date"),
    Column("grace_until", _("Grace until"), at("grace_until"), kind="date"),
)
_HAPPENED = Column("evidence", _("Event"), at("evidence"), kind="evidence")
_ITEM = (Column("item", _("Item"), at("item", "code"), kind="item", in_file=False),)
_BODY = (Column("body", _("Body"), at("body", "title"), kind="body", in_file=False),)
_WHO = {"body": _ITEM, "item": _BODY, "both": (*_ITEM, *_BODY)}
_IDENTITY = (
    Column("obligation_id", _("Obligation"), at("id"), on_page=False),
    Column("identifier", _("Identifier"), at("identifier"), on_page=False),
    Column("item_code", _("Item"), at("item", "code"), on_page=False),
    *text_columns("item_title", "item", "title"),
    Column("sphere", _("Sphere"), at("item", "sphere"), kind="sphere", on_page=False),
    Column("body_name", _("Body"), at("body", "name"), on_page=False),
    *text_columns("body_title", "body", "title"),
)
_DATASET = Column("dataset", _("Dataset"), at("dataset", "title"), kind="dataset", in_file=False)
_STATE = (
    Column("strip", _("Newest periods"), at("missed"), kind="strip", in_file=False),
    Column("status", _("Newest status"), at("status"), kind="status", order=tuple(STATUSES)),
    Column("missed", _("Missed"), at("missed"), on_page=False),
    _DATASET,
    Column("dataset_name", _("Dataset"), at("dataset", "name"), on_page=False),
    Column("published", _("Published"), at("published"), on_page=False),
    Column(
        "unreachable_since",
        _("Link broken since"),
        at("dataset", "unreachable_since"),
        kind="date",
        on_page=False,
    ),
    Column("deadlines", _("Deadlines begun"), at("deadlines"), kind="deadline_count"),
)
