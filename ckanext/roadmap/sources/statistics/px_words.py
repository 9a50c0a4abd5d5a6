"""Words of a cube's values in further languages: PxWeb has each language at an address of its own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, cast

from ckanext.roadmap.sources.errors import SourceError

from .base import Ask

LANGUAGE = re.compile(r"/[A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?/$")
Words = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class OtherWords:
    """By language, variable and value."""

    told: Mapping[str, Words] = field(default_factory=dict[str, Words])

    def of(self, record: Mapping[str, Any]) -> dict[str, str | None]:
        """The words of a record's values, as `VARIABLE.ru`."""
        return {
            f"{name}.{language}": values.get(str(record.get(name)))
            for language, words in self.told.items()
            for name, values in words.items()
        }


def words_of(ask: Ask, document: Any, pause: float) -> OtherWords:
    """What the languages of `read.languages` call the values.

    :param document: the cube's variables in the connection's own language
    :raises SourceError: there is no such language, or the cube is another one in it
    """
    told: dict[str, Words] = {}
    for language in map(str, cast("list[object]", ask.read.get("languages") or [])):
        base = LANGUAGE.sub(f"/{language}/", ask.base)
        if base == ask.base:
            raise _other(language)
        ask.sleep(pause)
        told[language] = dict(_matched(document, ask.json(replace(ask, base=base).url), language))
    return OtherWords(told)


def _matched(own: Any, other: Any, language: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Variables and values stand in one order in all languages; codes that are words differ."""
    try:
        pairs = list(zip(own["variables"], other["variables"], strict=True))
        for here, there in pairs:
            yield (
                str(here["code"]),
                dict(zip(map(str, here["values"]), map(str, there["valueTexts"]), strict=True)),
            )
    except (KeyError, TypeError, ValueError):
        raise _other(language) from None


def _other(language: str) -> SourceError:
    return SourceError(
        "cube_language", f"The cube is not to be had in the language {language} as in the connection's own.",
        "The connection's address must end in a language (/api/v1/uz/), and the cube must have the same "
        "variables and values in both; else leave it out of read.languages.", language=language,
    )  # fmt: skip
