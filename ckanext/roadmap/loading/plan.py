"""What a load has to do: plain records that the caller fills."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.reach import Reach

from .report import LoadReport
from .strictness import GateSettings

if TYPE_CHECKING:
    from ckanext.roadmap.sources.catalogues import Catalogue

if TYPE_CHECKING:  # the agent at a ministry has neither
    from psycopg2 import sql

    from ckanext.roadmap.sources.since import Base

Watch = Callable[[Any], AbstractContextManager[object]]
"""Guards a driver's connection while it works; from there a cancelled load is cut short."""


class FullText(StrEnum):
    """When the text of a table becomes searchable."""

    ON = "on"
    OFF = "off"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column that may be published: its name here, its name there, a type if one is declared.

    :ivar public: kinds of personal data that the law makes public in it
    """

    name: str
    source: str
    type: str | None = None
    comment: str | None = None
    public: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """One table to load.

    :ivar trust_probe: whether an unchanged probe is enough, or the rows are to be read in any case
    :ivar approved: digests of the gates' findings that people agreed to
    :ivar gates: how strict the gates are
    :ivar read: how a file or an interface is to be read, as the mapping says
    :ivar contract: rules of the table's quality contract
    :ivar zone: whose days its dates are judged by
    :ivar rehearsed: hashes of the contents for which this plan has a ticket
    :ivar base: what the rows that have changed are laid over; none: everything is read
    """

    run_id: str
    mapping_id: str
    resource_id: str
    schema: str
    table: str
    columns: tuple[ColumnPlan, ...]
    key: tuple[str, ...] = ()
    region_column: str | None = None
    period_column: str | None = None
    watermark_column: str | None = None
    full_text: FullText = FullText.ON
    row_floor: int = 1
    formats: tuple[str, ...] = ("csv",)
    trust_probe: bool = True
    approved: frozenset[str] = frozenset()
    gates: GateSettings = GateSettings()
    read: Mapping[str, Any] = field(default_factory=dict[str, Any])
    contract: tuple[Mapping[str, Any], ...] = ()
    zone: tzinfo = UTC
    rehearsed: frozenset[str] = frozenset()
    base: Base | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Published names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def source_name(self, name: str) -> str:
        """What the source calls a published column."""
        return next(column.source for column in self.columns if column.name == name)


@dataclass(frozen=True, slots=True, repr=False)
class SourceAccess:
    """The source of a load; its URL holds a secret and is never printed.

    :ivar kind: the kind of extractor; none: the one that reads such URLs
    :ivar options: what the operator's configuration says of the connection beside its URL; secret
    :ivar reach: where the portal may go, and how much it may take
    :ivar catalogue: the catalogue, if it was looked at already: it is not asked again for what it told
    """

    url: str
    limits: Limits = Limits()
    kind: str = ""
    watch: Watch = nullcontext
    options: Mapping[str, str] = field(default_factory=dict[str, str])
    reach: Reach = Reach()
    catalogue: Catalogue | None = None


OnChanges = Callable[[Any, LoadPlan, LoadReport, "sql.Identifier"], None]


@dataclass(frozen=True, slots=True, repr=False)
class Target:
    """The DataStore to load into, and the folder of the files.

    :ivar lock_timeout_ms: how long readers may at most be kept waiting by one attempt to exchange the table
    :ivar work_memory_mb: what a statement of a load may use of the DataStore's memory
    :ivar on_changes: is called once the differing rows of a keyed table stand in `diff`, before they go live,
        with cursor, plan, report and the staged table; part of the same transaction
    """

    url: str
    read_role: str
    folder: Path
    lock_timeout_ms: int = 2000
    lock_attempts: int = 40
    work_memory_mb: int = 256
    on_changes: OnChanges | None = None
