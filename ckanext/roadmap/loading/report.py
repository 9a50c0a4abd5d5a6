"""What a load did: one record that the ledger keeps."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """How a load without an error ends."""

    UNCHANGED = "unchanged"
    APPLIED = "applied"
    HELD = "held"
    DRY = "dry"


@dataclass(slots=True)
class FileReport:
    """A file written from the same stream; or why the format could not hold the rows."""

    format: str
    bytes: int
    sha256: str
    name: str = ""
    problem: dict[str, Any] | None = None


@dataclass(slots=True)
class LoadReport:
    """The measures of one load; filled as it goes."""

    run_id: str
    outcome: str = ""
    strategy: str = ""
    choice: dict[str, Any] | None = None
    rows_in: int = 0
    rows_before: int = 0
    rows_inserted: int = 0
    rows_updated: int = 0
    rows_deleted: int = 0
    bytes: int = 0
    content_hash: str = ""
    watermark: str | None = None
    watermark_before: str | None = None
    since: str | None = None
    columns: list[str] = field(default_factory=list[str])
    types: list[str] = field(default_factory=list[str])
    sources: list[str] = field(default_factory=list[str])
    region_codes: list[str] | None = None
    periods: dict[str, Any] | None = None
    live_read_at: str = ""
    durations: dict[str, float] = field(default_factory=dict[str, float])
    files: list[FileReport] = field(default_factory=list[FileReport])
    published_at: str = ""
    held: dict[str, Any] | None = None
    findings: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    changes: dict[str, Any] | None = None
    sample: dict[str, Any] | None = None
    probe: dict[str, Any] | None = None
    contract: dict[str, Any] | None = None

    @property
    def rows_changed(self) -> int:
        """Rows that differ from what was published before."""
        return self.rows_inserted + self.rows_updated + self.rows_deleted

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON can hold it."""
        return asdict(self)

    @classmethod
    def from_dict(cls, stored: dict[str, Any]) -> LoadReport:
        """The report that *to_dict* gave."""
        report = cls(stored["run_id"])
        known = {one.name for one in fields(cls)}
        for name, value in stored.items():
            if name in known:
                setattr(report, name, value)
        report.files = [FileReport(**one) for one in stored.get("files", [])]
        return report
