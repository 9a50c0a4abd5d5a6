"""What changed from one list to another, field by field; applied to the first it gives the second."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Cells = Mapping[str, str]
Items = Mapping[str, Cells]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of an item; None: the item had, or has, no such field."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ListDiff:
    """Items by code: whole where added or removed, by field where changed; and the order they end in."""

    added: dict[str, Cells]
    removed: dict[str, Cells]
    changed: dict[str, tuple[FieldChange, ...]]
    order: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether no item was added, removed or changed."""
        return not (self.added or self.removed or self.changed)


def diff(before: Items, after: Items) -> ListDiff:
    """What leads from one list to another."""
    changes = {code: _fields(before[code], after[code]) for code in after if code in before}
    return ListDiff(
        added={code: cells for code, cells in after.items() if code not in before},
        removed={code: cells for code, cells in before.items() if code not in after},
        changed={code: fields for code, fields in changes.items() if fields},
        order=tuple(after),
    )


def apply(before: Items, change: ListDiff) -> dict[str, dict[str, str]]:
    """The list that a diff leads to; the items stand in its order."""
    after = {code: dict(cells) for code, cells in before.items() if code not in change.removed}
    for code, fields in change.changed.items():
        after[code] = _applied(after[code], fields)
    after |= {code: dict(cells) for code, cells in change.added.items()}
    return {code: after[code] for code in change.order}


def _fields(before: Cells, after: Cells) -> tuple[FieldChange, ...]:
    names = dict.fromkeys([*before, *after])
    found = (FieldChange(name, before.get(name), after.get(name)) for name in names)
    return tuple(change for change in found if change.before != change.after)


def _applied(cells: dict[str, str], fields: tuple[FieldChange, ...]) -> dict[str, str]:
    changes = {change.field: change.after for change in fields}
    kept = {name: text for name, text in cells.items() if name not in changes}
    return kept | {name: text for name, text in changes.items() if text is not None}
