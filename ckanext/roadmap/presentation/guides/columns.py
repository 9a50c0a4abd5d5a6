"""What a connection publishes, column by column, when and in which form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ckanext.roadmap.presentation.documents.blocks import Block, Grid, Heading, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.rhythms import in_words
from ckanext.roadmap.presentation.tables import Row

from .kinds import Kind, kind_for
from .parts import each

TYPES: dict[str, str] = {
    "text": _("text"),
    "int2": _("whole number"), "int4": _("whole number"), "int8": _("whole number"),
    "numeric": _("decimal number"), "float4": _("decimal number"), "float8": _("decimal number"),
    "bool": _("yes or no"),
    "date": _("day, YYYY-MM-DD"),
    "timestamp": _("day and time"), "timestamptz": _("day and time with zone"), "time": _("time of day"),
    "json": _("JSON"), "jsonb": _("JSON"),
}  # fmt: skip
MARKS: dict[str, str] = {
    "key": _("Columns that name one row"),
    "period_column": _("Column of the period"),
    "region_column": _("Column of the region, SOATO codes"),
    "watermark_column": _("Column with the time of the last change"),
}


def columns(guide: Row, writing: Writing) -> Iterator[Block]:
    """Every column that is published; no other is."""

    def told(part: Row) -> Iterator[Block]:
        return _part(part, kind_for(part["kind"]), writing)

    yield Heading(writing.say(_("5. Columns and formats")))
    yield from each(guide, writing, 5, told)


def _part(part: Row, kind: Kind, writing: Writing) -> Iterator[Block]:
    say = writing.say
    yield Line(say(kind.only))
    if not part["tables"] and kind.has_mappings:
        yield Line(say(_("No mapping has been made yet: fill this in together with the coordinator.")))
        yield Grid(_head(kind, writing), tuple(("", "", "", "") for _row in range(6)), _SHARES)
    for table in part["tables"]:
        yield from _table(table, kind, writing)


def _table(table: dict[str, Any], kind: Kind, writing: Writing) -> Iterator[Block]:
    say = writing.say
    yield Line(
        f"{kind.place(table)} → {table['item']}. {writing.text(table['title'])}",
        say(kind.thing),
    )
    yield Grid(_head(kind, writing), tuple(_column(one, writing) for one in table["columns"]), _SHARES)
    yield from kind.reading(table, writing)
    for name, label in MARKS.items():
        if table[name]:
            yield Line(", ".join(table[name]) if name == "key" else table[name], say(label))
    yield Line(", ".join(name.upper() for name in table["formats"]), say(_("Published as a table and as")))
    yield from _times(table.get("schedule") or {}, writing)
    if table.get("schedule") and kind.in_time:
        yield Line(say(kind.in_time))


def _times(schedule: Row, writing: Writing) -> Iterator[Block]:
    """When it is read, by the clock of Tashkent."""
    if cron := schedule.get("cron"):
        told = in_words(cron)
        yield Line(writing.say(told.singular).format(**told.params), writing.say(_("Read")))
    if window := schedule.get("window"):
        yield Line(
            writing.say(_("{hours}; outside these hours the portal reads nothing of the system.")).format(
                hours=window.replace("-", "–")
            ),
            writing.say(_("Hours")),
        )


def _head(kind: Kind, writing: Writing) -> tuple[str, ...]:
    return tuple(map(writing.say, (kind.column, _("Published as"), _("Type"), _("Meaning"))))


_SHARES = (26, 24, 20, 30)


def _column(column: dict[str, Any], writing: Writing) -> tuple[str, ...]:
    kind = str(column["type"] or "")
    told = TYPES.get(kind.partition("(")[0], "")
    as_there = writing.say(_("as at the source"))
    return (
        column["source"],
        column["name"],
        writing.say(told) if told else as_there,
        writing.text(column["title"]) or "–",
    )
