"""One look at a connection."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sqlalchemy.exc import SQLAlchemyError

from ckanext.roadmap.sources.database import explain, reading
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.limits import Limits

from .base import CHECKS, Answer


@dataclass(frozen=True, slots=True)
class Look:
    """What a look at a connection found; neither host nor user.

    :ivar kind: kind of source
    :ivar skew: seconds by which the source's clock is ahead of the portal's; None: it has none
    :ivar milliseconds: how long connecting and asking took
    """

    kind: str
    answer: Answer
    skew: float | None
    milliseconds: int


def look_at(url: str, limits: Limits, clock: Callable[[], datetime]) -> Look:
    """Connects, asks, and lets go.

    :raises SourceError: the source can't be reached or asked; scrubbed
    """
    kind = urlsplit(url).scheme.partition("+")[0]
    begun = time.monotonic()
    answer, skew = _file(url) if kind == "file" else _database(url, limits, clock, kind)
    return Look(kind, answer, skew, round(1000 * (time.monotonic() - begun)))


def _database(
    url: str, limits: Limits, clock: Callable[[], datetime], kind: str
) -> tuple[Answer, float | None]:
    found = CHECKS.get(kind)
    if found is None:
        raise _unknown(kind)
    with reading(url, limits) as connection:
        before = clock()
        try:
            answer = found.ask(connection)
        except SQLAlchemyError as error:
            raise explain(error, url) from None
        middle = before + (clock() - before) / 2
    return answer, (answer.now - middle).total_seconds() if answer.now else None


def _file(url: str) -> tuple[Answer, None]:
    path = Path(unquote(urlsplit(url).path))
    if not os.access(path, os.R_OK):
        raise SourceError(
            "file_unreadable",
            f"The file {path.name} cannot be read (it is missing, or closed to the portal).",
            "Check that it exists and that the portal's user may read it.",
            name=path.name,
            detail="-",
        )
    return Answer("", None, ("WRITE",) if os.access(path, os.W_OK) else ()), None


def _unknown(kind: str) -> SourceError:
    return SourceError(
        "check_unknown",
        f"Sources of the kind {kind} cannot be checked beforehand.",
        "Load the mapping with --dry-run instead.",
        kind=kind,
    )
