"""Which body a list means: by name, code, STIR, or title in any script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache

from ckanext.roadmap.domain.errors import ResponsibleError
from ckanext.roadmap.domain.script import fold

_NEAR = 0.6


@dataclass(frozen=True, slots=True)
class BodyNames:
    """All that a body is called."""

    name: str
    code: str
    stir: str | None = None
    titles: tuple[str, ...] = ()


def match(word: str, bodies: Iterable[BodyNames]) -> str:
    """The name of the one body that a word means.

    The name decides first, then code, STIR, and title; a title may be written in any script and case.

    :raises ResponsibleError: no body, or more than one, with those that might be meant
    """
    known = tuple(bodies)
    for found in (
        [body.name for body in known if body.name == word],
        [body.name for body in known if word in (body.code, body.stir)],
        [body.name for body in known if _is_called(body, fold(word))],
    ):
        if len(found) == 1:
            return found[0]
        if found:
            raise _ambiguous(word, found)
    raise _unknown(word, known)


def _is_called(body: BodyNames, key: str) -> bool:
    return bool(key) and any(_key(title) == key for title in body.titles)


@lru_cache(maxsize=8192)
def _key(title: str) -> str:
    """A title's key, kept: a long list asks for the same titles again and again."""
    return fold(title)


def _ambiguous(word: str, found: list[str]) -> ResponsibleError:
    candidates = ", ".join(found)
    text = f'"{word}" may mean any of: {candidates}. Write the name, the code or the STIR of the body.'
    return ResponsibleError("body_ambiguous", text, value=word, candidates=found)


def _unknown(word: str, known: tuple[BodyNames, ...]) -> ResponsibleError:
    keys = {key: body.name for body in known for key in (body.name, *map(_key, body.titles)) if key}
    near = get_close_matches(fold(word), keys, n=5, cutoff=_NEAR)
    candidates = list(dict.fromkeys(keys[key] for key in near))
    hint = f" Did you mean: {', '.join(candidates)}?" if candidates else ""
    text = (
        f'"{word}" is not in the register of bodies.{hint} '
        "Correct the name, or import the body first (ckan roadmap body import)."
    )
    return ResponsibleError("body_unknown", text, value=word, candidates=candidates)
