"""Series of the national statistics site: a row a region or class, a column a period; here a row a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast

from ckanext.roadmap.sources.api.errors import ApiError
from ckanext.roadmap.sources.tabular.normal import Record

from .base import Ask, dialect

PERIOD = re.compile(r"(\d{4})(?:-?(Q[1-4]|M\d\d|H[12]|\d\d))?")
NOTHING = ("", "-", "–", "…", "...", "..")
"""How the site writes that there is no value."""
NAMES = {
    "Code": "code", "Klassifikator": "name_uz", "Klassifikator_uzc": "name_uz_Cyrl",
    "Klassifikator_ru": "name_ru", "Klassifikator_en": "name_en",
}  # fmt: skip
UNIT, CHANGED = "Unit of measurement", "Last modified date"
"""Entries of the block of metadata, by their English names."""


@dialect("series")
def read_series(ask: Ask) -> Iterator[Record]:
    """`code`, names in four languages, `period`, `value`, `unit`, `changed`, and what else a row has.

    :raises SourceError: the document is not one of a series
    """
    for block in _blocks(ask.json(ask.url)):
        about = _about(block.get("metadata"))
        for row in _rows(block.get("data")):
            yield from _values(row, about)


def period_code(name: str) -> str | None:
    """2024, 2024-Q1, 2024-03 or 2024-H1; None: the name is none of a period."""
    found = PERIOD.fullmatch(name.strip())
    if not found:
        return None
    year, part = found.groups()
    return year if part is None else f"{year}-{part.removeprefix('M')}"


def _values(row: Record, about: Record) -> Iterator[Record]:
    periods = {name: code for name in row if (code := period_code(name))}
    if not periods:
        raise ApiError("api_no_records")
    shared = {NAMES.get(name, name): value for name, value in row.items() if name not in periods}
    for name, code in periods.items():
        yield {**about, **shared, "period": code, "value": _value(row[name])}


def _value(found: Any) -> Any:
    """Nothing where the site has a sign for it; anything else as it is written."""
    return None if isinstance(found, str) and found.strip() in NOTHING else found


def _blocks(document: Any) -> list[Record]:
    blocks = cast("list[Any]", document if isinstance(document, list) else [document])
    if not blocks or not all(isinstance(one, Mapping) for one in blocks):
        raise ApiError("api_no_records")
    return blocks


def _rows(found: Any) -> list[Record]:
    rows = cast("list[Any]", found)
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in rows):
        raise ApiError("api_no_records")
    return rows


def _about(found: Any) -> dict[str, Any]:
    """Unit and day of the last change, where the metadata tell."""
    told: dict[str, Any] = {}
    for entry in cast("list[Any]", found if isinstance(found, list) else []):
        if isinstance(entry, Mapping):
            one = cast("Record", entry)
            told[str(one.get("name_en") or "").strip()] = one.get("value_uz") or one.get("value_en")
    return {"unit": told.get(UNIT), "changed": told.get(CHANGED)}
