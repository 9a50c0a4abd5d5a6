"""The quality contract: the rules of the mapping, measured over the staged rows in one pass."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from psycopg2 import sql

from ckanext.roadmap.loading.datastore import one
from ckanext.roadmap.sources.contract import Rule, contract_digest, rules_of

from .base import Finding, Staged, Weight, gate


@gate
def contract_broken(staged: Staged) -> Finding | None:
    """Measures the contract, and holds a run that breaks a rule which is to hold it."""
    staged.report.contract = _measured(staged)
    broken = _broken(staged, Weight.HOLD)
    if not broken:
        return None
    return Finding(
        "contract_broken",
        f"The rows break rules of their quality contract: {_named(broken)}.",
        "Mend the data at the source. If they are right, approve the load, or correct the contract.",
        {"rules": _named(broken), "broken": broken},
    )


@gate
def contract_warned(staged: Staged) -> Finding | None:
    """Tells of broken rules that hold nothing; stands below the gate that measures them."""
    broken = _broken(staged, Weight.WARN)
    if not broken:
        return None
    return Finding(
        "contract_warned",
        f"The rows break rules of their quality contract that hold nothing: {_named(broken)}.",
        "Look whether the data may stay as they are.",
        {"rules": _named(broken), "broken": broken},
        Weight.WARN,
    )


def digest_of(contract: Mapping[str, Any] | None) -> str:
    """Which rules a kept result speaks of; empty: none."""
    return str((contract or {}).get("digest") or "")


def _measured(staged: Staged) -> dict[str, Any] | None:
    rules = rules_of(staged.plan.contract)
    if not rules:
        return None
    read_at = datetime.fromisoformat(staged.report.live_read_at)
    today = read_at.astimezone(staged.plan.zone).date()
    figures = _figures(staged, rules)
    return {
        "digest": contract_digest(staged.plan.contract),
        "day": today.isoformat(),
        "results": [rule.result(found, today) for rule, found in zip(rules, figures, strict=True)],
    }


def _figures(staged: Staged, rules: list[Rule]) -> list[dict[str, Any]]:
    """The figures of each rule."""
    types = dict(zip(staged.plan.names, staged.report.types, strict=True))
    asked = [rule.measures(types) for rule in rules]
    measures = [measure for found in asked for measure in found.values()]
    staged.cursor.execute(sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(measures), staged.table))
    values = iter(one(staged.cursor))
    return [{name: next(values) for name in found} for found in asked]


def _broken(staged: Staged, weight: Weight) -> list[dict[str, Any]]:
    contract = staged.report.contract
    results: list[dict[str, Any]] = contract["results"] if contract else []
    return [found for found in results if found["weight"] == weight and not found["passed"]]


def _named(broken: list[dict[str, Any]]) -> str:
    return ", ".join(f"{found['rule']} ({', '.join(found['columns'])})" for found in broken)
