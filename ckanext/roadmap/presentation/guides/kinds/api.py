"""An interface: REST with JSON or XML, in pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ckanext.roadmap.presentation.documents.blocks import Block, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .asked import PATIENT, AskedKind
from .base import FAILS, kind
from .files import ENDING

STYLES: dict[str, str] = {
    "none": _("all at once"),
    "offset": _("by offset and limit"),
    "page": _("by the number of the page"),
    "cursor": _("by a mark that each page gives for the next"),
    "link": _('by the header "Link"'),
}
PAGES, ASKED = frozenset({"paging", "since"}), frozenset({"parameters", "record"})


@kind
class ApiKind(AskedKind):
    """Paging, totals and changes are as the mapping says."""

    code = "api"
    title = _("Interface (API)")
    schemes = ("api",)
    words = re.compile(r"\bapi\b|\brest\b|interfeys|интерфейс", re.IGNORECASE)
    address = "api+https://HOST/BASE/"
    thing = _("Path")
    column = _("Field of the answer")
    more = _('OAuth 2 with "client credentials" is taken, too: a token that ends is renewed by the portal.')
    answers = (
        _("JSON or XML in UTF-8, asked with GET; days and times by ISO 8601."),
        _(
            "Rows come in one lasting order, best by the key, and a page has at most 64 MiB: "
            "without an order rows "
            "come twice or not at all."
        ),
        _(
            "The answer tells how many rows there are in all. If another number comes, the run "
            "fails: a table that "
            "lacks a page is not published."
        ),
        PATIENT,
    )
    checks = (
        *AskedKind.checks[:-1],
        (_("Let one page answer with an error (500), load, mend it"), FAILS),
        AskedKind.checks[-1],
    )

    @classmethod
    def fits(cls, table: str, read: Row) -> bool:
        """By paging and the like."""
        whole = bool(ENDING.search(table)) or "," in table or bool({"select", "structure"} & set(read))
        return bool(PAGES & set(read)) or (bool(ASKED & set(read)) and not whole)

    def reading(self, table: dict[str, Any], writing: Writing) -> Iterator[Block]:
        """Where the rows stand in an answer, pages and their limit, changes."""
        say = writing.say
        read: dict[str, Any] = table["read"]
        paging: dict[str, Any] = read.get("paging") or {}
        since: dict[str, Any] = read.get("since") or {}
        told: dict[str, Any] = {
            _("Where the rows stand"): read.get("record"),
            _("Pages"): say(STYLES.get(paging.get("style", "none"), STYLES["none"])),
            _("Rows on a page"): paging.get("limit"),
            _("Where the total stands"): paging.get("total"),
            _("Parameter that asks for changes alone"): since.get("parameter"),
        }
        yield from (Line(str(value), say(label)) for label, value in told.items() if value)
