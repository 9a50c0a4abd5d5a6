"""What a gate sees and says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from psycopg2 import sql

from ckanext.roadmap.loading.plan import LoadPlan


@dataclass(frozen=True, slots=True)
class Staged:
    """The rows that wait to be published, in a staging table."""

    plan: LoadPlan
    cursor: Any
    table: sql.Identifier
    rows: int
    rows_before: int


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a run is held until a person decides."""

    code: str
    message: str
    remedy: str
    params: dict[str, object]

    def to_dict(self) -> dict[str, object]:
        """The finding as the ledger keeps it."""
        return {
            "phase": "gate",
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
            "params": self.params,
        }


Gate = Callable[[Staged], Finding | None]
GATES: list[Gate] = []


def gate(function: Gate) -> Gate:
    """Registers a gate."""
    GATES.append(function)
    return function


def check(staged: Staged) -> Finding | None:
    """The first reason to hold the run; None: it may go on."""
    for one in GATES:
        if finding := one(staged):
            return finding
    return None
