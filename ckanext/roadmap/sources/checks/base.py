"""What can be asked of a source before it is read: one class a kind of database, found by its decorator."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, TypeVar

from sqlalchemy.engine import Connection


@dataclass(frozen=True, slots=True)
class Answer:
    """What a source told of itself; nothing of it is a secret.

    :ivar now: its clock, in UTC; None: it has none of its own
    :ivar powers: what the account may do beside reading
    """

    version: str
    now: datetime | None
    powers: tuple[str, ...]


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
