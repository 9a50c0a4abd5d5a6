"""The approved list as a table: a page, and a file with the very columns that an import takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from ckanext.roadmap.domain.body import BodyKind
from ckanext.roadmap.domain.obligation import Responsible

from .marks import mark as _
from .tables import Column, Row, Table, at

Read = Callable[[Row], Any]


def cells(row: Row) -> dict[str, str]:
    """An item's cells as an import takes them."""
    return {column.key: column.value(row) for column in FILE_COLUMNS}


def facets(rows: Iterable[Row]) -> dict[str, dict[str, int]]:
    """How many items have each sphere, frequency, place, fitness for AI and body, where bodies are told."""
    rows = list(rows)
    ai = Counter(facet_values(row, "ai")[0] for row in rows)
    return {
        "sphere": dict(sorted(Counter(row["sphere"] for row in rows).items())),
        "frequency": dict(Counter(row["term"]["frequency"] for row in rows)),
        "place": dict(Counter(place for row in rows for place in row["places"])),
        "ai": {word: ai[word] for word in ("yes", "no") if ai[word]},
        "body": dict(Counter(name for row in rows for name in row.get("bodies", ()))),
    }


def facet_values(row: Row, facet: str) -> list[str]:
    """What an item has of a facet."""
    if facet == "ai":
        return ["yes" if row["ai"] else "no"]
    if facet == "frequency":
        return [row["term"]["frequency"]]
    return [row["sphere"]] if facet == "sphere" else row[{"place": "places", "body": "bodies"}[facet]]


def responsible_words(stored: Row) -> str:
    """Who is responsible, as the list writes it ("all;except:central-bank")."""
    return str(
        Responsible(
            all=stored["all"],
            bodies=tuple(stored["bodies"]),
            kinds=tuple(BodyKind(kind) for kind in stored["kinds"]),
            exceptions=tuple(stored["exceptions"]),
        )
    )


def column_words(row: Row) -> list[str]:
    """The required columns as the list writes them ("code:text")."""
    types = row["column_types"]
    return [f"{name}:{types[name]}" if name in types else name for name in row["columns"]]


def _words(*path: str) -> Read:
    read = at(*path)
    return lambda row: str(read(row) or "")


def _flag(key: str) -> Read:
    return lambda row: "yes" if row[key] else "no"


def _parts(key: str) -> Read:
    return lambda row: ";".join(str(part) for part in row[key])


def _file(key: str, label: str, value: Read) -> Column:
    return Column(key, label, value, on_page=False)


FILE_COLUMNS = (
    _file("code", _("Code"), _words("code")),
    _file("title_uz", _("Title in Uzbek (Latin)"), _words("title", "uz")),
    _file("title_uz_cyrl", _("Title in Uzbek (Cyrillic)"), _words("title", "uz_Cyrl")),
    _file("title_ru", _("Title in Russian"), _words("title", "ru")),
    _file("title_en", _("Title in English"), _words("title", "en")),
    _file("sphere", _("Sphere"), _words("sphere")),
    _file("place", _("Published at"), _parts("places")),
    _file("frequency", _("Frequency"), _words("term", "frequency")),
    _file("due_rule", _("Due rule"), _words("term", "due_rule")),
    _file("responsible", _("Responsible"), lambda row: responsible_words(row["responsible"])),
    _file("territorial", _("Territory"), _flag("territorial")),
    _file("region_column", _("Column of the region"), _words("region_column")),
    _file("unchanged_allowed", _("A period without change"), _flag("unchanged_allowed")),
    _file("columns", _("Required columns"), lambda row: ";".join(column_words(row))),
    _file("odin", _("ODIN categories"), _parts("odin")),
    _file("odin_indicators", _("ODIN indicators"), _parts("odin_indicators")),
    _file("ai", _("Fit for AI"), _flag("ai")),
    _file("personal_data", _("Personal data"), _words("personal_data")),
    _file("legal_basis", _("Legal basis"), _words("legal_basis")),
    _file("source_note", _("Note"), _words("source_note")),
)
LABELS = {column.key: column.label for column in FILE_COLUMNS}
ITEMS = Table(
    "items",
    _("Items of the approved list"),
    (
        Column("item", _("Item"), at("code"), kind="list_item", in_file=False),
        Column("sphere_word", _("Sphere"), at("sphere"), kind="sphere", in_file=False),
        Column("term", _("Term"), at("term"), kind="term", in_file=False),
        Column("places", _("Published at"), at("places"), kind="places", in_file=False),
        Column("responsible_word", _("Responsible"), at("responsible"), kind="responsible", in_file=False),
        *FILE_COLUMNS,
    ),
)
