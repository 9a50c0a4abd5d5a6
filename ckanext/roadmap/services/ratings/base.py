"""What every rating gives: its name, how its file is read, and how a gap is called in the reader's language.

A rating is a class in a file of its own, with the decorator `@rating`, imported in `__init__`. One that
publishes no file of its own is read from the form of `sources/gaps.py`.
"""

from __future__ import annotations

from typing import ClassVar

from ckanext.roadmap.domain.rating import Gap
from ckanext.roadmap.sources.gaps import read_form


class Rating:
    """One rating; `code` begins the indicators of its gaps, `name` is marked for translation."""

    code: ClassVar[str]
    name: ClassVar[str]

    def read(self, content: bytes, filename: str, *, year: int, partly: bool) -> list[Gap]:
        """The gaps that a file tells.

        :param year: the round, where the file does not tell it
        :param partly: take half marks for gaps too
        :raises RoadmapError: the file can't be read
        """
        return read_form(content, filename, partly=partly)

    def title(self, key: str) -> tuple[str, ...]:
        """The marked texts that make the title of a gap; nothing: it is called as the file calls it."""
        return ()


RATINGS: dict[str, Rating] = {}


def rating(made: type[Rating]) -> type[Rating]:
    """Register a rating."""
    RATINGS[made.code] = made()
    return made


def named(code: str, key: str) -> str:
    """The indicator that names a gap, the same in each round."""
    return f"{code}:{key}"


def of(indicator: str | None) -> tuple[Rating, str] | None:
    """The rating that an indicator names, and the gap's key in it; None: it names none."""
    code, _colon, key = (indicator or "").partition(":")
    return (RATINGS[code], key) if code in RATINGS and key else None
