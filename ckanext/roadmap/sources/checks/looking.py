"""One look at a database."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from ckanext.roadmap.sources.database import explain, reading
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.limits import Limits
from ckanext.roadmap.sources.look import Answer, Clock, Look, between, timed

from .base import CHECKS


def look_at(url: str, limits: Limits, clock: Clock) -> Look:
    """Connects, asks, and lets go.

    :raises SourceError: the source can't be reached or asked; scrubbed
    """
    kind = urlsplit(url).scheme.partition("+")[0]
    return timed(kind, lambda: _asked(url, limits, clock, "postgresql" if kind == "postgres" else kind))


def _asked(url: str, limits: Limits, clock: Clock, kind: str) -> Answer:
    found = CHECKS.get(kind)
    if found is None:
        raise unknown(kind)
    with reading(url, limits) as connection:
        before = clock()
        try:
            answer = found.ask(connection)
        except SQLAlchemyError as error:
            raise explain(error, url) from None
        return replace(answer, asked_at=between(before, clock()))


def unknown(kind: str) -> SourceError:
    """The error of a kind of source that brings no check."""
    return SourceError(
        "check_unknown",
        f"Sources of the kind {kind} cannot be checked beforehand.",
        "Load the mapping with --dry-run instead.",
        kind=kind,
    )
