"""How the system is connected, and what it publishes then."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ckanext.roadmap.presentation.documents.blocks import Block, Code, Grid, Heading, Line, Steps
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.rhythms import in_words
from ckanext.roadmap.presentation.tables import Row

BLANK = "____________________"
PULL = (
    _(
        "Hand address, account and password to the portal's operator in person or in a sealed "
        "envelope: never by mail, "
        "messenger, or on a page of the portal."
    ),
    _(
        "The operator writes them into the portal's configuration, under the name {connection}. No "
        "table, page, log "
        "or mail of the portal holds them; whoever works with the system sees the name alone."
    ),
    _(
        "The coordinator imports the mapping, which says which columns of section 5 are published, "
        "and as what."
    ),
    _("The operator loads once and looks at the run together with you: the number of rows must be yours."),
    _("Go through the checks of section 6 together and sign the act of section 8."),
    _(
        "From then on the portal reads by its schedule. A password can be changed at any time: "
        "tell the operator the "
        "new one; nothing needs to be restarted."
    ),
)
PUSH = (
    _(
        'Install "roadmap-agent" on a server that reaches the database and the portal. It needs Python '
        "3.11; the "
        "coordinator gives you its file."
    ),
    _(
        "Write its configuration as below. The address of the database and the token stand in files of "
        "their own, "
        "which only the agent's user may read. Address and password of the database never leave your server."
    ),
    _(
        "The coordinator gives you the mapping file, and the token of this system in person: it is "
        "shown once."
    ),
    _('Run "roadmap-agent check": it tells the columns of each view and sends nothing.'),
    _(
        'Run "roadmap-agent run", and look at the run together with the operator: the number of rows must be '
        "yours."
    ),
    _("Go through the checks of section 6 together and sign the act of section 8."),
    _(
        "Let systemd or cron run it, for example each night. While the portal can't be reached, what "
        "was read "
        "waits on your disk; a run that was stopped goes on where it was."
    ),
)
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


def connecting(guide: Row, writing: Writing) -> Iterator[Block]:
    """From the scripts to the first load: by the portal, by the agent, or by whichever of them can."""
    say, way = writing.say, guide["way"]
    yield Heading(say(_("4. Connecting, step by step")))
    if way == "either":
        yield Heading(say(_("If the portal reaches the server")), part=True)
    if way != "push":
        yield from _pulling(guide, writing)
    if way == "either":
        yield Heading(say(_("If it does not: the agent")), part=True)
    if way != "pull":
        yield from _pushing(guide, writing)


def _pulling(guide: Row, writing: Writing) -> Iterator[Block]:
    name = guide["system"]["details"]["connection"] or BLANK
    yield Steps(tuple(writing.say(text).format(connection=name) for text in PULL))
    yield from _address(
        guide, writing, _("The form of the address that the operator writes; its parts are never put here:")
    )


def _pushing(guide: Row, writing: Writing) -> Iterator[Block]:
    name = guide["system"]["details"]["connection"] or "<CONNECTION>"
    yield Steps(tuple(map(writing.say, PUSH)))
    yield Line(writing.say(_('The configuration of the agent, "/etc/roadmap-agent/agent.toml":')))
    yield Code(_toml(guide["portal"]["url"], name))
    yield from _address(guide, writing, _("The form of the address in the last of these files:"))


def _address(guide: Row, writing: Writing, about: str) -> Iterator[Block]:
    if guide["address"]:
        yield Line(writing.say(about))
        yield Code(guide["address"])


def _toml(portal: str, connection: str) -> str:
    folder = "/etc/roadmap-agent"
    return (
        f'portal = "{portal}"\ntoken_file = "{folder}/token"\nmapping = "{folder}/mapping.yaml"\n'
        f'queue = "/var/lib/roadmap-agent"\n\n[connections]\n{connection} = "{folder}/{connection}.url"'
    )


def columns(guide: Row, writing: Writing) -> Iterator[Block]:
    """Every column that leaves the system; no other does."""
    say = writing.say
    yield Heading(say(_("5. Columns and formats")))
    yield Line(
        say(_("Only these columns leave the system. A further one takes a new mapping and a new agreement."))
    )
    if not guide["tables"]:
        yield Line(say(_("No mapping has been made yet: fill this in together with the coordinator.")))
        yield Grid(_head(writing), tuple(("", "", "", "") for _row in range(6)), _SHARES)
    for table in guide["tables"]:
        yield from _table(table, writing)


def _table(table: dict[str, Any], writing: Writing) -> Iterator[Block]:
    say = writing.say
    yield Line(
        f"{table['schema']}.{table['table']} → {table['item']}. {writing.text(table['title'])}",
        say(_("View")),
    )
    yield Grid(_head(writing), tuple(_column(one, writing) for one in table["columns"]), _SHARES)
    for name, label in MARKS.items():
        if table[name]:
            yield Line(", ".join(table[name]) if name == "key" else table[name], say(label))
    yield Line(", ".join(name.upper() for name in table["formats"]), say(_("Published as a table and as")))
    yield from _times(table.get("schedule") or {}, writing)


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


def _head(writing: Writing) -> tuple[str, ...]:
    return tuple(
        writing.say(text) for text in (_("Column of the view"), _("Published as"), _("Type"), _("Meaning"))
    )


_SHARES = (26, 24, 20, 30)


def _column(column: dict[str, Any], writing: Writing) -> tuple[str, ...]:
    kind = str(column["type"] or "")
    told = TYPES.get(kind.partition("(")[0], "")
    as_there = writing.say(_("as in the view"))
    return (
        column["source"],
        column["name"],
        writing.say(told) if told else as_there,
        writing.text(column["title"]) or "–",
    )
