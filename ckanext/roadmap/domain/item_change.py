"""A change of one item in a draft, field by field, and what takes it back."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

Cells = Mapping[str, str]
Fields = dict[str, list[str | None]]


class ChangeKind(StrEnum):
    """What became of the item."""

    added = "added"
    changed = "changed"
    removed = "removed"


def fields_between(before: Cells | None, after: Cells | None) -> Fields:
    """Each field that differs, with the text before and after; None where there was, or is, no item."""
    names = dict.fromkeys([*(before or ()), *(after or ())])
    found = {name: [(before or {}).get(name), (after or {}).get(name)] for name in names}
    return {name: pair for name, pair in found.items() if pair[0] != pair[1]}


def kind_of(before: Cells | None, after: Cells | None) -> ChangeKind:
    """Whether an item was added, changed or removed."""
    if before is None:
        return ChangeKind.added
    return ChangeKind.removed if after is None else ChangeKind.changed


def overtaken(fields: Fields, now: Cells | None) -> tuple[str, ...]:
    """The fields that say something else now than the change left behind; a later change must go first."""
    return tuple(name for name, (_, after) in fields.items() if (now or {}).get(name) != after)


def taken_back(fields: Fields, now: Cells | None) -> dict[str, str] | None:
    """The item's cells with a change taken back; None: there was no such item before it."""
    cells = dict(now or {})
    for name, (before, _) in fields.items():
        if before is None:
            cells.pop(name, None)
        else:
            cells[name] = before
    return cells or None
