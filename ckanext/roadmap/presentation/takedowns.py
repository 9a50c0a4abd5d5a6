"""Words, forms and the table of takedowns of personal data."""

from __future__ import annotations

from typing import Any

from .acts import Field, Form
from .marks import mark as _
from .tables import Column, Row, Table, at, text_columns

STATES: dict[str, str] = {
    "open": _("Hidden, waits for the ruling"),
    "confirmed": _("Confirmed, stays hidden"),
    "dismissed": _("Dismissed, public again"),
    "reinstated": _("Cleaned, public again"),
}
RULINGS: dict[str, str] = {
    "confirmed": _("Confirmed: they are personal data"),
    "dismissed": _("Dismissed: they are not"),
}


def _none(_row: Row) -> list[str]:
    return []


def _called(row: Row) -> Any:
    """The dataset's title; its address where no title is told."""
    return row["dataset"]["title"] or row["dataset"]["name"]


CREATE = Form(
    "takedown",
    "roadmap_takedown_create",
    _("Take down personal data"),
    _("The whole dataset is hidden at once, its files and tables too. Your reason stays public."),
    _("Hide now"),
    (
        Field(
            "resource",
            _("Address or id of the resource"),
            hint=_("Copy the address of the page that shows the file."),
        ),
        Field("reason", _("Reason"), "area", hint=_("Say what kind of data it is; never repeat the data.")),
    ),
    _none,
    key="",
)
RULE = Form(
    "rule",
    "roadmap_takedown_rule",
    _("Rule on the takedown"),
    _("The ruling is final and public. Data that are no personal data return at once."),
    _("Record the ruling"),
    (
        Field("ruling", _("Ruling"), "choice", choices=RULINGS),
        Field("text", _("Grounds"), "area", hint=_("Say what kind of data it is; never repeat the data.")),
    ),
    _none,
    key="id",
)
REINSTATE = Form(
    "reinstate",
    "roadmap_takedown_reinstate",
    _("Let the cleaned data back"),
    _("First remove the personal data from the dataset. It is then public as before."),
    _("Let back"),
    (Field("text", _("What was done"), "area"),),
    _none,
    key="id",
)

TABLE = Table(
    "takedowns",
    _("Takedowns of personal data"),
    (
        Column("id", _("Begun"), at("recorded_at"), kind="takedown"),
        Column("body", _("Body"), at("body", "title"), in_file=False),
        Column("body_name", _("Body"), at("body", "name"), on_page=False),
        *text_columns("body_title", "body", "title"),
        Column("dataset_shown", _("Dataset"), _called, in_file=False),
        Column("dataset", _("Dataset"), at("dataset", "name"), on_page=False),
        *text_columns("dataset_title", "dataset", "title"),
        Column("state", _("State"), at("state"), kind="takedown_state", order=tuple(STATES)),
        Column("reason", _("Reason"), at("reason"), kind="excerpt"),
    ),
)
