"""The guide from its first line to the signatures."""

from __future__ import annotations

from collections.abc import Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Columns, Document, Heading, Line, Title
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.systems import NETWORKS, PERSONAL
from ckanext.roadmap.presentation.tables import Row

from .access import account, network
from .closing import act, contacts, tests
from .columns import columns
from .connect import connecting


def guide(shown: Row, writing: Writing) -> Document:
    """The document of what `roadmap_guide_show` tells."""
    title = writing.say(_("Technical guide to connecting {code}")).format(code=shown["system"]["code"])
    return Document(title, writing.lang, tuple(_blocks(shown, writing, title)))


def _blocks(shown: Row, writing: Writing, title: str) -> Iterator[Block]:
    system = shown["system"]
    yield Title(writing.say(shown["portal"]["title"]))
    yield Title(title, strong=True)
    yield Title(f"«{writing.text(system['title'])}»")
    yield Columns(writing.day(shown["day"]), writing.text(system["body"]["title"]))
    yield Line(writing.say(_LEAD))
    yield from _facts(shown, writing)
    yield from network(shown, writing)
    yield from account(shown, writing)
    yield from connecting(shown, writing)
    yield from columns(shown, writing)
    yield from tests(shown, writing)
    yield from contacts(shown, writing)
    yield from act(shown, writing)


def _facts(shown: Row, writing: Writing) -> Iterator[Block]:
    say, system, details = writing.say, shown["system"], shown["system"]["details"]
    items = [f"{one['code']} {writing.text(one['title'])}".strip() for one in shown["items"]]
    facts = (
        (_("Body"), writing.text(system["body"]["title"])),
        (_("Purpose"), writing.text(system["purpose"])),
        (_("Holds data for"), "; ".join(items)),
        (_DBMS, f"{details['dbms']} {details['dbms_version']}".strip()),
        (_("Tables and volume"), details["volume"]),
        (_("Network"), say(NETWORKS[details["network"]])),
        (_("Personal data"), say(PERSONAL[details["personal_data"]])),
        (_("Connection"), _connections(shown) or say(_("its name is still to be agreed"))),
    )
    asked = any(part["kind"] == "database" for part in shown["parts"])
    yield Heading(say(_("1. The system")))
    for label, told in facts:
        if not told and label == _DBMS and not asked:
            continue
        yield Line(told or say(_("not told in the register; complete it")), say(label))


def _connections(shown: Row) -> str:
    return ", ".join(part["connection"] for part in shown["parts"] if part["connection"])


_DBMS = _("Database system")
_LEAD = _(
    "For the IT staff of the body. It is made of the register of information systems and of what "
    "has been agreed on "
    "the columns; when either changes, take it anew. Part of it is confidential: hand it to nobody "
    "who has no part in "
    "the connection."
)
