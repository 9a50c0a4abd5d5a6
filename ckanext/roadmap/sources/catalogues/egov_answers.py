"""Answers of the present portal of Uzbekistan, tolerantly read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from ckanext.roadmap.domain.text import Text

from .asking import entry, unknown_form

TEXTS = {"uz": "uzbText", "uz_Cyrl": "uzbKrText", "ru": "rusText", "en": "engText"}


def listed(document: object) -> tuple[list[Mapping[str, Any]], int | None]:
    """The objects of an answer, and how many there are in all: `result` is a list, or holds one in `data`.

    :raises SourceError: it is neither
    """
    result: object = entry(document, "result")
    rows: object = result if isinstance(result, list) else entry(result, "data")  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(rows, list):
        raise unknown_form("result.data")
    found = [cast("Mapping[str, Any]", row) for row in cast("list[Any]", rows) if isinstance(row, Mapping)]
    return found, None if isinstance(result, list) else count_of(entry(result, "count"))


def text_of(value: object) -> Text:
    """A text in the portal's four languages, or in one."""
    if isinstance(value, str):
        return Text(uz=value.strip())
    if not isinstance(value, Mapping):
        return Text()
    given = cast("Mapping[str, Any]", value)
    return Text.from_dict({lang: given.get(name) for lang, name in TEXTS.items()})


def count_of(value: object) -> int | None:
    """A number of things."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value if value >= 0 else None
    return int(value) if isinstance(value, str) and value.isascii() and value.isdigit() else None
