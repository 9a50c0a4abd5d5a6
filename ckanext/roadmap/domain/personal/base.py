"""What tells personal data in a value: one class a kind, registered beside its definition."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, TypeVar

BLANKS = "\u00a0\u2007\u2009\u202f\t"
DASHES = "\u2010\u2011\u2012\u2013\u2212"
NOTHING = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
"""How programs write a blank and a dash in numbers, and what they leave there though nobody sees it."""
_PLAIN = str.maketrans(BLANKS + DASHES, " " * len(BLANKS) + "-" * len(DASHES), NOTHING)
GAPS = f" ().{BLANKS}{DASHES}{NOTHING}-"
"""What may stand between two digits of one number."""
PREFILTER = f"@|[0-9][0-9{GAPS}]{{4,}}[0-9]"
"""What each value that a detector finds holds; this and the next two PostgreSQL and Python read alike."""
CLOSER = "@|[0-9]{12}|[A-ZАВСЕНКМОРТХ]{2}[№N]*[0-9]{7}"
"""What of them is left once all gaps are taken out, …"""
GROUPED = f"[0-9]{{2}}[) {BLANKS}{DASHES}-]{{1,2}}[0-9]{{3}}([ {BLANKS}{DASHES}-][0-9]{{2}}){{2}}"
"""… or their groups, where these alone tell a number from others."""


class Detector(ABC):
    """One kind of personal data in values.

    :cvar kind: its stable name
    """

    kind: ClassVar[str]

    def fits(self, column: str) -> bool:
        """Whether a column of this name is to be looked at."""
        return bool(column)

    @abstractmethod
    def is_in(self, text: str, column: str = "") -> bool:
        """Whether the text, a plain one, of a column holds such data; the text is told to nobody."""


Made = TypeVar("Made", bound=Detector)
DETECTORS: dict[str, Detector] = {}


def detector(kind: type[Made]) -> type[Made]:
    """Registers a kind of personal data."""
    DETECTORS[kind.kind] = kind()
    return kind


def plain(text: str) -> str:
    """A text as the detectors take it: each blank and dash of one kind, and nothing that is not seen."""
    return text.translate(_PLAIN)
