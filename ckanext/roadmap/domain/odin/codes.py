"""What ODIN (the Open Data Inventory, method of 2024/25) calls its categories, indicators and elements.

A category has a number, as in the approved list, and two letters; an indicator has four letters. The numbers
that ODIN prints before its indicators count the categories otherwise ("18.1" is of category 19): only letters
name indicators.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from ckanext.roadmap.domain.errors import OdinError

_ALL = "PV EF EO HF HO RH FS GS CJ IN NA LA PI GF MB IT BP DC AL RU EN PO BE"
CATEGORIES: dict[int, str] = dict(enumerate(_ALL.split(" "), start=1))
_INDICATORS_OF: dict[int, str] = {
    1: "POPU BIRT MORT",
    2: "SCIN TEST EDEX",
    3: "ENRO COMP EDAC",
    4: "HOBE HEST HEEX",
    5: "CHIM DIPR",
    6: "MAMO CHMO FERT MOCU ADBI",
    7: "FOIN OBES CHST CHWA",
    8: "VIAW WOIG CHMA",
    9: "HOMI CRIM PRPO",
    10: "POVE ININ",
    11: "GDPP GDPE GDPI",
    12: "EMPL EMDI UNEM",
    13: "COPI PRPI",
    14: "ACRE ACEX",
    15: "MOSU INRA",
    16: "MEEX MEIM",
    17: "CUAB FODI REMI",
    18: "INUS MONA",
    19: "LAUS PRLA COPR",
    20: "FIHA TIHA EXAC WACO",
    21: "ENCO ENSU",
    22: "GRGE AIPO WAPO",
    23: "ACIW ACIS OVCR ACEL HOQU",
}
INDICATORS: dict[str, int] = {
    code: category for category, codes in _INDICATORS_OF.items() for code in codes.split()
}
ELEMENTS = range(1, 11)
_LETTERS = {letters: number for number, letters in CATEGORIES.items()}
_FORM = "Write the four letters of an indicator (COPI), an element of it (COPI:4) or of a category (13:4)."
_CODE = re.compile(r"([A-Z]{4}|[A-Z]{2}|[0-9]{1,2})(?::([0-9]{1,2}))?")


def read_category(text: str) -> int:
    """The number of a category that is named by its number or its two letters.

    :raises OdinError: there is none
    """
    number = int(text) if re.fullmatch(r"[0-9]{1,4}", text) else _LETTERS.get(text.upper(), 0)
    if number not in CATEGORIES:
        told = f'"{text}" is no category of ODIN. Write a number from 1 to {len(CATEGORIES)}.'
        raise OdinError("odin_category_unknown", told, value=text, last=len(CATEGORIES))
    return number


def read_indicator(text: str) -> str:
    """The code of an indicator, or of an element of an indicator or category, as it is written everywhere.

    :raises OdinError: there is none; a whole category is refused with its indicators
    """
    found = _CODE.fullmatch(text.upper())
    subject = _subject(found[1]) if found else None
    if found is None or subject is None or (found[2] and int(found[2]) not in ELEMENTS):
        raise OdinError("odin_indicator_unknown", f'"{text}" is no indicator of ODIN. {_FORM}', name=text)
    if not found[2] and subject not in INDICATORS:
        accepted = _INDICATORS_OF[int(subject)].replace(" ", ", ")
        told = f'"{text}" names a whole category. Write one of its indicators: {accepted}.'
        raise OdinError("odin_indicator_whole", told, name=text, accepted=accepted)
    return f"{subject}:{int(found[2])}" if found[2] else subject


def _subject(text: str) -> str | None:
    """An indicator by its letters, or a category by its number."""
    if text in INDICATORS:
        return text
    number = int(text) if text.isdecimal() else _LETTERS.get(text)
    return str(number) if number in CATEGORIES else None


def category_of(code: str) -> int:
    """The category that an indicator's code belongs to."""
    subject = code.partition(":")[0]
    return INDICATORS.get(subject) or int(subject)


def with_categories(categories: Iterable[int], indicators: Iterable[str]) -> tuple[int, ...]:
    """Categories in the order given, then those that only the indicators tell."""
    return tuple(dict.fromkeys([*categories, *map(category_of, indicators)]))
