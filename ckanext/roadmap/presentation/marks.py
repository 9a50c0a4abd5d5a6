"""Marks for the message extractor: texts are marked where defined and translated where shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


def mark(text: str) -> str:
    """Import it as `_`: marks a text for the catalogue and gives it back as it is."""
    return text


def mark_plural(singular: str, plural: str) -> tuple[str, str]:
    """Import it as `ngettext`: marks a text that counts something."""
    return singular, plural


@dataclass(frozen=True, slots=True)
class Message:
    """A text still to be translated, with what is to be filled in; dates are written by the border, too."""

    singular: str
    plural: str = ""
    count: int = 1
    params: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Places:
    """Codes of regions, to be filled into a text as names with their codes."""

    codes: tuple[str, ...]


def counted(texts: tuple[str, str], count: int) -> Message:
    """A message whose form hangs on `count`, which it may also name as `{count}`."""
    singular, plural = texts
    return Message(singular, plural, count, {"count": count})


def plain(text: str, **params: object) -> Message:
    """A message without a number that changes its form."""
    return Message(text, params=params)
