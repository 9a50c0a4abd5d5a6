"""A ministry's system as these tests need it: how the operator reaches it, what it holds, how it can break."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Any

import yaml

from .sheets import Sheet, published, sheet

BODY = "ministry-education"
SECRET = "Maxfiy-parol-7f3e91"
WRONG = "Notogri-parol-55d0"


class Source(ABC):
    """One system; its connection, its mapping and its dataset have its name."""

    name: str
    """Of the connection, the mapping and the dataset."""
    title: tuple[str, str]
    """In Uzbek and Russian."""
    rows_of: str
    """Which ministry's table it holds."""
    dbms: str
    network = "internet"
    table: str
    """What the mapping calls it."""
    read: dict[str, Any] | None = None

    def __init__(self, number: int) -> None:
        self.item = f"E-{number:02}"
        self.sheet = sheet(self.rows_of)

    @abstractmethod
    def options(self) -> dict[str, str]:
        """What the operator writes into the configuration, by the names behind the connection's."""

    @abstractmethod
    def put(self, sheet: Sheet) -> None:
        """The source holds these rows from now on."""

    def faults(self) -> dict[str, tuple[Callable[[], None], str]]:
        """What can go wrong with it, and the code of what the portal says then."""
        return {
            "dropped column": (lambda: self.put(self.sheet.without("tuman")), "columns_missing"),
            "ten times the rows": (lambda: self.put(self.sheet.times(10)), "rows_more"),
            "no rows": (lambda: self.put(Sheet(self.sheet.header, ())), "row_floor"),
        }

    def mend(self) -> None:
        """As it was before the fault."""
        self.put(self.sheet)

    def mapping(self) -> str:
        """As the coordinator writes it."""
        uz, ru = self.title
        document = {
            "name": self.name,
            "connection": self.name,
            "table": self.table,
            "item": self.item,
            "body": BODY,
            "dataset": {"name": f"data-{self.name}", "title": {"uz": uz, "ru": ru, "en": ru}},
            "key": "id",
            **({"read": self.read} if self.read else {}),
            "columns": [
                {"name": published(name), "source": name, "type": "text"} for name in self.sheet.header
            ],
        }
        return yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
