"""The network, and what may be read through it and nothing else; told for each connection."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Heading, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .kinds import kind_for
from .parts import each

PERSONAL: dict[str, str] = {
    "some": _("The system holds data about people: no column of them may be given."),
    "special": _("The system holds special categories of data about people: no column of them may be given."),
    "unknown": _(
        "It is not known whether the system holds data about people: settle this before anything is given."
    ),
}


def network(guide: Row, writing: Writing) -> Iterator[Block]:
    """Which way the data go, and what is opened for it."""

    def told(part: Row) -> Iterator[Block]:
        return (Line(writing.say(text)) for text in kind_for(part["kind"]).ways(part))

    yield Heading(writing.say(_("2. The network")))
    yield from each(guide, writing, 2, told)


def account(guide: Row, writing: Writing) -> Iterator[Block]:
    """What the portal may use, and how little it may do."""

    def told(part: Row) -> Iterator[Block]:
        return kind_for(part["kind"]).access(part, writing)

    say = writing.say
    yield Heading(say(_("3. Access that allows reading alone")))
    personal = PERSONAL.get(guide["system"]["details"]["personal_data"])
    if personal:
        yield Line(say(personal), say(_("Personal data")))
    yield from each(guide, writing, 3, told)
