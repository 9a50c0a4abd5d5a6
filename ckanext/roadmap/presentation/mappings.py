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
        Column("body", _("Body"), at("body")),
        Column("connection", _("Connection"), at("connection")),
        Column("table", _("Source table"), at("table")),
        Column("cron", _("Schedule"), at("schedule", "cron")),
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
    "roadmap_mapping_import",
    _("New mapping"),
    _("The mapping as YAML. «Check» looks at the source and saves nothing."),
    _("Save"),
    (Field("definition", _("Mapping"), "area"),),
    _none,
    "name",
)
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


def skeleton(system: Row | None = None) -> str:
    """What a new mapping begins with: the fields that it needs, with what the register of systems knows.

    :param system: as roadmap_system_show gives it, with its details
    """
    items: list[str] = system["items"] if system else []
    values: dict[str, str] = {
        "connection": connection_of(system) if system else "",
        "item": items[0] if len(items) == 1 else "",
        "body": system["body"]["name"] if system else "",
    }
    return _SKELETON.format(**{name: f" {value}".rstrip() for name, value in values.items()})


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
