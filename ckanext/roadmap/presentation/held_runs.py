"""Words, forms and the table of held loads."""

from __future__ import annotations

from .acts import Field, Form
from .marks import mark as _
from .tables import Column, Row, Table, at

SIDES: dict[str, str] = {
    "owner": _("Data owner"),
    "portal": _("Portal"),
    "stead": _("Portal in place of the data owner"),
}
STATES: dict[str, str] = {
    "waiting": _("Waits for a decision"),
    "approved": _("Approved: it goes on with the rows that were checked"),
    "declined": _("Declined"),
    "superseded": _("Out of date: the source was read again since"),
    "expired": _("Expired: its rows are no longer kept"),
}
CHANGES: dict[str, str] = {
    "new": _("New"),
    "renamed": _("Renamed at the source"),
    "retyped": _("Another type"),
    "gone": _("Gone"),
}
PERSONAL: dict[str, str] = {
    "pinfl": _("Personal identification number (PINFL)"),
    "passport": _("Passport or identity card"),
    "tax_number": _("Tax number of a natural person"),
    "phone": _("Mobile telephone number"),
    "email": _("E-mail address"),
    "card": _("Bank card"),
    "person_name": _("Name of a person, by the column's name"),
    "identity": _("Identity document, by the column's name"),
    "birth": _("Date of birth, by the column's name"),
    "home": _("Home address, by the column's name"),
    "home_coordinates": _("Coordinates of homes, by the columns' names"),
}
WORDS: dict[str, str] = {"approve": _("Agreed"), "decline": _("Declined")}


def _none(_row: Row) -> list[str]:
    return []


_REASON = _("It stays public. Say why, never repeat data.")
APPROVE = Form(
    "approve",
    "roadmap_run_approve",
    _("Approve this load"),
    _("You agree to everything that stands above. The very rows that were checked go public."),
    _("Approve"),
    (Field("reason", _("Reason"), "area", hint=_REASON),),
    _none,
    key="id",
)  # fmt: skip
STEAD = Form(
    "stead",
    "roadmap_run_approve",
    _("Approve in place of the data owner"),
    _("The body has no officers, so you may turn its key. Everybody sees that you did, and your reason; "
      "the portal's key is then for another person."),
    _("Approve in place of the data owner"),
    (Field("reason", _("Reason"), "area", hint=_REASON),),
    _none,
    key="id",
    given={"side": "stead"},
)  # fmt: skip
DECLINE = Form(
    "decline",
    "roadmap_run_decline",
    _("Decline this load"),
    _("The rows published before stay. You are not asked about the same content again."),
    _("Decline"),
    (Field("reason", _("Reason"), "area", hint=_REASON),),
    _none,
    key="id",
)
TABLE = Table(
    "held",
    _("Held loads"),
    (
        Column("started", _("Since"), at("started_at"), kind="run"),
        Column("mapping", _("Mapping"), at("mapping"), kind="code"),
        Column("body", _("Body"), at("body"), kind="body_named"),
        Column("findings", _("What was found"), at("findings"), kind="findings", in_file=False),
        Column("missing", _("Waits for"), at("holding", "missing"), kind="sides", in_file=False),
        Column("until", _("Kept until"), at("holding", "until"), kind="moment"),
    ),
)
