"""Words, table and form of the portal's outages."""

from __future__ import annotations

from collections.abc import Mapping

from .acts import Field, Form
from .marks import mark as _
from .tables import Column, Row, Table, at

ACTION = "roadmap_exemption_create"
PARTS: dict[str, str] = {
    "web": _("pages and API"),
    "search": _("search"),
    "datastore": _("tables"),
    "files": _("storage of files"),
}

OUTAGES = Table(
    "outages",
    _("Outages of the portal"),
    (
        Column("began", _("Began"), at("began"), kind="moment"),
        Column("ended", _("Ended"), at("ended"), kind="outage_end"),
        Column("lasted", _("Lasted"), at("minutes"), kind="lasting", in_file=False),
        Column("minutes", _("Minutes"), at("minutes"), on_page=False),
        Column("parts", _("What did not answer"), at("parts"), kind="outage_parts"),
        Column("measured", _("Measured"), at("measured"), on_page=False),
        Column("silent", _("Silent"), at("silent"), on_page=False),
        Column("first_seq", _("First beat"), at("first", "seq"), on_page=False),
        Column("first_hash", _("First beat"), at("first", "hash"), on_page=False),
        Column("last_seq", _("Last beat"), at("last", "seq"), on_page=False),
        Column("last_hash", _("Last beat"), at("last", "hash"), on_page=False),
        Column("exemptions", _("Decisions"), at("exemptions"), kind="outage_decisions", in_file=False),
    ),
)


def _none(_row: Row) -> list[str]:
    return []


def exempt(beginnings: Mapping[str, str]) -> Form:
    """The form that frees the deadlines of an outage.

    :param beginnings: of the outages that may be cited, as the action takes them and as they are read
    """
    return Form(
        "exempt",
        ACTION,
        _("Exempt the deadlines of an outage"),
        _(
            "Deadlines that fell due on the days of the outage are freed. The decision cites the log; what "
            "the log does not show is refused."
        ),
        _("Record the exemption"),
        (
            Field("outage", _("Beginning of the outage"), "choice", choices=beginnings),
            Field("decision_number", _("Number of the decision")),
            Field("decision_date", _("Date of the decision"), "date"),
            Field("document_url", _("Address of the document"), "url", required=False),
            Field("reason", _("Reason"), "area"),
        ),
        _none,
        key="",
    )
