"""Reads the register of information systems as bodies send it in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.domain.system import Network, PersonalData
from ckanext.roadmap.domain.technical_detail import technical_detail
from ckanext.roadmap.domain.text import Text

from .connections import NAME
from .sheet import SheetRow, read_sheet

REQUIRED = ("body", "title_uz", "items")
TEXTS = ("dbms", "dbms_version", "volume", "contact_name", "contact_phone", "contact_email")
CODE = re.compile(r"IS-\d{4,}")
Kind = TypeVar("Kind", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class SystemDraft:
    """A system as a row or a form tells it; `body` is a word still to be matched, a new one has no `code`."""

    row: int
    code: str
    body: str
    title: Text
    purpose: Text
    items: tuple[str, ...]
    personal_data: PersonalData
    network: Network
    connection: str | None
    texts: Mapping[str, str]


def read_systems(content: bytes, filename: str) -> list[SystemDraft]:
    """Read a register of systems (CSV or XLSX); columns beside body, title_uz and items may be left out.

    :raises ListError: a row that can't be taken, with row, column and remedy
    """
    drafts = [draft(row.number, row.cells) for row in read_sheet(content, filename, REQUIRED)]
    first: dict[str, int] = {}
    for one in drafts:
        if one.code and first.setdefault(one.code, one.row) != one.row:
            raise ListError(
                "twice",
                f'"{one.code}" stands in row {first[one.code]} too.',
                row=one.row,
                column="code",
                value=one.code,
                first=first[one.code],
                remedy="Give each system once.",
            )
    return drafts


def draft(number: int, cells: Mapping[str, str]) -> SystemDraft:
    """A system of one row.

    :raises ListError: a cell that can't be taken
    """
    row = SheetRow(number, {name: str(value).strip() for name, value in cells.items()})
    code = row.cells.get("code", "")
    if code and not CODE.fullmatch(code):
        raise _fault(row, "code", "system_code_form", "Leave it empty for a new system.")
    for column in ("body", "title_uz"):
        if not row.cells.get(column):
            raise _fault(row, column, "required", "Fill it in.")
    return SystemDraft(
        row=number,
        code=code,
        body=row.cells["body"],
        title=_text(row, "title"),
        purpose=_text(row, "purpose"),
        items=tuple(dict.fromkeys(part for part in re.split(r"[;,\s]+", row.cells.get("items", "")) if part)),
        personal_data=_kind(row, "personal_data", PersonalData, PersonalData.unknown),
        network=_kind(row, "network", Network, Network.unknown),
        connection=_connection(row),
        texts={name: row.cells.get(name, "") for name in TEXTS},
    )


def _text(row: SheetRow, name: str) -> Text:
    """A text that everybody reads."""
    columns = [f"{name}_{lang}" for lang in ("uz", "uz_cyrl", "ru", "en")]
    for column in columns:
        if technical_detail(row.cells.get(column, "")):
            raise ListError(
                "public_secret", "The text is public, and seems to hold an address or a password.",
                row=row.number, column=column, value="", remedy="Leave it out of the text.",
            )  # fmt: skip
    return Text(*(row.cells.get(column, "") for column in columns))


def _connection(row: SheetRow) -> str | None:
    name = row.cells.get("connection", "")
    if name and not NAME.fullmatch(name):
        raise ListError(
            "connection_form", "That is no name of a connection.", row=row.number, column="connection",
            value="", remedy="Give its name in the portal's configuration, never an address or a password.",
        )  # fmt: skip
    return name or None


def _kind(row: SheetRow, column: str, kinds: type[Kind], default: Kind) -> Kind:
    value = row.cells.get(column, "")
    if not value:
        return default
    try:
        return kinds(value.lower())
    except ValueError:
        accepted = ", ".join(kinds)
        raise _fault(row, column, "kind_unknown", f"Use one of: {accepted}.", accepted=accepted) from None


def _fault(row: SheetRow, column: str, code: str, remedy: str, **more: object) -> ListError:
    value = row.cells.get(column, "")
    text = f'"{value}" cannot be taken.' if value else "The cell is empty."
    return ListError(code, text, row=row.number, column=column, value=value, remedy=remedy, **more)
