"""What an agent at the ministry pushed: the address is `push:`, the rows are the newest whole parcel."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit

from ckanext.roadmap.loading.plan import LoadPlan, SourceAccess
from ckanext.roadmap.sources.look import Answer, Clock, Look, Sign, timed
from ckanext.roadmap.sources.parcel import Inbox, ParcelError, Received
from ckanext.roadmap.sources.parcel.pieces import unpacked

from .base import Extractor, Probe, extractor

SCHEME = "push"


@extractor
class ParcelExtractor(Extractor):
    """The rows as the agent read them: the same bytes, so that equal rows are known as equal."""

    kind = SCHEME
    schemes = (SCHEME,)

    @classmethod
    def look(cls, access: SourceAccess, table: str, clock: Clock) -> Look:
        """The portal asks nobody here: the agent has a check of its own."""
        return timed(SCHEME, lambda: Answer("", None, (), (Sign("check_pushed"),)))

    @contextmanager
    def opened(self) -> Generator[ParcelExtract]:
        """The parcel; one that comes meanwhile takes its place for the next load."""
        found = inbox(Path(unquote(urlsplit(self.access.url).path)), self.plan.mapping_id).current()
        if found is None:
            raise ParcelError(
                "parcel_awaited",
                "Nothing has been pushed for this mapping yet.",
                "Run roadmap-agent at the source.",
            )
        if found.manifest.columns != self.plan.names:
            pushed, wanted = found.manifest.columns, self.plan.names
            raise ParcelError(
                "parcel_columns",
                f"The agent pushed the columns {', '.join(pushed)}; the mapping has {', '.join(wanted)}.",
                "Give the agent the present mapping.",
                pushed=list(pushed),
                columns=list(wanted),
            )
        with found.path.open("rb") as file:
            yield ParcelExtract(self.plan, found, file)


@dataclass(frozen=True, slots=True)
class ParcelExtract:
    """One reading of the source, as it was at `read_at`."""

    plan: LoadPlan
    received: Received
    file: IO[bytes]

    @property
    def types(self) -> tuple[str, ...]:
        """Those of the mapping, the others as the agent found them."""
        found = zip(self.plan.columns, self.received.manifest.types, strict=True)
        return tuple(column.type or kind for column, kind in found)

    @property
    def read_at(self) -> datetime:
        """When the source was read."""
        return self.received.manifest.read_at

    def probe(self) -> Probe | None:
        """The hash of names, types and rows."""
        return {"content": self.received.manifest.content}

    def batches(self) -> Iterator[bytes]:
        """The agent's own bytes."""
        return unpacked(self.file)


def inbox(folder: Path, mapping_id: str) -> Inbox:
    """Where the parcels of a mapping are kept."""
    return Inbox(folder / mapping_id)
