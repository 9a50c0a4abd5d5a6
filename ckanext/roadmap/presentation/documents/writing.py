"""How the texts of a document are written in its language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Writing:
    """Words, texts that people entered, and days, in the language of the document."""

    lang: str
    say: Callable[[str], str]
    text: Callable[[Mapping[str, object] | str], str]
    day: Callable[[str], str]
