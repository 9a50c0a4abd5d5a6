"""What a ministry's administrator runs so that the portal may read some columns and nothing else.

A database system is a class in a file of its own, with the decorator `@grants`, imported in `__init__`. What
only the ministry knows stands in the scripts as `<…>`; names of views and columns come from the mappings.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar, TypeVar

ACCOUNT = "portal_reader"
DATABASE, PASSWORD, READER = "<DATABASE>", "<PASSWORD>", "<READER-ADDRESS>"


@dataclass(frozen=True, slots=True)
class View:
    """A view to be read: the only columns that leave the system."""

    schema: str
    name: str
    columns: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be readable.

    :ivar tls: whether the reader comes over a network, and so must encrypt
    """

    views: tuple[View, ...]
    tls: bool = True


@dataclass(frozen=True, slots=True)
class Script:
    """One step: a code that has its words in `presentation/guides/`, and the statements."""

    step: str
    text: str


class Grants(ABC):
    """A database system.

    :cvar code: its name
    :cvar title: how people call it
    :cvar named: finds it in what the register says
    :cvar address: the form of a connection's address, without any of its parts
    """

    code: ClassVar[str]
    title: ClassVar[str]
    named: ClassVar[re.Pattern[str]]
    address: ClassVar[str]

    @abstractmethod
    def scripts(self, wish: Wish) -> tuple[Script, ...]:
        """The steps in their order; those of `refused` are run as the new account and must all fail."""


Kind = TypeVar("Kind", bound=type[Grants])
_KINDS: list[type[Grants]] = []


def grants(kind: Kind) -> Kind:
    """Registers a database system."""
    _KINDS.append(kind)
    return kind


def grants_for(dbms: str) -> Grants | None:
    """The database system that the register speaks of; None: one that has no scripts."""
    return next((kind() for kind in _KINDS if kind.named.search(dbms)), None)


def working_table(number: int) -> str:
    """Stands for the ministry's own table behind a view."""
    return f"<TABLE-{number}>"


def lines(*statements: str) -> str:
    """Statements, each ended."""
    return "\n".join(f"{statement};" for statement in statements)
