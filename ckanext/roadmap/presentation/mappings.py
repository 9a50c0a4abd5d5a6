"""Words, forms and tables of mappings."""

from __future__ import annotations

from .acts import Field, Form
from .marks import mark as _
from .tables import Column, Row, Table, at


def _none(_row: Row) -> list[str]:
    return []


MAPPINGS = Table(
    "mappings",
    _("Mappings"),
    (
        Column("name", _("Mapping"), at("name"), kind="mapping"),
        Column("item", _("Item"), at("item")),
        Column("body", _("Body"), at("body"), kind="body_named"),
        Column("connection", _("Connection"), at("connection")),
        Column("table", _("Source table"), at("table")),
        Column("cron", _("When it is read"), at("schedule", "cron"), kind="rhythm"),
        Column("window", _("Hours"), at("schedule", "window")),
        Column("next_at", _("Next reading"), at("schedule", "next_at"), kind="next_reading"),
    ),
)
OF_SYSTEM = Table(
    "of-system",
    _("What is read from the system"),
    (
        Column("name", _("Mapping"), at("name"), kind="mapping"),
        Column("item", _("Item"), at("item")),
        Column("table", _("Source table"), at("table")),
        Column("newest", _("Newest load"), at("newest"), kind="newest_load"),
        Column("dataset", _("Dataset"), at("dataset"), kind="dataset_made"),
    ),
)
LOOK = Table(
    "look",
    _("What is at the source"),
    (
        Column("source", _("Column at the source"), at("source")),
        Column("name", _("Published as"), at("name"), kind="published_as"),
        Column("kind", _("Type at the source"), at("kind")),
        Column("type", _("Type here"), at("type"), kind="look_type"),
        Column("nulls", _("Empty"), at("nulls"), kind="count"),
        Column("distinct", _("Different values"), at("distinct"), kind="count"),
    ),
)
EDIT = Form(
    "mapping",
    "roadmap_mapping_update",
    _("Edit the mapping"),
    _(
        "The whole mapping as YAML. «Check» looks at the source and saves nothing; what you save takes "
        "effect at the next harvest."
    ),
    _("Save"),
    (Field("definition", _("Mapping"), "area"), Field("seen", _("Version"), "hidden")),
    _none,
    "name",
)
NEW = Form(
    "mapping",
    "roadmap_mapping_create",
    _("New mapping"),
    _("The mapping as YAML. «Check» looks at the source and saves nothing."),
    _("Save"),
    (Field("definition", _("Mapping"), "area"),),
    _none,
    "name",
)
OFFERED = Table(
    "offered",
    _("What the connection offers"),
    (
        Column("name", _("Name at the source"), at("name"), kind="offered"),
        Column("schema", _("Schema"), at("schema")),
        Column("kind", _("Kind"), at("kind"), kind="offered_kind"),
        Column("mappings", _("Mappings"), at("mappings"), kind="mapped_by"),
    ),
)
OFFERED_KINDS: dict[str, str] = {"table": _("Table"), "view": _("View"), "file": _("File")}
RHYTHMS: dict[str, str] = {
    "hourly": _("Every hour"),
    "daily": _("Every day"),
    "workdays": _("Every working day"),
    "weekly": _("Every week"),
    "monthly": _("Every month"),
    "own": _("By a line of cron"),
}
WEEKDAYS: dict[str, str] = {
    "mon": _("Monday"),
    "tue": _("Tuesday"),
    "wed": _("Wednesday"),
    "thu": _("Thursday"),
    "fri": _("Friday"),
    "sat": _("Saturday"),
    "sun": _("Sunday"),
}
TYPES: dict[str, str] = {
    "text": _("Text"),
    "int2": _("Whole number, small"),
    "int4": _("Whole number"),
    "int8": _("Whole number, large"),
    "numeric": _("Decimal number"),
    "float4": _("Measured number"),
    "float8": _("Measured number, exact"),
    "bool": _("Yes or no"),
    "date": _("Date"),
    "timestamp": _("Date and time"),
    "timestamptz": _("Date and time with its zone"),
    "time": _("Time of day"),
    "json": _("Nested data as text"),
    "jsonb": _("Nested data"),
}
FULL_TEXT: dict[str, str] = {
    "on": _("Texts can be searched as soon as the rows are there"),
    "later": _("Rows first, search a little later: best for big tables"),
    "off": _("Texts can't be searched"),
}
FIELDS: dict[str, str] = {
    "name": _("Name of the mapping"),
    "body": _("Body"),
    "item": _("Item"),
    "connection": _("Connection"),
    "schema": _("Schema"),
    "table": _("Source table"),
    "dataset.name": _("Name of the dataset"),
    "dataset.title": _("Title"),
    "dataset.notes": _("Description"),
    "dataset.frequency": _("How often it is renewed"),
    "dataset.licence": _("Licence"),
    "dataset.region": _("Region"),
    "dataset.contact_name": _("Contact person"),
    "dataset.contact_email": _("E-mail"),
    "dataset.contact_phone": _("Telephone"),
    "resource.title": _("Title of the table"),
    "columns": _("Columns"),
    "period_column": _("Column of the period"),
    "region_column": _("Column of the region"),
    "watermark_column": _("Column of the last change"),
    "schedule": _("When it is read"),
    "schedule.rhythm": _("How often it is read"),
    "schedule.at": _("Time of day"),
    "schedule.weekday": _("Day of the week"),
    "schedule.day": _("Day of the month"),
    "schedule.cron": _("Line of cron"),
    "schedule.opens": _("May be read from"),
    "schedule.closes": _("May be read until"),
    "schedule.window": _("Hours"),
    "full_text": _("Search in texts"),
    "row_floor": _("Fewest rows"),
    "formats": _("Files"),
    "rest": _("Further settings"),
}
"""The fields of the form."""
READ = Form(
    "read",
    "roadmap_harvest_start",
    _("Read the source now"),
    _(
        "Reads all tables of this connection, as the schedule would. The load appears among the loads of the "
        "mapping within seconds."
    ),
    _("Read"),
    (),
    _none,
    "connection",
)


def connection_of(system: Row) -> str:
    """The connection of a system, as far as the reader may know it."""
    details: Row = system["details"] or {}
    return str(details.get("connection") or "")


def known_of(system: Row | None) -> dict[str, str]:
    """What the register of systems knows of a mapping of a system."""
    items: list[str] = system["items"] if system else []
    return {
        "connection": connection_of(system) if system else "",
        "item": items[0] if len(items) == 1 else "",
        "body": system["body"]["name"] if system else "",
    }


def skeleton(system: Row | None = None) -> str:
    """What a new mapping begins with: the fields that it needs, with what the register of systems knows.

    :param system: as roadmap_system_show gives it, with its details
    """
    return _SKELETON.format(**{name: f" {value}".rstrip() for name, value in known_of(system).items()})


_SKELETON = """\
name:
connection:{connection}
table:
item:{item}
body:{body}
dataset:
  name:
  title: {{uz: , ru: , en: }}
key:
columns:
  -
"""
IMPORT = Form(
    "import",
    "roadmap_mapping_import",
    _("Import mappings"),
    _("One or more mappings as YAML. Nothing is taken unless every mapping can be."),
    _("Import"),
    (Field("upload", _("File"), "file"),),
    _none,
)
