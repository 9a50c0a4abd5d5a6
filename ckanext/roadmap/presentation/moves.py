"""Words, forms and tables of moves from other portals."""

from __future__ import annotations

from .acts import Form
from .marks import mark as _
from .tables import Column, Row, Table, at, text_columns

MOVE_STATES: dict[str, str] = {
    "waiting": _("Waits"),
    "moved": _("Moved"),
    "failed": _("Refused"),
    "vanished": _("Gone there"),
}
ROWS_STATES: dict[str, str] = {
    "none": _("No rows there"),
    "waiting": _("Rows wait to be loaded"),
    "loaded": _("Rows loaded"),
    "held": _("Rows held by the gates"),
    "failed": _("Rows could not be read"),
}
FILTERS: dict[str, str] = {
    **MOVE_STATES,
    **{f"rows_{code}": label for code, label in ROWS_STATES.items()},
}
ICONS: dict[str, str] = {
    "waiting": "hourglass-half",
    "moved": "check",
    "failed": "triangle-exclamation",
    "vanished": "link-slash",
}
ORIGIN_STATES: dict[str, str] = {
    "new": _("New"),
    "updated": _("Was updated"),
    "rejected": _("Rejected"),
    "approved": _("Approved"),
    "outdated": _("Outdated"),
    "draft": _("Draft"),
    "unsaid": _("Not told"),
    "other": _("Not understood"),
}
COUNTS: dict[str, str] = {
    "seen": _("Datasets read"),
    "new": _("New"),
    "changed": _("Changed"),
    "unchanged": _("Unchanged"),
    "returned": _("Came back"),
    "waiting": _("Wait for their publisher"),
    "vanished": _("Gone there"),
    "repeated": _("Told twice"),
}
FIELDS: dict[str, str] = {
    "contact_email": _("Contact e-mail"),
    "contact_name": _("Contact person"),
    "contact_phone": _("Contact telephone"),
    "frequency": _("Update frequency"),
    "groups": _("Sphere"),
    "identifier": _("Identifier"),
    "license_id": _("Licence"),
    "name": _("Address"),
    "notes": _("Description"),
    "notes_translated": _("Description"),
    "origin_url": _("Address there"),
    "resources": _("Files"),
    "tags": _("Tags"),
    "title": _("Title"),
    "title_translated": _("Title in the four languages"),
}
"""Fields of a dataset that CKAN may refuse."""
REMARKS: dict[str, str] = {
    "date_future": _("Date that has not come yet, left out"),
    "date_unknown": _("Date not understood"),
    "email_refused": _("No e-mail address"),
    "field_unknown": _("Field that nobody here knows"),
    "file_refused": _("Address of a file not taken"),
    "frequency_unknown": _("Frequency not understood"),
    "identifier_taken": _("Identifier already belongs to another dataset here"),
    "licence_unknown": _("Licence not understood"),
    "notes_too_long": _("Description too long, left out: shorten it there, or offer it as a file"),
    "organisations_unread": _("The list of organisations could not be read"),
    "scripts_exchanged": _("Uzbek scripts were exchanged, and are put right"),
    "sphere_unknown": _("Sphere that nobody here knows"),
    "state_unknown": _("State not understood"),
    "tag_refused": _("Tag not taken"),
    "without_key": _("Record without a key, left out"),
}


def _none(_row: Row) -> list[str]:
    return []


def _remarks(row: Row) -> str:
    return "; ".join(f"{one['code']}: {one['value']}".rstrip(": ") for one in row["remarks"])


READ = Form(
    "read",
    "roadmap_harvest_start",
    _("Read the catalogue now"),
    _(
        "Reads the catalogue from its beginning and moves what is new or changed. Nothing is doubled, "
        "and what was edited here stays."
    ),
    _("Read"),
    (),
    _none,
    "connection",
)
CATALOGUES = Table(
    "catalogues",
    _("Catalogues of other portals"),
    (
        Column("connection", _("Connection"), at("connection"), kind="catalogue"),
        Column("started", _("Newest reading"), at("reading", "started_at"), kind="reading_at"),
        Column("seen", _("Datasets read"), at("reading", "counts", "seen"), kind="count"),
        Column("moved", _("Moved"), at("moved"), kind="count"),
        Column("unmoved", _("Not moved"), at("unmoved"), kind="count"),
        Column("unknown", _("Publishers without a body"), at("unknown"), kind="count"),
    ),
)
STATES = Table(
    "states",
    _("How far the datasets have come"),
    (
        Column("state", _("State"), at("state"), kind="move_group"),
        Column("reason", _("Why"), at("reason"), kind="move_reason"),
        Column("rows_state", _("Rows"), at("rows_state"), kind="move_rows_state"),
        Column("datasets", _("Datasets"), at("datasets"), kind="count"),
    ),
)
DATASETS = Table(
    "datasets",
    _("Datasets of the catalogue"),
    (
        Column("identifier", _("Dataset"), at("identifier"), kind="moved_dataset"),
        Column("key", _("Key there"), at("key"), on_page=False),
        *text_columns("title", "title"),
        Column("dataset", _("Dataset here"), at("dataset"), on_page=False),
        Column("origin_state", _("State there"), at("origin_state"), kind="origin_state"),
        Column("updated", _("Last updated there"), at("updated"), kind="moved_date"),
        Column("created", _("Created there"), at("created"), on_page=False),
        Column("state", _("State"), at("state"), kind="move_state"),
        Column("reason", _("Why"), at("reason"), kind="move_reason"),
        Column("field", _("Field"), at("params", "field"), on_page=False),
        Column("said", _("What is wrong"), at("params", "told", "en"), on_page=False),
        Column("rows_state", _("Rows"), at("rows_state"), kind="move_rows"),
        Column("rows", _("Rows"), at("rows"), on_page=False),
        Column("rows_reason", _("Why"), at("rows_reason", "code"), on_page=False),
        Column("remarks", _("Remarks"), _remarks, kind="move_remarks"),
        Column("moved_at", _("Moved on"), at("moved_at"), on_page=False),
        Column("vanished_at", _("Gone since"), at("vanished_at"), on_page=False),
        Column("url", _("Address there"), at("url"), on_page=False),
    ),
)
