"""ODIN in words: its categories, by their English names, and the elements of coverage."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .marks import mark as _

CATEGORIES: dict[str, str] = {
    "Population and vital statistics": _("Population and vital statistics"),
    "Education facilities": _("Education facilities"),
    "Education outcomes": _("Education outcomes"),
    "Health facilities": _("Health facilities"),
    "Health outcomes": _("Health outcomes"),
    "Reproductive health": _("Reproductive health"),
    "Food security and nutrition": _("Food security and nutrition"),
    "Gender statistics": _("Gender statistics"),
    "Crime and justice": _("Crime and justice"),
    "Poverty and income": _("Poverty and income"),
    "National accounts": _("National accounts"),
    "Labor": _("Labor"),
    "Price indexes": _("Price indexes"),
    "Government finance": _("Government finance"),
    "Money and banking": _("Money and banking"),
    "International trade": _("International trade"),
    "Balance of payments": _("Balance of payments"),
    "Digital Connectivity": _("Digital Connectivity"),
    "Agriculture and land use": _("Agriculture and land use"),
    "Resource use": _("Resource use"),
    "Energy": _("Energy"),
    "Pollution": _("Pollution"),
    "Built environment": _("Built environment"),
}
_KEY = re.compile(r"(\d{1,3}):([1-5])")
ELEMENTS: dict[int, str] = {
    1: _("indicators with all breakdowns"),
    2: _("data of the last 5 years"),
    3: _("data of the last 10 years"),
    4: _("data by region"),
    5: _("data by district"),
    6: _("machine-readable files"),
    7: _("files of open formats"),
    8: _("ways of downloading"),
    9: _("metadata"),
    10: _("terms of use"),
}
INDICATORS: dict[str, str] = {
    "POPU": _("Population"),
    "BIRT": _("Births"),
    "MORT": _("Deaths"),
    "SCIN": _("School infrastructure"),
    "TEST": _("Teaching staff"),
    "EDEX": _("Education expenditures"),
    "ENRO": _("Enrollment in education"),
    "COMP": _("Completion of schooling"),
    "EDAC": _("Educational achievement"),
    "HOBE": _("Hospital beds"),
    "HEST": _("Healthcare staff"),
    "HEEX": _("Health expenditures"),
    "CHIM": _("Child immunization"),
    "DIPR": _("Disease prevalence"),
    "MAMO": _("Maternal mortality"),
    "CHMO": _("Child mortality"),
    "FERT": _("Fertility rate"),
    "MOCU": _("Modern contraceptive use"),
    "ADBI": _("Adolescent births"),
    "FOIN": _("Food insecurity"),
    "OBES": _("Obesity"),
    "CHST": _("Child stunting"),
    "CHWA": _("Child wasting"),
    "VIAW": _("Violence against women"),
    "WOIG": _("Women in leadership"),
    "CHMA": _("Child marriage"),
    "HOMI": _("Homicides"),
    "CRIM": _("Crimes"),
    "PRPO": _("Prison population"),
    "POVE": _("Poverty"),
    "ININ": _("Income inequality"),
    "GDPP": _("Gross domestic product (production approach)"),
    "GDPE": _("Gross domestic product (expenditure approach)"),
    "GDPI": _("Gross domestic product (income approach)"),
    "EMPL": _("Employment"),
    "EMDI": _("Employment distribution"),
    "UNEM": _("Unemployment"),
    "COPI": _("Consumer price index"),
    "PRPI": _("Producers price index"),
    "ACRE": _("Government revenues"),
    "ACEX": _("Government expenditures"),
    "MOSU": _("Money supply"),
    "INRA": _("Interest rates"),
    "MEEX": _("Exports of goods"),
    "MEIM": _("Imports of goods"),
    "CUAB": _("Current account balance"),
    "FODI": _("Foreign direct investment"),
    "REMI": _("Remittances"),
    "INUS": _("Internet use"),
    "MONA": _("Mobile network access"),
    "LAUS": _("Land use"),
    "PRLA": _("Protected lands"),
    "COPR": _("Commodity production"),
    "FIHA": _("Fishery harvests"),
    "TIHA": _("Timber harvests"),
    "EXAC": _("Extractive activities"),
    "WACO": _("Water consumption"),
    "ENCO": _("Energy consumption"),
    "ENSU": _("Energy supply"),
    "GRGE": _("Greenhouse gas emissions"),
    "AIPO": _("Air pollution"),
    "WAPO": _("Water pollution"),
    "ACIW": _("Access to improved water"),
    "ACIS": _("Access to improved sanitation"),
    "OVCR": _("Overcrowding"),
    "ACEL": _("Access to electricity"),
    "HOQU": _("Housing durability"),
}


def key(title: str, place: int, element: int) -> str:
    """What names a gap, the same every year; categories count as in the approved list, new ones after."""
    known = list(CATEGORIES)
    number = known.index(title) + 1 if title in CATEGORIES else len(known) + place
    return f"{number}:{element}"


def gap(key: str) -> tuple[str, str] | None:
    """The texts of category and element that a key names; None where it names no known gap."""
    found = _KEY.fullmatch(key)
    if found is None or not 1 <= int(found[1]) <= len(CATEGORIES):
        return None
    return list(CATEGORIES.values())[int(found[1]) - 1], ELEMENTS[int(found[2])]


def items_of(indicators: Iterable[str | None]) -> list[str]:
    """The elements that gaps name (ODIN:14:4), as items of the list write them (14:4)."""
    keys = [one.removeprefix("ODIN:") for one in indicators if one and one.startswith("ODIN:")]
    return list(dict.fromkeys(key for key in keys if gap(key)))


def words_of(code: str) -> tuple[str, ...]:
    """The texts of a category (13), an indicator (COPI), or an element of either (COPI:4, 13:4)."""
    subject, _colon, element = code.partition(":")
    if subject in INDICATORS:
        what = INDICATORS[subject]
    elif subject.isdecimal() and 1 <= int(subject) <= len(CATEGORIES):
        what = list(CATEGORIES.values())[int(subject) - 1]
    else:
        return ()
    return (what, ELEMENTS[int(element)]) if element else (what,)
