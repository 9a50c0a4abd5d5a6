"""Identifiers of datasets, `d-ddd-dddd`: a body's code and a running number, issued once and never again."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from ckanext.roadmap.domain.errors import RoadmapError

FORM = re.compile(r"(\d-\d{3})-(\d{4})")
LAST = 9999


class Numbering:
    """Gives out numbers under the codes of bodies, each once.

    A number that the list itself gives to an item (`1-002-0017` as the item's code) is kept for the body of
    that code; running numbers pass it over.
    """

    def __init__(
        self, last: Mapping[str, int], item_codes: Iterable[str], issued: Iterable[str] = ()
    ) -> None:
        self._last: dict[str, int] = dict(last)
        self._issued = set(issued)
        self._kept: dict[str, set[int]] = defaultdict(set)
        for code, number in filter(None, map(parts, item_codes)):
            self._kept[code].add(number)

    def take(self, body_code: str, item_code: str) -> tuple[str, int]:
        """The identifier of what a body owes, and its number.

        :raises RoadmapError: the body has no number left
        """
        number = self._own(body_code, item_code) or self._next(body_code)
        found = write(body_code, number)
        self._issued.add(found)
        return found, number

    def _own(self, body_code: str, item_code: str) -> int | None:
        named = parts(item_code)
        if named is None or named[0] != body_code or item_code in self._issued:
            return None
        return named[1]

    def _next(self, body_code: str) -> int:
        number = self._last.get(body_code, 0) + 1
        while number in self._kept[body_code]:
            number += 1
        if number > LAST:
            text = (
                f"Body {body_code} has used up its {LAST} identifiers. Give it another code by a succession."
            )
            raise RoadmapError("identifiers_used_up", text, body_code=body_code, most=LAST)
        self._last[body_code] = number
        return number


def write(body_code: str, number: int) -> str:
    """An identifier."""
    return f"{body_code}-{number:04}"


def parts(identifier: str) -> tuple[str, int] | None:
    """Code and number of an identifier; None for anything else."""
    found = FORM.fullmatch(identifier) if identifier.isascii() else None
    return (found[1], int(found[2])) if found else None
