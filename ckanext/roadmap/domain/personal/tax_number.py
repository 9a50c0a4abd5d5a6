"""Tax number (STIR, INN) of a natural person."""

from __future__ import annotations

import re

from .base import Detector, detector
from .names import words_of

FORM = re.compile(r"(?<!\d)[4-7](?:[ -]?\d){8}(?![ -]?\d)")
NAMES = frozenset({"stir", "inn", "tin", "инн", "стир"})


@detector
class TaxNumber(Detector):
    """Nine digits: legal persons have 2 or 3 in front, natural persons 4 to 7.

    The algorithm of the last digit is not public (lex.uz/acts/499945), so only columns named as tax numbers
    are looked at: any other number of nine digits would be taken for one.
    """

    kind = "tax_number"

    def fits(self, column: str) -> bool:
        """Columns named as tax numbers."""
        return bool(NAMES & set(words_of(column)))

    def is_in(self, text: str, column: str = "") -> bool:
        """A number in the range of natural persons."""
        return FORM.search(text) is not None
