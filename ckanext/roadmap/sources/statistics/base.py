"""What every kind of statistical source gives: records with one value, its period and what it is about.

A kind is a function in a file of its own, with the decorator `@dialect`, imported in `__init__`.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, BinaryIO, Protocol, cast
from urllib.parse import quote, urljoin, urlsplit

from ckanext.roadmap.sources.about import About
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

    def bring(
        self, url: str, into: BinaryIO, question: Question | None = None, most: int | None = None
    ) -> Mapping[str, str]:
        """A good answer, written into a file."""
        ...


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted of a source.

    :ivar base: its address
    :ivar path: the table at it, as the mapping names it
    :ivar read: how the mapping wants it to be read
    :ivar wanted: names of the values that are wanted; none: all of them
    :ivar way: how to get to files of it
    :ivar sleep: how to wait
    """

    client: Getter
    base: str
    path: str
    read: Mapping[str, Any] = field(default_factory=dict[str, Any])
    wanted: tuple[str, ...] = ()
    way: Way | None = None
    sleep: Callable[[float], None] = time.sleep

    @property
    def url(self) -> str:
        """The address of the table."""
        return self.at(self.path)

    @property
    def select(self) -> Mapping[str, Any]:
        """Values of variables that are wanted; a variable that is not named is wanted whole."""
        return cast("Mapping[str, Any]", self.read.get("select") or {})

    def at(self, path: str) -> str:
        """The address of something of the source."""
        return urljoin(self.base, quote(path, "/?&=%*,+:")) if self.base.endswith("/") else self.base

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


Teller = Callable[[Ask], About]
TELLERS: dict[str, Teller] = {}


def about(scheme: str) -> Callable[[Teller], Teller]:
    """Registers what tells of a table beside its rows."""

    def register(one: Teller) -> Teller:
        TELLERS[scheme] = one
        return one

    return register


def about_table(way: Way, path: str, read: Mapping[str, Any]) -> About:
    """What the source tells of a table; nothing where its kind has no words for it.

    :raises SourceError: it can't be asked
    """
    teller = TELLERS.get(_scheme(way))
    return teller(_ask(way, path, read, ())) if teller else About()


def read_values(
    way: Way, path: str, read: Mapping[str, Any], wanted: tuple[str, ...] = ()
) -> Iterator[Record]:
    """Every value of a table.

    :param path: what comes after the connection's address
    :raises SourceError: it can't be read whole
    """
    return DIALECTS[_scheme(way)](_ask(way, path, read, wanted))


def _scheme(way: Way) -> str:
    return urlsplit(way.url).scheme.partition("+")[0]


def _ask(way: Way, path: str, read: Mapping[str, Any], wanted: tuple[str, ...]) -> Ask:
    base = without_login(way.url)
    return Ask(Client(way, base), base, path, read, wanted, way, time.sleep)
