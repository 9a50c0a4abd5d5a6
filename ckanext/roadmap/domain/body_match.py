"""Which body a list means: by name, code, STIR, or title in any script."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

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


class Directory:
    """Bodies by each thing they are called, made once for a whole list."""

    def __init__(self, bodies: Iterable[BodyNames]) -> None:
        self._names: dict[str, list[str]] = {}
        self._numbers: dict[str, list[str]] = {}
        self._titles: dict[str, list[str]] = {}
        for body in bodies:
            _enter(self._names, [body.name], body.name)
            _enter(self._numbers, [body.code, body.stir or ""], body.name)
            _enter(self._titles, map(fold, body.titles), body.name)

    def match(self, word: str) -> str:
        """The name of the one body that a word means.

        The name decides first, then code, STIR, and title; a title may be written in any script and case.

        :raises ResponsibleError: no body, or more than one, with those that might be meant
        """
        key = fold(word)
        for known, wanted in ((self._names, word), (self._numbers, word), (self._titles, key)):
            found = known.get(wanted, [])
            if len(found) == 1:
                return found[0]
            if found:
                raise _ambiguous(word, found)
        raise _unknown(word, self._near(key))

    def _near(self, key: str) -> list[str]:
        """The bodies called most like a word, the nearest first."""
        keys = [*self._names, *(title for title in self._titles if title not in self._names)]
        near = get_close_matches(key, keys, n=5, cutoff=_NEAR)
        found = (name for one in near for name in (self._titles.get(one) or self._names[one]))
        return list(dict.fromkeys(found))


def match(word: str, bodies: Iterable[BodyNames]) -> str:
    """The name of the one body among these that a word means; for many words, make a `Directory` once.

    :raises ResponsibleError: no body, or more than one, with those that might be meant
    """
    return Directory(bodies).match(word)


def _enter(known: dict[str, list[str]], keys: Iterable[str], name: str) -> None:
    for key in dict.fromkeys(keys):
        if key:
            known.setdefault(key, []).append(name)


def _ambiguous(word: str, found: list[str]) -> ResponsibleError:
    candidates = ", ".join(found)
    text = f'"{word}" may mean any of: {candidates}. Write the name, the code or the STIR of the body.'
    return ResponsibleError("body_ambiguous", text, value=word, candidates=found)


def _unknown(word: str, candidates: list[str]) -> ResponsibleError:
    hint = f" Did you mean: {', '.join(candidates)}?" if candidates else ""
    text = (
        f'"{word}" is not in the register of bodies.{hint} '
        "Correct the name, or import the body first (ckan roadmap body import)."
    )
    return ResponsibleError("body_unknown", text, value=word, candidates=candidates)
