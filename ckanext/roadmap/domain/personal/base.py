"""What tells personal data in a value: one class a kind, registered beside its definition."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, TypeVar

PREFILTER = r"@|[0-9][0-9 ()-]{4,}[0-9]"
"""What each value that a detector finds holds; written so that PostgreSQL and Python read it alike."""


class Detector(ABC):
    """One kind of personal data in values.

    :cvar kind: its stable name
    """

    kind: ClassVar[str]

    def fits(self, column: str) -> bool:
        """Whether a column of this name is to be looked at."""
        return bool(column)

    @abstractmethod
    def is_in(self, text: str) -> bool:
        """Whether the text holds such data; the text is told to nobody."""


Made = TypeVar("Made", bound=Detector)
DETECTORS: dict[str, Detector] = {}


def detector(kind: type[Made]) -> type[Made]:
    """Registers a kind of personal data."""
    DETECTORS[kind.kind] = kind()
    return kind
