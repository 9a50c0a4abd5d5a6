"""What the agent does: read into the queue, send the queue."""

from __future__ import annotations

import errno
import fcntl
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TextIO

from ckanext.roadmap.agent.errors import AgentError, ChangedError
from ckanext.roadmap.agent.portal import Portal
from ckanext.roadmap.agent.settings import Settings
from ckanext.roadmap.loading.extract import extractor_for
from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan
from ckanext.roadmap.sources.mapping_file import MappingDraft
from ckanext.roadmap.sources.parcel import Manifest, Spool

TRIES = 3
Say = Callable[[str], None]


@contextmanager
def alone(settings: Settings) -> Generator[None]:
    """One agent at a time for a queue."""
    with _lock(settings) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise AgentError(
                "agent_busy", "Another run of the agent is at work.", "Let it end; this one does nothing."
            ) from None
        yield


def _lock(settings: Settings) -> TextIO:
    try:
        settings.queue.mkdir(parents=True, exist_ok=True, mode=0o700)
        return (settings.queue / ".lock").open("w")
    except OSError as error:
        raise _disk(error) from None


def read(settings: Settings, draft: MappingDraft) -> Manifest:
    """Read a table by the same means as the portal, in the same order, into the queue.

    :raises SourceError: it cannot be read
    """
    plan = plan_of(draft)
    access = settings.access(draft.definition["connection"])
    Spool(settings.queue).abandon(draft.name)
    spool = Spool(settings.queue, settings.piece_bytes, _Room(settings))
    try:
        with extractor_for(plan, access).opened() as source:
            at = datetime.now(UTC)
            return spool.write(draft.name, plan.names, source.types, source.batches(), at)
    except OSError as error:
        raise _disk(error) from None
    finally:
        spool.abandon(draft.name)


class _Room:
    """How much the queue may still take; the reading that a new one will replace counts until then."""

    def __init__(self, settings: Settings) -> None:
        self._most = settings.queue_bytes
        self._held = Spool(settings.queue).held()

    def __call__(self, size: int, mapping: str) -> None:
        self._held += size
        if self._held > self._most:
            raise AgentError(
                "agent_queue_full",
                f"The queue would hold more than {self._most} bytes with a new reading of {mapping}.",
                "What waits is kept and sent first, once the portal can be reached; else raise queue_bytes.",
                most=self._most,
            )


def _disk(error: OSError) -> AgentError:
    full = error.errno in (errno.ENOSPC, errno.EDQUOT)
    return AgentError(
        "agent_disk",
        "The disk of the queue is full." if full else f"The queue cannot be written ({error.strerror}).",
        "Make room, or move the queue; the reading before stays and is sent.",
        detail=error.strerror or "",
    )


def send(settings: Settings, portal: Portal, manifest: Manifest, say: Say) -> None:
    """Send a reading; what the portal has already is not sent again.

    :raises AgentError: the portal can't be reached, or refuses
    """
    spool = Spool(settings.queue)
    answer = portal.begin(manifest)
    for number in answer["missing"]:
        _put(portal, manifest, number, spool.chunk(manifest, number))
        say(f"{manifest.mapping}: piece {number} of {len(manifest.chunks)} sent")
    portal.finish(manifest)
    spool.drop(manifest.mapping)
    say(f"{manifest.mapping}: {'unchanged since the last time' if answer['known'] else 'sent'}")


def _put(portal: Portal, manifest: Manifest, number: int, chunk: bytes) -> None:
    for left in reversed(range(TRIES)):
        try:
            return portal.put(manifest, number, chunk)
        except ChangedError:
            if not left:
                raise
    return None


def plan_of(draft: MappingDraft) -> LoadPlan:
    """What is read for a mapping: all of it, each time.

    A reading may be replaced by a newer one before it was sent, so it never holds changes alone, whatever
    the mapping says of `since`.
    """
    found = draft.definition
    return LoadPlan(
        run_id="agent",
        mapping_id=draft.name,
        resource_id=draft.name,
        schema=found["schema"],
        table=found["table"],
        columns=tuple(ColumnPlan(one["name"], one["source"], one["type"]) for one in found["columns"]),
        key=tuple(found["key"]),
        read=found.get("read") or {},
    )
