"""Personal identification number of a natural person (PINFL, JSHSHIR)."""

from __future__ import annotations

import re
from datetime import date

from .base import Detector, detector

FORM = re.compile(r"(?<!\d)[1-6](?:[ -]?\d){13}(?![ -]?\d)")
WEIGHTS = (7, 3, 1)
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}


@detector
class Pinfl(Detector):
    """14 digits: sex and century, day, month and year of birth, district, number, check digit.

    The check digit is the sum of the others times 7, 3, 1, 7, … modulo 10 (Cabinet of Ministers, No. 177 of
    12 April 2022, lex.uz/docs/-5955665).
    """

    kind = "pinfl"

    def is_in(self, text: str, column: str = "") -> bool:
        """A number with a possible day of birth and the right check digit, in one piece or in groups."""
        numbers = (re.sub(r"\D", "", found) for found in FORM.findall(text))
        return any(_is_born(number) and _is_checked(number) for number in numbers)


def check_digit(digits: str) -> str:
    """The digit that follows the first thirteen."""
    return str(sum(int(digit) * WEIGHTS[place % 3] for place, digit in enumerate(digits)) % 10)


def _is_checked(number: str) -> bool:
    return check_digit(number[:13]) == number[13]


def _is_born(number: str) -> bool:
    day, month, year = int(number[1:3]), int(number[3:5]), int(number[5:7])
    try:
        date(CENTURIES[number[0]] + year, month, day)
    except ValueError:
        return False
    return True
