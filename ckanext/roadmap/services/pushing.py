"""Agents that push: their tokens, and the parcels that come by them."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from ckanext.roadmap import config
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.extract.parcel import inbox
from ckanext.roadmap.model import PushToken, System
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.model.run import Run
from ckanext.roadmap.services import connections, runs
from ckanext.roadmap.sources.parcel import Inbox, Manifest, ParcelError, Received

PREFIX = "rmp_"


def issue(session: Session, now: datetime, system: System, note: str, by: str) -> tuple[PushToken, str]:
    """A new token; its text is given once and kept nowhere. The caller commits."""
    text = PREFIX + secrets.token_urlsafe(32)
    row = PushToken(
        id=new_id(), system_id=system.id, token_hash=_hash(text), note=note, created_at=now, created_by=by
    )
    session.add(row)
    session.flush()
    return row, text


def revoke(session: Session, now: datetime, row: PushToken, by: str) -> None:
    """From now on nobody pushes by it; the caller commits."""
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = now, by
        session.flush()


@dataclass(frozen=True, slots=True)
class Pushing:
    """Who pushes, and what."""

    token: PushToken
    mapping: Mapping

    @property
    def inbox(self) -> Inbox:
        """Where the parcels go."""
        return inbox(connections.pushed_folder(), self.mapping.id)


def pushing(session: Session, token: str, mapping: str) -> Pushing | None:
    """What a token may do with a mapping: nothing unless the mapping reads the token's own system."""
    row = session.scalars(PushToken.good(_hash(token))).first()
    found = session.scalars(Mapping.by_name(mapping)).first()
    if row is None or found is None:
        return None
    system = session.get(System, row.system_id)
    if system is None or not system.connection or system.connection != found.connection:
        return None
    return Pushing(row, found)


def begin(now: datetime, who: Pushing, manifest: Manifest) -> list[int] | None:
    """The pieces that are still to come; None: the rows are here. The caller commits.

    :raises RoadmapError: the operator has not opened the connection to agents, or the parcel is too big
    """
    _require_open(who.mapping)
    most = config.push_most_bytes()
    if manifest.size > most or len(manifest.chunks) > most >> 20:
        raise ParcelError(
            "parcel_big",
            f"The parcel is bigger than {most} bytes.",
            "Push a smaller view, or raise the limit.",
            most=most,
        )
    who.token.used_at = now
    return who.inbox.begin(manifest)


def finish(now: datetime, who: Pushing, content: str, read_at: datetime) -> Received:
    """Make a parcel the one to be loaded; nothing is read later than it arrived.

    :raises RoadmapError: the operator has not opened the connection to agents
    """
    _require_open(who.mapping)
    return who.inbox.finish(content, min(read_at, now))


def is_awaited(row: Mapping) -> bool:
    """Whether a mapping's rows are pushed, and none have come yet."""
    return (
        row.connection in connections.names()
        and connections.is_pushed(row.connection)
        and inbox(connections.pushed_folder(), row.id).current() is None
    )


def read_at(row: Mapping) -> datetime | None:
    """When the rows that were pushed last were read; None: none came."""
    found = inbox(connections.pushed_folder(), row.id).current()
    return found.manifest.read_at if found else None


def forget(session: Session, resource_id: str) -> None:
    """Take away what agents pushed for a resource."""
    for row in session.scalars(Mapping.of_resource(resource_id)):
        inbox(connections.pushed_folder(), row.id).forget()


def fail(session: Session, now: datetime, who: Pushing, fault: RoadmapError) -> Run:
    """The source could not be read at the ministry: a failed load, as if the portal had tried.

    The caller commits.

    :raises RoadmapError: the operator has not opened the connection to agents
    """
    _require_open(who.mapping)
    who.token.used_at = now
    run = runs.begin(session, now, who.mapping, None)
    runs.fail(session, now, run, who.mapping, runs.describe(fault, "extract"))
    return run


def _require_open(mapping: Mapping) -> None:
    if not connections.is_pushed(mapping.connection):
        text = f"The connection {mapping.connection} is not open to agents."
        raise RoadmapError("push_closed", text, connection=mapping.connection)


def _hash(token: str) -> str:
    """Tokens are long and random: one round is enough."""
    return hashlib.sha256(token.encode()).hexdigest()
