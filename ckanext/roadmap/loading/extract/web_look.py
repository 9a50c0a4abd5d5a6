"""What is asked over the web is looked at as an interface, unless its kind brings its own."""

from __future__ import annotations

from ckanext.roadmap.loading.plan import SourceAccess
from ckanext.roadmap.sources import api
from ckanext.roadmap.sources.look import Clock, Look, timed
from ckanext.roadmap.sources.places import Way


def look(kind: str, access: SourceAccess, table: str, clock: Clock) -> Look:
    """Logs in and asks for the head of an answer."""
    way = Way(access.url, access.limits, access.reach, access.options)
    return timed(kind, lambda: api.check(way, table, clock))
