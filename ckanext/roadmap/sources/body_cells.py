"""Cells of the register of bodies: what each may say."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import TypeVar

from ckanext.roadmap.domain.body import BodyKind, SuccessionKind
from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.domain.region import region_of

from .sheet import SheetRow

NAME = re.compile(r"[a-z0-9_-]{2,100}")
CODE = re.compile(r"\d-\d{3}")
STIR = re.compile(r"[0-9]{9}")
PHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,30}(, *\+?[0-9][0-9 ()-]{4,30})*")
EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]{2,}")
RESERVED = frozenset({"import"})
Parsed = TypeVar("Parsed")


class Cells:
    """The cells of a row, each read once; what can't be taken is kept as a fault."""

    def __init__(self, row: SheetRow) -> None:
        self.row = row
        self.faults: list[ListError] = []

    def text(self, column: str) -> str:
        """A cell as it stands."""
        return self.row.cells.get(column, "")

    def needed(self, column: str, remedy: str) -> str:
        """A cell that may not be empty."""
        if not self.text(column):
            self.refuse(column, "required", remedy)
        return self.text(column)

    def matching(self, column: str, form: re.Pattern[str], code: str, remedy: str) -> str | None:
        """A cell of a form, or an empty one."""
        value = self.text(column)
        if value and not form.fullmatch(value):
            self.refuse(column, code, remedy)
        return value or None

    def required(self, column: str, form: re.Pattern[str], code: str, remedy: str) -> str:
        """A cell of a form."""
        value = self.text(column)
        if not form.fullmatch(value) or value in RESERVED:
            self.refuse(column, code, remedy)
        return value

    def day(self, column: str) -> date | None:
        """A day, or an empty cell."""
        return self.parsed(column, date.fromisoformat, "day_form", "give the day as YYYY-MM-DD")

    def kind(self) -> BodyKind | None:
        """The kind of a body."""
        return self._kind(BodyKind, BodyKind.parse)

    def ending(self) -> SuccessionKind | None:
        """How a body ended."""
        return self._kind(SuccessionKind, SuccessionKind)

    def region(self) -> str | None:
        """A SOATO code of one of the regions, or of a place in one."""
        value = self.text("region_soato")
        if value and region_of(value) is None:
            remedy = "give a SOATO code that begins with one of the 14 regions"
            self.refuse("region_soato", "region_unknown", remedy)
        return value or None

    def share(self) -> Decimal | None:
        """The state's share in percent."""
        remedy = "give the share in percent, from 0 to 100, for example 51 or 50.5"
        share = self.parsed("state_share", _percent, "share_form", remedy)
        if share is not None and not (0 <= share <= 100):
            self.refuse("state_share", "share_form", remedy)
        return share

    def parsed(self, column: str, parse: Callable[[str], Parsed], code: str, remedy: str) -> Parsed | None:
        """A cell that a function reads, or an empty one."""
        value = self.text(column)
        try:
            return parse(value) if value else None
        except (ValueError, InvalidOperation):
            self.refuse(column, code, remedy)
            return None

    def refuse(self, column: str, code: str, remedy: str, **more: object) -> None:
        """Keep what is wrong with a cell."""
        value = self.text(column)
        text = f'"{value}" cannot be taken.' if value else "The cell is empty."
        remedy = f"{remedy[0].upper()}{remedy[1:]}."
        self.faults.append(
            ListError(code, text, row=self.row.number, column=column, value=value, remedy=remedy, **more)
        )

    def _kind(self, kinds: type[StrEnum], parse: Callable[[str], Parsed]) -> Parsed | None:
        try:
            return parse(self.text("kind"))
        except ValueError:
            accepted = ", ".join(kinds)
            self.refuse("kind", "kind_unknown", f"use one of: {accepted}", accepted=accepted)
            return None


def merged(row: SheetRow, known: Mapping[str, str]) -> SheetRow:
    """A row whose file lacks some columns: what stands in the register stays."""
    return SheetRow(row.number, {**known, **row.cells})


def _percent(text: str) -> Decimal:
    share = Decimal(text.removesuffix("%").strip().replace(",", "."))
    if not share.is_finite():
        raise ValueError(text)
    return share.quantize(Decimal("0.01")).normalize() + 0
