"""What a parcel says of itself."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any, cast

from ckanext.roadmap.sources.mapping_file import NUMERIC, TYPES

from .errors import ParcelError, malformed

MOST_RAW = 8 << 20
MOST_CHUNK = 8 << 20
MOST_CHUNKS = 10_000
HASH = re.compile(r"[0-9a-f]{64}")
TYPE = re.compile(rf"{'|'.join(TYPES)}|timetz|{NUMERIC.pattern}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """One reading.

    :ivar lines: ends of lines, which is rows but for those with ends of lines inside
    :ivar content: SHA-256 of names, types and rows: equal ones mean equal rows
    :ivar chunks: SHA-256 of each compressed piece, in their order
    :ivar read_at: when the source was read, by the agent's clock
    """

    mapping: str
    columns: tuple[str, ...]
    types: tuple[str, ...]
    lines: int
    size: int
    content: str
    chunks: tuple[str, ...]
    read_at: datetime

    def to_dict(self) -> dict[str, Any]:
        """As JSON takes it."""
        return {**asdict(self), "read_at": self.read_at.isoformat()}

    @classmethod
    def from_dict(cls, found: Mapping[str, Any]) -> Manifest:
        """A manifest that somebody sent.

        :raises ParcelError: it is none
        """
        names = {field: _texts(found, field) for field in ("columns", "types", "chunks")}
        return cls(
            mapping=str(found.get("mapping") or ""),
            columns=names["columns"],
            types=_all(names["types"], TYPE, "types", len(names["columns"])),
            lines=_count(found, "lines"),
            size=_count(found, "size"),
            content=_all((str(found.get("content")),), HASH, "content", 1)[0],
            chunks=_all(names["chunks"], HASH, "chunks", None),
            read_at=_moment(found),
        )


def _texts(found: Mapping[str, Any], field: str) -> tuple[str, ...]:
    value = found.get(field)
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise malformed(field)
    return tuple(str(one) for one in cast("Sequence[object]", value))


def _all(values: tuple[str, ...], form: re.Pattern[str], field: str, count: int | None) -> tuple[str, ...]:
    wrong = len(values) > MOST_CHUNKS if count is None else len(values) != count
    if wrong or not all(form.fullmatch(value) for value in values):
        raise malformed(field)
    return values


def _count(found: Mapping[str, Any], field: str) -> int:
    value = found.get(field)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise malformed(field)
    return value


def _moment(found: Mapping[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(str(found.get("read_at")))
    except ValueError:
        raise malformed("read_at") from None
    if moment.tzinfo is None:
        raise malformed("read_at")
    return moment.astimezone(UTC)


def require_whole(manifest: Manifest, lines: int, size: int, content: str) -> None:
    """Refuse what is not what its manifest says.

    :raises ParcelError: `parcel_content`
    """
    if (lines, size, content) != (manifest.lines, manifest.size, manifest.content):
        raise ParcelError(
            "parcel_content",
            "The pieces together are not what the parcel says of itself.",
            "Read the source and send it again.",
        )
