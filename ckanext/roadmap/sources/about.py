"""What a source tells of a table beside its rows, for the passport of its dataset."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 5000
OFTEN = {
    "annual": ("annual", "yearly", "yillik", "йиллик", "годов", "ежегодн"),
    "half_yearly": ("half", "semi", "yarim yil", "полугод"),
    "quarterly": ("quarter", "chorak", "чорак", "кварт"),
    "monthly": ("month", "oylik", "ойлик", "месяч"),
    "weekly": ("week", "hafta", "недел"),
    "daily": ("daily", "kunlik", "кунлик", "ежедневн"),
}
"""Words of a frequency, by the passport's own; the first that fits counts, halves before wholes."""
ORDER = ("half_yearly", "quarterly", "monthly", "weekly", "daily", "annual")


@dataclass(frozen=True, slots=True)
class About:
    """A description, and how often the table changes.

    :ivar frequency: one of the passport's; none: it is not told, or in words that are not known
    """

    notes: str = ""
    frequency: str | None = None

    @classmethod
    def of(cls, entries: Iterable[tuple[str | None, str | None]], often: str | None) -> About:
        """Names and values, each on a line of its own."""
        lines = [f"{name}: {value}" for name, value in entries if name and value]
        return cls("\n\n".join(lines)[:LONGEST], frequency_of(often or ""))


def frequency_of(words: str) -> str | None:
    """How often, in the passport's words."""
    told = words.lower()
    return next((name for name in ORDER if any(word in told for word in OFTEN[name])), None)
