"""Which body a publisher of another catalogue is: by STIR, name, title or a person's word; never guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.errors import ResponsibleError
from ckanext.roadmap.domain.identifier import parts
from ckanext.roadmap.domain.origin import Origin, Publisher
from ckanext.roadmap.model import Body, MovedPublisher
from ckanext.roadmap.services.bodies import Register

PERSON = "person"
MOST_CANDIDATES = 5


def settle(
    session: Session, now: datetime, connection: str, origins: Sequence[Origin], register: Register
) -> dict[str, MovedPublisher]:
    """The publishers of datasets, by key, each with its body where that is known; the caller commits."""
    known = {row.key: row for row in session.scalars(MovedPublisher.of_connection(connection))}
    found = {one.publisher.key: one.publisher for one in origins}
    for key, publisher in found.items():
        row = known.get(key)
        if row is None:
            known[key] = row = MovedPublisher(
                connection=connection, key=key, candidates=[], first_seen_at=now, body_id=None, how=None
            )
            session.add(row)
        row.title, row.stir, row.name = publisher.title.to_dict(), publisher.stir, publisher.name
        if row.body_id is None:
            _match(row, publisher, register, now, _codes(key, origins))
    session.flush()
    return known


def resolve(session: Session, now: datetime, row: MovedPublisher, body: Body, by: str) -> None:
    """A person tells which body it is; the caller commits."""
    row.body_id, row.how, row.by, row.resolved_at = body.id, PERSON, by, now


def _match(
    row: MovedPublisher, publisher: Publisher, register: Register, now: datetime, codes: list[str]
) -> None:
    """By the first thing that means exactly one body; titles in several languages must agree."""
    near: list[str] = []
    ways: Mapping[str, list[str]] = {
        "stir": [publisher.stir],
        "name": [publisher.name],
        "title": list(publisher.title.to_dict().values()),
    }
    for how, words in ways.items():
        meant, candidates = _meant(filter(None, words), register)
        near += [*meant, *candidates] if len(meant) != 1 else candidates
        if len(meant) == 1:
            row.body_id, row.how, row.resolved_at = register.id_of(meant[0]), how, now
            row.candidates = []
            return
    near = [*_meant(codes, register)[0], *near]
    row.candidates = list(dict.fromkeys(near))[:MOST_CANDIDATES]


def _meant(words: Iterable[str], register: Register) -> tuple[list[str], list[str]]:
    """The bodies that words mean, and those that they might."""
    meant: dict[str, None] = {}
    near: list[str] = []
    for word in words:
        try:
            meant[register.names.match(word)] = None
        except ResponsibleError as error:
            near += cast("list[str]", error.params.get("candidates") or [])
    return list(meant), near


def _codes(key: str, origins: Sequence[Origin]) -> list[str]:
    """The codes of bodies with which the identifiers of a publisher's datasets begin: a hint, no proof."""
    found = (parts(one.identifier) for one in origins if one.publisher.key == key)
    return list(dict.fromkeys(pair[0] for pair in found if pair))
