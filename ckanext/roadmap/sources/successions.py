"""Reads what became of bodies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ckanext.roadmap.domain.body import SuccessionKind
from ckanext.roadmap.domain.errors import ListError

from .body_cells import Cells
from .sheet import read_sheet

SUCCESSION_COLUMNS = ("body", "from_body", "kind", "effective")


@dataclass(frozen=True, slots=True)
class SuccessionDraft:
    """A succession as a row tells it: *body* stands for *from_body* from a day on, by an act."""

    row: int
    body: str | None
    from_body: str
    kind: SuccessionKind
    effective: date
    act: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class SuccessionSheet:
    """A whole file: the successions of its sound rows, and the faults of the others."""

    drafts: tuple[SuccessionDraft, ...]
    faults: tuple[ListError, ...]


def read_successions(content: bytes, filename: str) -> list[SuccessionDraft]:
    """Read successions of bodies.

    :raises ListError: the first row that can't be taken, with row, column and remedy
    """
    sheet = review_successions(content, filename)
    if sheet.faults:
        raise sheet.faults[0]
    return list(sheet.drafts)


def review_successions(content: bytes, filename: str) -> SuccessionSheet:
    """Read successions to the end and tell every cell that can't be taken."""
    drafts: list[SuccessionDraft] = []
    faults: list[ListError] = []
    try:
        rows = read_sheet(content, filename, SUCCESSION_COLUMNS)
    except ListError as fault:
        return SuccessionSheet((), (fault,))
    for row in rows:
        cells = Cells(row)
        draft = _succession(cells)
        faults += cells.faults
        drafts += [draft] if draft and not cells.faults else []
    return SuccessionSheet(tuple(drafts), tuple(faults))


def _succession(cells: Cells) -> SuccessionDraft | None:
    effective = cells.day("effective")
    if not cells.text("effective"):
        cells.refuse("effective", "required", "give the day as YYYY-MM-DD")
    from_body = cells.needed("from_body", "give the name of the body that ended")
    kind, body = cells.ending(), cells.text("body") or None
    if kind is SuccessionKind.abolished and body:
        cells.refuse("body", "abolished_heir", "leave it empty, or write merged if the body took over")
    elif kind is not SuccessionKind.abolished and not body:
        cells.refuse("body", "required", "name the body that succeeds")
    if kind is None or effective is None:
        return None
    act, note = cells.text("act") or None, cells.text("note") or None
    return SuccessionDraft(cells.row.number, body, from_body, kind, effective, act, note)
