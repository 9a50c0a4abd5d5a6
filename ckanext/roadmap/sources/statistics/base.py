"""What every kind of statistical source gives: records with one value, its period and what it is about.

A kind is a function in a file of its own, with the decorator `@dialect`, imported in `__init__`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol, cast
from urllib.parse import quote, urljoin, urlsplit

from ckanext.roadmap.sources.api import Client
from ckanext.roadmap.sources.api.client import Answer
from ckanext.roadmap.sources.api.errors import ApiError
from ckanext.roadmap.sources.http import Question
from ckanext.roadmap.sources.http.login import without_login
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.tabular.normal import Record


class Getter(Protocol):
    """Who asks an address patiently."""

    def get(self, url: str, question: Question | None = None) -> Answer:
        """A good answer."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted of a source.

    :ivar base: its address
    :ivar url: the address of the table
    :ivar select: values of variables that are wanted; a variable that is not named is wanted whole
    :ivar sleep: how to wait
    """

    client: Getter
    base: str
    url: str
    select: Mapping[str, Any] = field(default_factory=dict[str, Any])
    sleep: Callable[[float], None] = time.sleep

    def json(self, url: str, question: Question | None = None) -> Any:
        """The document at an address.

        :raises SourceError: there is none
        """
        body = self.client.get(url, question).body.removeprefix(b"\xef\xbb\xbf")
        try:
            return json.loads(body, parse_float=Decimal)
        except (ValueError, RecursionError):
            raise ApiError("api_not_json") from None


Dialect = Callable[[Ask], Iterator[Record]]
DIALECTS: dict[str, Dialect] = {}


def dialect(scheme: str) -> Callable[[Dialect], Dialect]:
    """Registers what reads the addresses of a scheme."""

    def register(one: Dialect) -> Dialect:
        DIALECTS[scheme] = one
        return one

    return register


def read_values(way: Way, path: str, read: Mapping[str, Any]) -> Iterator[Record]:
    """Every value of a table.

    :param path: what comes after the connection's address
    :raises SourceError: it can't be read whole
    """
    base = without_login(way.url)
    url = urljoin(base, quote(path, "/?&=%*,+:")) if base.endswith("/") else base
    select = cast("Mapping[str, Any]", read.get("select") or {})
    ask = Ask(Client(way, url), base, url, select, time.sleep)
    return DIALECTS[urlsplit(way.url).scheme.partition("+")[0]](ask)
