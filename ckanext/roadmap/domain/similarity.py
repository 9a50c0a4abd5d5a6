"""How near two titles are, whatever script, case, order of words or ending they are written in."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from ckanext.roadmap.domain.script import APOSTROPHES, fold

NEAR = 0.55
_WORD = re.compile(rf"[\w{re.escape(APOSTROPHES)}]+")


def likeness(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same words): shared trigrams, of all and of the shorter text."""
    first, second = trigrams(one), trigrams(other)
    if not first or not second:
        return 0.0
    shared = len(first & second)
    dice = 2 * shared / (len(first) + len(second))
    return (dice + shared / min(len(first), len(second))) / 2


def nearest(text: str, titles: Iterable[tuple[str, str]], *, limit: int = 5) -> list[tuple[str, float]]:
    """The keys of the titles that are near a text, nearest first.

    :param titles: pairs of key and title
    """
    rated = ((key, likeness(text, title)) for key, title in titles)
    found = [(key, score) for key, score in rated if score >= NEAR]
    return sorted(found, key=lambda pair: -pair[1])[:limit]


@lru_cache(maxsize=8192)
def trigrams(text: str) -> frozenset[str]:
    """The runs of three letters of a text's words, folded; a word's beginning and end count."""
    words = {fold(word) for word in _WORD.findall(text)}
    return frozenset(
        padded[start : start + 3]
        for padded in (f"  {word} " for word in words if word)
        for start in range(len(padded) - 2)
    )
