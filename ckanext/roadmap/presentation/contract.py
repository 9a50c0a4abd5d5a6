"""What the rules of a quality contract ask, and what was found, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .marks import Message
from .marks import mark as _

RULES: dict[str, str] = {
    "unique": _("{columns}: no two rows alike. Too many: {double}."),
    "codes:regions": _("{columns}: codes of the fourteen regions. Rows with other values: {wrong}."),
    "codes:districts": _("{columns}: codes of districts of the regions. Rows with other values: {wrong}."),
    "codes:soato": _(
        "{columns}: codes of regions, districts or places in them. Rows with other values: {wrong}."
    ),
    "codes:values": _("{columns}: values of the agreed list. Rows with other values: {wrong}."),
    "range": _("{columns}: numbers from {least} to {most}. Rows with other values: {wrong}."),
    "range:least": _("{columns}: numbers from {least} upwards. Rows with other values: {wrong}."),
    "range:most": _("{columns}: numbers up to {most}. Rows with other values: {wrong}."),
    "complete": _("{columns}: at least {share} % filled in. Empty: {empty} of {rows}."),
    "fresh": _("{columns}: at most {days} days old. Newest: {newest}."),
    "small_cells": _("{columns}: no counts from 1 to {highest}, which may point to people. Rows: {small}."),
}
STATES: dict[str, str] = {"passed": _("Kept"), "hold": _("Not kept"), "warn": _("Warning")}
STATE_ICONS: dict[str, str] = {"passed": "check", "hold": "xmark", "warn": "exclamation"}


def words(result: Mapping[str, Any]) -> Message | None:
    """A rule and what was found; None for a rule that has gone."""
    text = RULES.get(_kind(result))
    if text is None:
        return None
    found: dict[str, Any] = {
        **result["settings"],
        **result["figures"],
        "columns": ", ".join(result["columns"]),
    }
    if "below" in found:
        found["highest"] = found["below"] - 1
    return Message(text, params={name: "–" if value is None else value for name, value in found.items()})


def state(result: Mapping[str, Any]) -> str:
    """How a rule stands: passed, or by its weight what it means that it is broken."""
    return "passed" if result["passed"] else str(result["weight"])


def _kind(result: Mapping[str, Any]) -> str:
    """The rule and the form of it that has words of its own."""
    rule, settings = str(result["rule"]), result["settings"]
    if rule == "codes":
        return f"codes:{settings.get('list', 'values')}"
    bounds = [name for name in ("least", "most") if settings.get(name) is not None]
    return f"range:{bounds[0]}" if rule == "range" and len(bounds) == 1 else rule
