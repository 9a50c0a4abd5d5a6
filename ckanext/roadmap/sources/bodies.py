"""Reads the register of bodies and their successions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ckanext.roadmap.domain.body import BodyKind, SuccessionKind
from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.domain.region import region_of
from ckanext.roadmap.domain.text import Text

from .sheet import SheetRow, read_sheet

BODY_COLUMNS = ("name", "code", "title_uz", "title_ru", "title_en", "kind", "parent", "region_soato")
SUCCESSION_COLUMNS = ("body", "from_body", "kind", "effective")
NAME = re.compile(r"[a-z0-9_-]{2,100}")
CODE = re.compile(r"\d-\d{3}")


@dataclass(frozen=True, slots=True)
class BodyDraft:
    """A body as a register's row tells it."""

    row: int
    name: str
    code: str
    title: Text
    kind: BodyKind
    parent: str | None
    region_soato: str | None
    stir: str | None
    valid_from: date | None
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class SuccessionDraft:
    """A succession as a row tells it: *body* stands for *from_body* from a day on."""

    row: int
    body: str | None
    from_body: str
    kind: SuccessionKind
    effective: date
    note: str | None


def read_bodies(content: bytes, filename: str) -> list[BodyDraft]:
    """Read a register of bodies.

    :raises ListError: a row that can't be taken, with row, column and remedy
    """
    drafts = [_body(row) for row in read_sheet(content, filename, BODY_COLUMNS)]
    for column in ("name", "code"):
        first: dict[str, int] = {}
        for draft in drafts:
            value = str(getattr(draft, column))
            if first.setdefault(value, draft.row) != draft.row:
                raise ListError(
                    "twice",
                    f'"{value}" stands in row {first[value]} too.',
                    row=draft.row,
                    column=column,
                    value=value,
                    first=first[value],
                    remedy="Give each body once.",
                )
    return drafts


def read_successions(content: bytes, filename: str) -> list[SuccessionDraft]:
    """Read successions of bodies.

    :raises ListError: a row that can't be taken, with row, column and remedy
    """
    return [_succession(row) for row in read_sheet(content, filename, SUCCESSION_COLUMNS)]


def _body(row: SheetRow) -> BodyDraft:
    cells = row.cells
    region = cells["region_soato"] or None
    if region and region_of(region) is None:
        raise _fault(
            row, "region_soato", "region_unknown", "give a SOATO code that begins with one of the 14 regions"
        )
    if not NAME.fullmatch(cells["name"]):
        raise _fault(row, "name", "name_form", "use 2 to 100 of a-z, 0-9, - and _")
    if not CODE.fullmatch(cells["code"]):
        raise _fault(row, "code", "body_code_form", "write the code as d-ddd, for example 1-002")
    if not cells["title_uz"]:
        raise _fault(row, "title_uz", "required", "give the body's name in Uzbek")
    return BodyDraft(
        row=row.number,
        name=cells["name"],
        code=cells["code"],
        title=Text(
            uz=cells["title_uz"],
            uz_Cyrl=cells.get("title_uz_cyrl", ""),
            ru=cells["title_ru"],
            en=cells["title_en"],
        ),
        kind=_kind(row),
        parent=cells["parent"] or None,
        region_soato=region,
        stir=cells.get("stir") or None,
        valid_from=_day(row, "valid_from"),
        valid_to=_day(row, "valid_to"),
    )


def _succession(row: SheetRow) -> SuccessionDraft:
    effective = _day(row, "effective")
    if effective is None:
        raise _fault(row, "effective", "required", "give the day as YYYY-MM-DD")
    if not row.cells["from_body"]:
        raise _fault(row, "from_body", "required", "give the name of the body that ended")
    try:
        kind = SuccessionKind(row.cells["kind"])
    except ValueError:
        raise _kind_unknown(row, SuccessionKind) from None
    body = row.cells["body"] or None
    if body is None and kind is not SuccessionKind.abolished:
        raise _fault(row, "body", "required", "name the body that succeeds")
    return SuccessionDraft(
        row.number, body, row.cells["from_body"], kind, effective, row.cells.get("note") or None
    )


def _kind(row: SheetRow) -> BodyKind:
    try:
        return BodyKind(row.cells["kind"].replace("-", "_"))
    except ValueError:
        raise _kind_unknown(row, BodyKind) from None


def _day(row: SheetRow, column: str) -> date | None:
    value = row.cells.get(column, "")
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise _fault(row, column, "day_form", "give the day as YYYY-MM-DD") from None


def _kind_unknown(row: SheetRow, kinds: type[StrEnum]) -> ListError:
    accepted = ", ".join(kinds)
    return _fault(row, "kind", "kind_unknown", f"use one of: {accepted}", accepted=accepted)


def _fault(row: SheetRow, column: str, code: str, remedy: str, **more: object) -> ListError:
    value = row.cells.get(column, "")
    text = f'"{value}" cannot be taken.' if value else "The cell is empty."
    remedy = f"{remedy[0].upper()}{remedy[1:]}."
    return ListError(code, text, row=row.number, column=column, value=value, remedy=remedy, **more)
