"""Reads a list to the end and tells every cell that can't be taken, not the first alone."""

from __future__ import annotations

from dataclasses import replace

from ckanext.roadmap.domain.errors import ListError

from .approved_list import ItemDraft, codes_twice, item_of, item_rows, no_item
from .sheet import SheetRow

_TERM = {"frequency": "daily", "due_rule": "1 day after period end"}
_SOUND = {
    "code": "X-00",
    "title_uz": "-",
    "sphere": "-",
    "place": "portal",
    "responsible": "all",
    "territorial": "no",
    "unchanged_allowed": "no",
    "columns": "",
    "odin": "",
    "odin_indicators": "",
    "personal_data": "",
    "ai": "no",
}


def review_list(content: bytes, filename: str) -> tuple[list[ItemDraft], list[ListError]]:
    """The items, and the faults in the order of their rows.

    A row with faulty cells has its item too, with sound cells in their place; so its others are read too.
    A file that can't be read as a table has one fault, in the row where reading ended.
    """
    drafts: list[ItemDraft] = []
    faults: list[ListError] = []
    codes: list[tuple[int, str]] = []
    try:
        for row in item_rows(content, filename):
            draft, found = review_row(row)
            drafts.append(draft)
            faults += found
            codes += (
                [] if any(fault.column == "code" for fault in found) else [(row.number, row.cells["code"])]
            )
    except ListError as fault:
        faults.append(fault)
    if not (drafts or faults):
        faults.append(no_item())
    return drafts, sorted([*faults, *codes_twice(codes)], key=lambda fault: fault.row)


def review_row(row: SheetRow) -> tuple[ItemDraft, list[ListError]]:
    """The item that a row tells, and the fault of each of its cells that can't be taken."""
    faults: list[ListError] = []
    while True:
        try:
            draft = item_of(row)
        except ListError as fault:
            if any(fault.column == known.column for known in faults):
                raise
            faults.append(fault)
            row = replace(row, cells={**row.cells, **_mended(fault.column)})
        else:
            return draft, faults


def _mended(column: str) -> dict[str, str]:
    """Cells that can be taken in place of a faulty one, so that the reading goes on behind it."""
    return _TERM if column in _TERM else {column: _SOUND[column]}
