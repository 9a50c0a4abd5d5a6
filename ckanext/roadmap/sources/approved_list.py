"""Reads an approved list: one row an item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from ckanext.roadmap.domain.column_type import ColumnType, read_column_type
from ckanext.roadmap.domain.errors import (
    ColumnTypeError,
    ListError,
    OdinError,
    PersonalClassError,
    ResponsibleError,
    TermError,
)
from ckanext.roadmap.domain.event import Place
from ckanext.roadmap.domain.obligation import Responsible
from ckanext.roadmap.domain.odin.codes import read_category, read_indicator, with_categories
from ckanext.roadmap.domain.personal_class import PersonalClass, read_personal_class
from ckanext.roadmap.domain.sphere import sphere_of
from ckanext.roadmap.domain.term import Frequency, Term
from ckanext.roadmap.domain.term_words import read_term
from ckanext.roadmap.domain.text import Text

from .sheet import SheetRow, read_sheet

COLUMNS = (
    "code",
    "title_uz",
    "title_ru",
    "title_en",
    "sphere",
    "place",
    "frequency",
    "due_rule",
    "responsible",
    "territorial",
    "region_column",
    "unchanged_allowed",
    "columns",
    "odin",
    "ai",
    "legal_basis",
)
CODE = re.compile(r"[A-Z]{1,3}-\d{2,4}|\d-\d{3}-\d{4}")
COLUMN = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
YES, NO = (
    frozenset({"yes", "ha", "да", "ҳа", "1", "true"}),
    frozenset({"no", "yo'q", "нет", "йўқ", "0", "false", ""}),
)
_CODE_LIKE = re.compile(r"\S*\d\S*")
Parsed = TypeVar("Parsed")
CELL_ERRORS = (TermError, ResponsibleError, ColumnTypeError, OdinError, PersonalClassError)


@dataclass(frozen=True, slots=True)
class ItemDraft:
    """An item as a row of the list tells it."""

    row: int
    code: str
    title: Text
    sphere: str
    places: tuple[Place, ...]
    term: Term
    responsible: Responsible
    territorial: bool
    region_column: str | None
    unchanged_allowed: bool
    columns: tuple[str, ...]
    column_types: dict[str, ColumnType]
    odin: tuple[int, ...]
    odin_indicators: tuple[str, ...]
    ai: bool
    personal_data: PersonalClass | None
    legal_basis: str | None
    source_note: str | None


def read_approved_list(content: bytes, filename: str) -> list[ItemDraft]:
    """Read a list in CSV or XLSX; a row that holds only a heading names the sphere of the rows below it.

    :param content: the file
    :param filename: its name; the ending tells the format
    :returns: the items in the list's order
    :raises ListError: the first cell that can't be taken, with row, column and remedy
    """
    drafts = [item_of(row) for row in item_rows(content, filename)]
    if fault := next(codes_twice([(draft.row, draft.code) for draft in drafts]), None):
        raise fault
    if not drafts:
        raise no_item()
    return drafts


def item_rows(content: bytes, filename: str) -> Iterator[SheetRow]:
    """The rows of a list that tell an item, each with the sphere of the heading above it.

    :raises ListError: the file, or a row of it, can't be read as a table
    """
    return _under_headings(read_sheet(content, filename, COLUMNS))


def codes_twice(codes: Iterable[tuple[int, str]]) -> Iterator[ListError]:
    """A fault for each row, given with its code, whose code stands in an earlier row too."""
    first: dict[str, int] = {}
    for row, code in codes:
        if first.setdefault(code, row) != row:
            yield ListError(
                "twice",
                f"{code} stands in row {first[code]} too.",
                row=row,
                column="code",
                value=code,
                first=first[code],
                remedy="Give each item a code of its own.",
            )


def no_item() -> ListError:
    """The fault of a list without items."""
    return ListError(
        "empty", "The list holds no item.", row=2, column="code", remedy="Add a row for each item."
    )


def read_item(cells: Mapping[str, str]) -> ItemDraft:
    """Read one item from the cells that a row of an import has; cells left out are empty.

    :raises ListError: a cell that can't be taken, with column and remedy
    """
    return item_of(row_of(cells))


def row_of(cells: Mapping[str, str]) -> SheetRow:
    """The row that holds these cells; cells left out are empty."""
    return SheetRow(1, {**dict.fromkeys(COLUMNS, ""), **cells})


def _under_headings(rows: Iterable[SheetRow]) -> Iterator[SheetRow]:
    heading = ""
    for row in rows:
        if found := _heading(row):
            heading = found
        elif heading and not row.cells["sphere"]:
            yield replace(row, cells={**row.cells, "sphere": heading})
        else:
            yield row


def _heading(row: SheetRow) -> str:
    """The one text of a row that says nothing else: alone in its first cell, or merged over the row."""
    first, *others = row.cells.values()
    alone = first and all(cell in ("", first) for cell in others)
    return first if alone and not _CODE_LIKE.fullmatch(first) else ""


def item_of(row: SheetRow) -> ItemDraft:
    """The item that a row tells.

    :raises ListError: the first cell that can't be taken
    """
    cells = row.cells
    if not CODE.fullmatch(cells["code"]):
        raise _fault(row, "code", "code_form", "Write a code such as E-01 or 1-002-0001.")
    if not cells["title_uz"]:
        raise _fault(row, "title_uz", "required", "Give the title in Uzbek.")
    if not cells["sphere"]:
        raise _fault(row, "sphere", "required", "Name the sphere.")
    frequency, due_rule = cells["frequency"], cells["due_rule"]
    column = "due_rule" if frequency else "frequency"
    term = _parsed(row, column, lambda: read_term(frequency, due_rule))
    columns = _parsed(row, "columns", lambda: _columns(row))
    categories = _parsed(row, "odin", lambda: [*map(read_category, _parts(row, "odin"))])
    indicators = _parsed(
        row,
        "odin_indicators",
        lambda: tuple(dict.fromkeys(map(read_indicator, _parts(row, "odin_indicators")))),
    )
    return ItemDraft(
        row=row.number,
        code=cells["code"],
        title=Text(
            uz=cells["title_uz"],
            uz_Cyrl=cells.get("title_uz_cyrl", ""),
            ru=cells["title_ru"],
            en=cells["title_en"],
        ),
        sphere=sphere_of(cells["sphere"]),
        places=_places(row),
        term=term,
        responsible=_parsed(row, "responsible", lambda: Responsible.parse(cells["responsible"])),
        territorial=_flag(row, "territorial"),
        region_column=cells["region_column"] or None,
        unchanged_allowed=_unchanged_allowed(row, term),
        columns=tuple(columns),
        column_types={name: kind for name, kind in columns.items() if kind},
        odin=with_categories(categories, indicators),
        odin_indicators=indicators,
        ai=_flag(row, "ai"),
        personal_data=_parsed(
            row, "personal_data", lambda: read_personal_class(cells.get("personal_data", ""))
        ),
        legal_basis=cells["legal_basis"] or None,
        source_note=cells.get("source_note") or None,
    )


def _parsed(row: SheetRow, column: str, parse: Callable[[], Parsed]) -> Parsed:
    try:
        return parse()
    except CELL_ERRORS as error:
        place = "frequency" if error.code == "frequency_unknown" else column
        raise ListError.at(error, row=row.number, column=place) from error


def _parts(row: SheetRow, column: str) -> list[str]:
    return [part.strip() for part in row.cells.get(column, "").split(";") if part.strip()]


def _places(row: SheetRow) -> tuple[Place, ...]:
    names = _parts(row, "place")
    if not names or any(name not in list(Place) for name in names):
        accepted = "; ".join(Place)
        remedy = f"Write one or more of {accepted}, separated by ;."
        raise _fault(row, "place", "place_unknown", remedy, accepted=accepted)
    return tuple(Place(name) for name in dict.fromkeys(names))


def _columns(row: SheetRow) -> dict[str, ColumnType | None]:
    """The required columns in their order, each with its type if one is named."""
    found: dict[str, ColumnType | None] = {}
    for part in _parts(row, "columns"):
        name, colon, kind = (word.strip() for word in part.partition(":"))
        if not COLUMN.fullmatch(name):
            remedy = f"{name} is no column name: use letters, digits and _."
            raise _fault(row, "columns", "column_form", remedy, name=name)
        found[name] = read_column_type(kind) if colon else found.get(name)
    return found


def _unchanged_allowed(row: SheetRow, term: Term) -> bool:
    if row.cells["unchanged_allowed"]:
        return _flag(row, "unchanged_allowed")
    # a register kept continuously, or a thing published once, may stand still; a series may not
    return term.frequency in (Frequency.continuous, Frequency.once)


def _flag(row: SheetRow, column: str) -> bool:
    word = row.cells[column].casefold()
    if word not in YES | NO:
        raise _fault(row, column, "flag_form", "Write yes or no.")
    return word in YES


def _fault(row: SheetRow, column: str, code: str, remedy: str, **more: object) -> ListError:
    value = row.cells[column]
    text = f'"{value}" cannot be taken.' if value else "The cell is empty."
    return ListError(code, text, row=row.number, column=column, value=value, remedy=remedy, **more)
