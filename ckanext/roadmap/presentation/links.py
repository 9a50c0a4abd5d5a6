"""Words and table for links to data on other sites."""

from __future__ import annotations

from .marks import mark as _
from .tables import Column, Table, at, text_columns

LOOKS: dict[str, str] = {
    "changed": _("New data"),
    "unchanged": _("No change"),
    "broken": _("Broken"),
    "forbidden": _("Closed to robots"),
    "postponed": _("Asks to come later"),
}
LOOK_ICONS: dict[str, str] = {
    "changed": "check",
    "unchanged": "check",
    "broken": "times",
    "forbidden": "ban",
    "postponed": "clock-o",
}
DEFAULT_SORT = "body"

LINKS = Table(
    "links",
    _("Links to data on other sites"),
    (
        Column("body", _("Body"), at("body", "title"), kind="body", in_file=False),
        Column("body_name", _("Body"), at("body", "name"), on_page=False),
        *text_columns("body_title", "body", "title"),
        Column("dataset", _("Dataset"), at("dataset", "title"), kind="dataset", in_file=False),
        Column("dataset_name", _("Dataset"), at("dataset", "name"), on_page=False),
        Column("url", _("Link"), at("url"), kind="outside"),
        Column("look", _("Last look"), at("look"), kind="look", order=tuple(LOOKS)),
        Column("error", _("Fault"), at("error", "problem"), on_page=False),
        Column("remedy", _("What to do"), at("error", "remedy"), on_page=False),
        Column("checked_at", _("Looked at"), at("checked_at"), kind="moment"),
        Column("good_at", _("Last seen whole"), at("good_at"), kind="moment"),
        Column("failures", _("Failures in a row"), at("failures"), kind="number", on_page=False),
    ),
)
