"""What a load has to do: plain records that the caller fills."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from ckanext.roadmap.sources.database import Limits


class FullText(StrEnum):
    """When the text of a table becomes searchable."""

    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column that may be published: its name here, its name there, a type if one is declared."""

    name: str
    source: str
    type: str | None = None
    comment: str | None = None


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """One table to load."""

    run_id: str
    mapping_id: str
    resource_id: str
    schema: str
    table: str
    columns: tuple[ColumnPlan, ...]
    key: tuple[str, ...] = ()
    region_column: str | None = None
    watermark_column: str | None = None
    full_text: FullText = FullText.ON
    row_floor: int = 1

    @property
    def names(self) -> tuple[str, ...]:
        """Published names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def source_name(self, name: str) -> str:
        """What the source calls a published column."""
        return next(column.source for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True, repr=False)
class SourceAccess:
    """The source of a load; its URL holds a secret and is never printed."""

    url: str
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True, repr=False)
class Target:
    """The DataStore to load into, and the folder of the files."""

    url: str
    read_role: str
    folder: Path
    lock_timeout_ms: int = 2000
    lock_attempts: int = 15
