"""The fourteen regions of Uzbekistan by SOATO code (state classifier of administrative territories)."""

from __future__ import annotations

REGIONS: frozenset[str] = frozenset(
    {
        "1703",  # Andijon
        "1706",  # Buxoro
        "1708",  # Jizzax
        "1710",  # Qashqadaryo
        "1712",  # Navoiy
        "1714",  # Namangan
        "1718",  # Samarqand
        "1722",  # Surxondaryo
        "1724",  # Sirdaryo
        "1726",  # Toshkent shahri
        "1727",  # Toshkent viloyati
        "1730",  # Farg'ona
        "1733",  # Xorazm
        "1735",  # Qoraqalpog'iston
    }
)


def region_of(code: str) -> str | None:
    """The region (four digits) that a SOATO code stands for or lies in; None for no such region.

    A district's code (seven digits) or a place's (ten) begins with its region's.
    """
    digits = code.strip()
    if not (digits.isascii() and digits.isdigit() and len(digits) in (4, 7, 8, 10, 11)):
        return None
    return digits[:4] if digits[:4] in REGIONS else None


def regions_in(codes: frozenset[str]) -> frozenset[str]:
    """The regions that a set of SOATO codes covers."""
    return frozenset(region for region in map(region_of, codes) if region)
