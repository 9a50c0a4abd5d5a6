"""Series of the national statistics site: a row a region or class, a column a period; here a row a value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from ckanext.roadmap.sources.about import About
from ckanext.roadmap.sources.api.errors import ApiError
from ckanext.roadmap.sources.tabular.normal import Record

from .base import Ask, about, dialect
from .periods import span_of

NOTHING = ("", "-", "–", "—", "…", "...", "..")
"""How the site writes that there is no value."""
NAMES = {
    "Code": "code", "Klassifikator": "name_uz", "Klassifikator_uzc": "name_uz_Cyrl",
    "Klassifikator_ru": "name_ru", "Klassifikator_en": "name_en",
}  # fmt: skip
LANGUAGES = {"uz": "uz", "uz_Cyrl": "uzc", "ru": "ru", "en": "en"}
"""Ours, and what the site's fields end in."""
UNIT, CHANGED, OFTEN = "Unit of measurement", "Last modified date", "Periodicity"
"""Entries of the block of metadata, by their English names."""


@dialect("series")
def read_series(ask: Ask) -> Iterator[Record]:
    """`code`, names in four languages, `period` with its days, `value`, `unit`, and what else a row has.

    :raises SourceError: the document is not one of a series
    """
    for block in _blocks(ask.json(ask.url)):
        told = _told(block.get("metadata"))
        for row in _rows(block.get("data")):
            yield from _values(row, told)


@about("series")
def about_series(ask: Ask) -> About:
    """What the block of metadata says of the first series."""
    entries = _entries(_blocks(ask.json(ask.url))[0].get("metadata"))
    often = _text(_named(entries, OFTEN), "en") or _text(_named(entries, OFTEN), "uz")
    return About.of([(_text(one, "uz", "name"), _text(one, "uz")) for one in entries], often)


def _values(row: Record, told: Record) -> Iterator[Record]:
    periods = {name: span for name in row if (span := span_of(name))}
    if not periods:
        raise ApiError("api_no_records")
    shared = {NAMES.get(name, name): value for name, value in row.items() if name not in periods}
    for name, span in periods.items():
        days = {"period": span.code, "period_start": span.start, "period_end": span.last}
        yield {**told, **shared, **days, "value": _value(row[name])}


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


def _told(found: Any) -> dict[str, Any]:
    """Unit in four languages and day of the last change, where the metadata tell."""
    entries = _entries(found)
    unit = _named(entries, UNIT)
    words = {f"unit_{language}": _text(unit, language) for language in LANGUAGES}
    return {"unit": words["unit_uz"] or words["unit_en"], **words, "changed": _any(_named(entries, CHANGED))}


def _entries(found: Any) -> list[Record]:
    listed = cast("list[Any]", found if isinstance(found, list) else [])
    return [cast("Record", one) for one in listed if isinstance(one, Mapping)]


def _named(entries: list[Record], name: str) -> Record:
    found = [one for one in entries if str(one.get("name_en") or "").strip() == name]
    return found[0] if found else {}


def _text(entry: Record, language: str, field: str = "value") -> str | None:
    found = entry.get(f"{field}_{LANGUAGES[language]}")
    return " ".join(str(found).split()) or None if found is not None else None


def _any(entry: Record) -> str | None:
    return next((text for one in LANGUAGES if (text := _text(entry, one))), None)
