"""What can be told of a statistical source without reading a value, by its kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from ckanext.roadmap.sources import api
from ckanext.roadmap.sources.look import Answer, Clock
from ckanext.roadmap.sources.places import Way

Check = Callable[[Way, str, Clock], Answer]
Signs = Callable[[Way, str, Mapping[str, Any]], Mapping[str, object] | None]
CHECKS: dict[str, Check] = {}
SIGNS: dict[str, Signs] = {}


def check(scheme: str) -> Callable[[Check], Check]:
    """Registers what looks at connections of a scheme."""

    def register(one: Check) -> Check:
        CHECKS[scheme] = one
        return one

    return register


def signs(scheme: str) -> Callable[[Signs], Signs]:
    """Registers what tells by itself whether a table has changed."""

    def register(one: Signs) -> Signs:
        SIGNS[scheme] = one
        return one

    return register


def check_table(way: Way, path: str, clock: Clock) -> Answer:
    """A look at a connection, or at one of its tables.

    :raises SourceError: it can't be reached, or refuses
    """
    return CHECKS.get(_scheme(way), api.check)(way, path, clock)


def signs_of(way: Way, path: str, read: Mapping[str, Any]) -> Mapping[str, object] | None:
    """Equal signs mean an equal table; None: only reading it can tell.

    :raises SourceError: it can't be reached, or is not there
    """
    found = SIGNS.get(_scheme(way))
    return found(way, path, read) if found else None


def _scheme(way: Way) -> str:
    return urlsplit(way.url).scheme.partition("+")[0]
