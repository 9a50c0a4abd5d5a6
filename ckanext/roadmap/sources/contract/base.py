"""What a rule of a quality contract is: read from a mapping, measured over staged rows, judged by a day."""

from __future__ import annotations

import hashlib
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from psycopg2 import sql

from .entry import Entry

Settings = Mapping[str, Any]
Figures = Mapping[str, Any]
BLANKS = " \t\r\n\u00a0"
RULES: dict[str, type[Rule]] = {}


@dataclass(frozen=True)
class Rule(ABC):
    """One rule of a contract; its figures are counts and days, never a value of a row.

    :cvar name: what mappings call it
    :cvar fields: what it takes beside rule and weight
    :cvar weight: what a broken one does, unless the mapping says otherwise
    """

    settings: Settings
    name: ClassVar[str]
    fields: ClassVar[tuple[str, ...]] = ("column",)
    weight: ClassVar[str] = "hold"

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it speaks of."""
        return (self.settings["column"],)

    @classmethod
    @abstractmethod
    def read(cls, entry: Entry) -> dict[str, Any]:
        """The settings as a mapping keeps them, checked."""

    @abstractmethod
    def measures(self, types: Mapping[str, str]) -> dict[str, sql.Composable]:
        """The aggregates that give its figures, by the figures' names; all rules share one pass."""

    @abstractmethod
    def holds(self, figures: Figures, today: date) -> bool:
        """Whether the figures keep the rule on a day."""

    def result(self, figures: Figures, today: date) -> dict[str, Any]:
        """What the run keeps of it; long lists stay in the mapping."""
        known = {name: value for name, value in self.settings.items() if not isinstance(value, list)}
        own = {name: value for name, value in known.items() if name not in ("rule", "weight", "column")}
        return {
            "rule": self.name,
            "columns": list(self.columns),
            "weight": self.settings["weight"],
            "settings": own,
            "figures": dict(figures),
            "passed": self.holds(figures, today),
        }


def rule(found: type[Rule]) -> type[Rule]:
    """Registers a rule."""
    RULES[found.name] = found
    return found


def rules_of(contract: Iterable[Settings]) -> list[Rule]:
    """The rules of a mapping's contract."""
    return [RULES[one["rule"]](one) for one in contract]


def contract_digest(contract: Iterable[Settings]) -> str:
    """Names just these rules with just these settings; empty for none."""
    found = [dict(one) for one in contract]
    text = json.dumps(found, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest() if found else ""


def judged(results: Iterable[Mapping[str, Any]], today: date) -> list[dict[str, Any]]:
    """Kept results by another day than that of the load: data grow old though nothing changes."""
    found: list[dict[str, Any]] = []
    for one in results:
        kind = RULES.get(one["rule"])
        columns: list[str] = list(one["columns"])
        settings = {**one["settings"], "weight": one["weight"], "columns": columns, "column": columns[0]}
        found.append(kind(settings).result(one["figures"], today) if kind else dict(one))
    return found


def blank(column: str) -> sql.Composed:
    """Whether a cell is empty or holds blanks alone."""
    return sql.SQL("({0} IS NULL OR btrim({0}::text, {1}) = '')").format(
        sql.Identifier(column), sql.Literal(BLANKS)
    )


def counted(condition: sql.Composable) -> sql.Composed:
    """The rows for which something is so."""
    return sql.SQL("count(*) FILTER (WHERE {})").format(condition)


def is_json(kind: str) -> bool:
    """Whether values of a type can't be compared as they are."""
    return kind == "json"
