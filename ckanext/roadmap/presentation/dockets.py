"""Words of dockets, and their agenda and protocol as documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ckanext.roadmap.domain.script import to_cyrillic

from .documents.blocks import Block, Columns, Document, Heading, Line, Signature, Title
from .documents.writing import Writing
from .marks import mark as _
from .tables import Column, Row, Table, at

STATES: dict[str, str] = {
    "draft": _("In preparation"),
    "sent": _("Sent to the commission"),
    "held": _("Sitting held"),
    "closed": _("Closed"),
}
STANCES: dict[str, str] = {
    "supports": _("The body supports it"),
    "conditionally": _("The body supports it on conditions"),
    "objects": _("The body objects"),
}
DECISIONS: dict[str, str] = {
    "accept": _("Accepted"),
    "reject": _("Turned down"),
    "defer": _("Deferred"),
}


def decided(row: Row) -> int:
    """How many entries of a docket have their decision."""
    return sum(entry["decision"] is not None for entry in row["entries"])


DOCKETS = Table(
    "dockets",
    _("Sittings of the commission"),
    (
        Column("number", _("Number"), at("number"), kind="docket"),
        Column("sitting_date", _("Day of the sitting"), at("sitting_date"), kind="date"),
        Column("state", _("State"), at("state"), kind="docket_state"),
        Column("entries", _("Entries"), lambda row: len(row["entries"]), kind="number"),
        Column("decided", _("Decided"), decided, kind="number"),
    ),
)


def agenda(docket: Row, writing: Writing) -> Document:
    """What the commission is to decide on, with all that was gathered on it."""
    title = writing.say(_("Agenda of sitting No. {number}")).format(number=docket["number"])
    return Document(title, writing.lang, tuple(_agenda(docket, writing, title)))


def protocol(docket: Row, writing: Writing) -> Document:
    """What the commission decided, and who decided."""
    title = writing.say(_("Protocol of sitting No. {number}")).format(number=docket["number"])
    return Document(title, writing.lang, tuple(_protocol(docket, writing, title)))


def _agenda(docket: Row, writing: Writing, title: str) -> Iterator[Block]:
    yield from _head(docket, writing, title)
    for entry in docket["entries"]:
        yield _entry_heading(entry, writing)
        yield from _gathered(entry, writing)


def _protocol(docket: Row, writing: Writing, title: str) -> Iterator[Block]:
    say = writing.say
    yield from _head(docket, writing, title)
    if docket["state"] != "closed":
        yield Line(say(_("The sitting is not closed yet: this protocol is not final.")))
    yield from _people(docket, writing)
    yield Heading(say(_("Agenda")))
    for entry in docket["entries"]:
        yield Line(f"{entry['position']}. {writing.text(entry['title'])}")
    for entry in docket["entries"]:
        yield _entry_heading(entry, writing)
        yield from _gathered(entry, writing)
        yield from _decision(docket, entry, writing)
    yield Signature(say(_("Chair")), _name(docket["chair"], writing))
    yield Signature(say(_("Secretary")), _name(docket["secretary"], writing))


def _head(docket: Row, writing: Writing, title: str) -> Iterator[Block]:
    yield Title(writing.say(_("Coordination Commission on open data")))
    yield Title(title, strong=True)
    yield Columns(writing.day(docket["sitting_date"]), writing.text(docket["place"]))


def _people(docket: Row, writing: Writing) -> Iterator[Block]:
    people = (
        (_("Chair"), _name(docket["chair"], writing)),
        (_("Secretary"), _name(docket["secretary"], writing)),
        (_("Present"), ", ".join(_name(one, writing) for one in docket["present"])),
    )
    for label, names in people:
        if names:
            yield Line(names, writing.say(label))


def _name(written: str | None, writing: Writing) -> str:
    """A person's name, in the script of the document; Russian papers write it in Cyrillic as well."""
    if not written:
        return ""
    return to_cyrillic(written) if writing.lang == "ru" else writing.text({"uz": written})


def _entry_heading(entry: Row, writing: Writing) -> Heading:
    return Heading(f"{entry['position']}. {writing.text(entry['title'])}")


def _gathered(entry: Row, writing: Writing) -> Iterator[Block]:
    say, opinion, earlier = writing.say, entry["opinion"], entry["deferred_from"]
    facts = (
        (_("Suggestions"), ", ".join(f"№ {one['number']}" for one in entry["suggestions"])),
        (_("Deferred at sitting"), f"№ {earlier['docket']}" if earlier else ""),
        (_("Body"), writing.text(entry["body"]["title"]) if entry["body"] else ""),
        (_("Opinion of the body"), _joined(say(STANCES[opinion["stance"]]), writing.text(opinion["text"]))
         if opinion else ""),
        (_("Cost"), writing.text(entry["cost"])),
        (_("Legal note"), writing.text(entry["legal"])),
    )  # fmt: skip
    for label, told in facts:
        if told:
            yield Line(told, say(label))


def _decision(docket: Row, entry: Row, writing: Writing) -> Iterator[Block]:
    say, decision = writing.say, entry["decision"]
    if decision is None:
        yield Line(say(_("no decision yet")), say(_("Decision")))
        return
    yield Line(
        _joined(say(DECISIONS[decision["decision"]]), writing.text(decision["text"])), say(_("Decision"))
    )
    if decision["votes"]:
        words = say(_("in favour – {in_favour}, against – {against}, abstained – {abstained}"))
        yield Line(words.format(**_votes(decision["votes"])), say(_("Votes")))
    if entry["item_code"]:
        words = say(_("{code}, draft of list {list}"))
        yield Line(words.format(code=entry["item_code"], list=docket["list"]), say(_("Item")))


def _votes(votes: Mapping[str, int]) -> dict[str, Any]:
    return {"in_favour": votes["for"], "against": votes["against"], "abstained": votes["abstained"]}


def _joined(verdict: str, text: str) -> str:
    return f"{verdict}. {text}" if text else f"{verdict}."
