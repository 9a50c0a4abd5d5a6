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
    :cvar making: how a view is made, or made anew
    :cvar never: a condition that no row meets
    """

    code: ClassVar[str]
    title: ClassVar[str]
    named: ClassVar[re.Pattern[str]]
    address: ClassVar[str]
    making: ClassVar[str] = "CREATE OR REPLACE VIEW"
    never: ClassVar[str] = "1 = 0"

    @abstractmethod
    def scripts(self, wish: Wish) -> tuple[Script, ...]:
        """The steps in their order; those of `refused` are run as the new account and must all fail."""

    @abstractmethod
    def quoted(self, name: str) -> str:
        """A name as the system's SQL writes it."""

    def place(self, view: View) -> str:
        """Where a view stands, quoted."""
        return f"{self.quoted(view.schema)}.{self.quoted(view.name)}"

    def views(self, wish: Wish) -> list[str]:
        """What makes the views."""
        return [
            f"{self.making} {self.place(view)} AS\n"
            f"  SELECT {', '.join(map(self.quoted, view.columns))}\n  FROM {working_table(number)}"
            for number, view in enumerate(wish.views, 1)
        ]

    def proofs(self, wish: Wish, creation: str) -> tuple[Script, Script]:
        """What the account may do, and what it may not: delete rows, and create a table."""
        places = [self.place(view) for view in wish.views]
        return (
            Script("allowed", lines(*(f"SELECT count(*) FROM {place}" for place in places))),
            Script(
                "refused", lines(*(f"DELETE FROM {place} WHERE {self.never}" for place in places), creation)
            ),
        )


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
