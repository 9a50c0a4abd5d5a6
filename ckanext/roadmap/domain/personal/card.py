"""Numbers of bank cards."""

from __future__ import annotations

import re

from .base import Detector, detector

FORM = re.compile(r"(?<![\d-])\d{4}(?:[ -]?\d{4}){3}(?![\d-])")
ISSUED = re.compile(r"8600|5614|9860|4|5[1-5]|2[2-7]|62|220[0-4]")
"""Uzcard, its cards shared with Mastercard, Humo, Visa, Mastercard, UnionPay, Mir."""


@detector
class Card(Detector):
    """16 digits that begin as an issuer's and whose last one is right by Luhn (ISO/IEC 7812-1)."""

    kind = "card"

    def is_in(self, text: str, column: str = "") -> bool:
        """Such a number, whole or in groups of four."""
        numbers = (re.sub(r"\D", "", found) for found in FORM.findall(text))
        return any(ISSUED.match(number) and is_luhn(number) for number in numbers)


def is_luhn(number: str) -> bool:
    """Whether the last digit fits the others."""
    total = 0
    for place, digit in enumerate(reversed(number)):
        value = int(digit) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
