"""SDMX 2.1 by a service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ckanext.roadmap.presentation.documents.blocks import Block, Code, Line
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.marks import mark as _
from ckanext.roadmap.presentation.tables import Row

from .asked import PATIENT, AskedKind
from .base import kind

WORDS = _(
    "Each code list has its words in Uzbek, Russian and English: they become columns beside the codes. A "
    "renamed dimension stops the run."
)


def chosen(table: dict[str, Any], writing: Writing) -> Iterator[Block]:
    """The codes that are asked for, by dimension."""
    select: dict[str, list[Any] | str] = table["read"].get("select") or {}
    for dimension, codes in select.items():
        yield Line(codes if isinstance(codes, str) else ", ".join(map(str, codes)), dimension)


@kind
class SdmxKind(AskedKind):
    """The structure is asked for first, then the data."""

    code = "sdmx"
    title = _("SDMX service")
    schemes = ("sdmx",)
    words = re.compile(r"sdmx(?![- ](file|fayl|файл))", re.IGNORECASE)
    address = "sdmx+https://HOST/rest/"
    extra = "files,sdmx"
    thing = _("Dataflow")
    column = _("Dimension, attribute or value")
    answers = (
        _(
            "SDMX 2.1 over REST, structure-specific or generic, asked with GET; SDMX 2.0 and 3.0 "
            "are not read."
        ),
        _(
            'The dataflow comes with its data structure (DSD) and code lists in one answer to "references='
            'descendants".'
        ),
        WORDS,
        _("A question that is too large is answered 413: the portal asks again in parts."),
        PATIENT,
    )

    @classmethod
    def fits(cls, table: str, read: Row) -> bool:
        """By a dataflow named with its keeper, or by a choice of codes; cubes of PxWeb have one, too."""
        return "," in table or ("select" in read and not table.endswith((".px", ".xml", ".csv")))

    def access(self, part: Row, writing: Writing) -> Iterator[Block]:
        """With the questions for structure and data."""
        yield from super().access(part, writing)
        flow = next((one["table"] for one in part["tables"]), "AGENCY,FLOW,VERSION")
        structure = flow.replace(",", "/")
        yield Code(f"GET dataflow/{structure}?references=descendants\nGET data/{flow}")

    def reading(self, table: dict[str, Any], writing: Writing) -> Iterator[Block]:
        """The codes that are asked for."""
        return chosen(table, writing)
