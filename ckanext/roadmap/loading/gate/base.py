"""What a gate sees and says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from psycopg2 import sql

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.loading.report import LoadReport


class Weight(StrEnum):
    """What a finding does: holds the run until people decide, or only tells them."""

    HOLD = "hold"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Staged:
    """The rows that wait to be published, in a staging table.

    :ivar report: what the run measured so far; gates add what they measure themselves
    :ivar last: the report of the run that put the live rows there; empty: there is none
    """

    plan: LoadPlan
    cursor: Any
    table: sql.Identifier
    report: LoadReport
    last: dict[str, Any]

    @property
    def rows(self) -> int:
        """Rows staged."""
        return self.report.rows_in

    @property
    def rows_before(self) -> int:
        """Rows that are live."""
        return self.report.rows_before


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a run is held until a person decides; figures and names only, never a value of a row."""

    code: str
    message: str
    remedy: str
    params: dict[str, object]
    weight: Weight = Weight.HOLD

    @property
    def digest(self) -> str:
        """Names just this finding with just these figures: what a person agreed to is this and no more."""
        text = json.dumps([self.code, self.params], sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def to_dict(self) -> dict[str, object]:
        """The finding as the ledger keeps it."""
        return {
            "phase": "gate",
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
            "params": self.params,
            "weight": str(self.weight),
            "digest": self.digest,
        }


Gate = Callable[[Staged], Finding | None]
GATES: list[Gate] = []


def gate(function: Gate) -> Gate:
    """Registers a gate."""
    GATES.append(function)
    return function


def check(staged: Staged) -> list[Finding]:
    """All that the gates found: a person sees every reason before he decides on any."""
    return [finding for one in GATES if (finding := one(staged))]


def holding(staged: Staged, findings: list[Finding]) -> list[Finding]:
    """The findings that hold the run: those that nobody agreed to."""
    return [one for one in findings if one.weight is Weight.HOLD and one.digest not in staged.plan.approved]
