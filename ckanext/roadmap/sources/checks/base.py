"""What can be asked of a source before it is read: one class a kind of database, found by its decorator."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import ClassVar, TypeVar

from sqlalchemy.engine import Connection

from ckanext.roadmap.sources.look import Answer

__all__ = ["CHECKS", "Answer", "Check", "check"]


class Check(ABC):
    """How one kind of database is asked.

    :cvar backend: its name in SQLAlchemy
    """

    backend: ClassVar[str]

    @abstractmethod
    def ask(self, connection: Connection) -> Answer:
        """Asks; nothing is changed, and no row is read."""


Made = TypeVar("Made", bound=Check)
CHECKS: dict[str, Check] = {}


def check(kind: type[Made]) -> type[Made]:
    """Registers a kind of database."""
    CHECKS[kind.backend] = kind()
    return kind
