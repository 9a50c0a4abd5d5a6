"""Series and number of a passport or an identity card."""

from __future__ import annotations

import re

from .base import Detector, detector

FORM = re.compile(r"(?<![A-Za-zА-Яа-яЁё0-9])[A-ZАВСЕНКМОРТХ]{2}[ -]?(?:№ ?|N ?)?\d{7}(?!\d)")


@detector
class Passport(Detector):
    """Two capitals and seven digits (AA1234567), in Cyrillic letters of the same shape too.

    There is no check digit, and no whole list of series is public, so any two letters count.
    """

    kind = "passport"

    def is_in(self, text: str, column: str = "") -> bool:
        """Such a number standing by itself."""
        return FORM.search(text) is not None
