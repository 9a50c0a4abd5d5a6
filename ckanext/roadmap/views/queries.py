"""What a reader may ask of a page, read from the address and checked before anything is done."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.roadmap.logic.validators import roadmap_as_of

PAGE_SIZE = 50
FILE_FORMATS = ("csv", "json", "xlsx")
_QUARTER = re.compile(r"\d{4}-Q[1-4]")


@dataclass
class BadQueryError(Exception):
    """A value in the address that means nothing."""

    field: str
    value: str
    accepted: str

    def __str__(self) -> str:
        return (
            tk._("The address asks for {field}={value}. Accepted there: {accepted}.")
            .format(field=self.field, value=self.value, accepted=self.accepted)
            .replace("….", "…")
        )


def choice(field: str, accepted: Collection[str]) -> str | None:
    """One of a set of codes, or nothing."""
    value = tk.request.args.get(field, "").strip()
    if value and value not in accepted:
        raise BadQueryError(field, value, ", ".join(sorted(accepted)))
    return value or None


def text(field: str) -> str | None:
    """What was typed, or nothing; the action checks it."""
    return tk.request.args.get(field, "").strip() or None


def quarter() -> str | None:
    """A quarter like 2023-Q2, or nothing."""
    value = tk.request.args.get("quarter", "").strip()
    if value and not _QUARTER.fullmatch(value):
        raise BadQueryError("quarter", value, "2023-Q2")
    return value or None


def past() -> str | None:
    """The past instant that is asked for; a day is looked at as it ended."""
    asked = as_of()
    return roadmap_as_of(asked).isoformat() if asked else None


def as_of() -> str | None:
    """A past day or instant as it was asked for, or nothing; the action checks it."""
    return tk.request.args.get("as_of", "").strip() or None


def day(field: str) -> str | None:
    """A calendar day, or nothing."""
    value = tk.request.args.get(field, "").strip()
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise BadQueryError(field, value, "2023-01-31") from None


def offset() -> int:
    """How many rows lie before this page."""
    return number("offset", "0, 50, 100 …")


def number(field: str, accepted: str = "1, 2, 3 …") -> int:
    """A whole number, 0 where none is asked for."""
    value = tk.request.args.get(field, "0").strip() or "0"
    if not value.isascii() or not value.isdigit() or len(value) > 9:
        raise BadQueryError(field, value, accepted)
    return int(value)


def part(rows: Sequence[Any], size: int) -> dict[str, Any]:
    """The page of a list that the address asks for: its rows, which page it is, and how many there are.

    Beyond the last page it is the last one: the list may have become shorter since the address was made.
    """
    pages = -(-len(rows) // size)
    page = min(max(number("page"), 1), max(pages, 1))
    shown = rows[(page - 1) * size : page * size]
    return {"rows": shown, "count": len(rows), "page": page, "pages": pages}


def file_format() -> str | None:
    """The kind of file that the reader asks for instead of a page, or nothing."""
    return choice("format", FILE_FORMATS)
