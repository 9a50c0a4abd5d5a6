"""Styles of paging: each a small class that turns the answer before into the next question."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from .errors import ApiError


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: where it came from, its document, how many records are in it, and how many came so far."""

    url: str
    headers: Mapping[str, str]
    document: Any
    records: int
    taken: int


class Paging(ABC):
    """A style of paging.

    :cvar style: its name in mappings
    """

    style: ClassVar[str]

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options

    def first(self, url: str) -> str:
        """The first question."""
        return url

    @abstractmethod
    def next(self, page: Page) -> str | None:
        """The question after a page; None: it was the last."""

    def total(self, page: Page) -> int | None:
        """How many records there are in all, where the mapping says where that is told."""
        name = self.options.get("total")
        if not name:
            return None
        found = page.headers.get(str(name).lower(), at(page.document, str(name)))
        return int(found) if str(found).isdigit() else None


class Whole(Paging):
    """All records in one answer."""

    style = "none"

    def next(self, page: Page) -> str | None:
        """There is none."""
        return None


Kind = TypeVar("Kind", bound=type[Paging])
STYLES: dict[str, Callable[[Mapping[str, Any]], Paging]] = {}


def paging(kind: Kind) -> Kind:
    """Registers a style."""
    STYLES[kind.style] = kind
    return kind


paging(Whole)


def style_of(options: Mapping[str, Any]) -> Paging:
    """The style that a mapping names.

    :raises ApiError: there is none of that name
    """
    found = STYLES.get(str(options.get("style", "none")))
    if found is None:
        raise ApiError("api_paging_unknown")
    return found(options)


def with_parameters(url: str, values: Mapping[str, object]) -> str:
    """The address with these parameters in place of those of the same names."""
    parts = urlsplit(url)
    kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in values]
    query = urlencode([*kept, *((name, str(value)) for name, value in values.items())])
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def at(document: Any, path: str) -> Any:
    """The value at a dotted path of a document, or nothing."""
    here = document
    for step in path.split("."):
        if not isinstance(here, Mapping):
            return None
        here = here.get(step)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    return here  # pyright: ignore[reportUnknownVariableType]
