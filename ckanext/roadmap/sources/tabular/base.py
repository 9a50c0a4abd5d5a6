"""What every format gives, and how one is asked for.

A format is a function with the decorator `@table_format` in a file of its own, imported in `__init__`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ckanext.roadmap.sources.delimited import Layout
from ckanext.roadmap.sources.errors import SourceError


@dataclass(frozen=True, slots=True)
class Ask:
    """What is wanted of a file.

    :ivar scratch: a folder for what has to be unpacked or written anew
    :ivar name: the file's name, for its ending and for messages
    :ivar wanted: names of columns; none: all of them
    :ivar options: how to read: `format`, `sheet`, `header_row`, `record`, `member`
    :ivar bytes: most bytes that may come out of it
    :ivar ratio: how many times it may grow when it is unpacked
    """

    scratch: Path
    name: str = "file"
    wanted: tuple[str, ...] | None = None
    options: Mapping[str, Any] = field(default_factory=dict[str, Any])
    bytes: int = 2 * 2**30
    ratio: int = 200


class Tabular(ABC):
    """A file that is open as a table.

    :ivar header: names of its columns
    :ivar rows: how many rows it has
    :ivar layout: how its bytes are laid out, where they are CSV
    """

    header: tuple[str, ...]
    rows: int
    layout: Layout | None = None

    @abstractmethod
    def types(self, names: Sequence[str]) -> dict[str, str]:
        """The DataStore's types of these columns."""

    @abstractmethod
    def columns(self, names: Sequence[str]) -> Iterator[list[Any]]:
        """These columns as Arrow's texts, some thousand rows at a time."""


FREE = 1024 * 1024
"""Bytes that may come out of anything, however small."""
Opener = Callable[[Path, Ask], Tabular]
_FORMATS: dict[str, Opener] = {}


def table_format(*names: str) -> Callable[[Opener], Opener]:
    """Registers a format by the endings of its files' names."""

    def register(opener: Opener) -> Opener:
        _FORMATS.update(dict.fromkeys(names, opener))
        return opener

    return register


def formats() -> tuple[str, ...]:
    """All formats by the endings of their names."""
    return tuple(sorted(_FORMATS))


def opener_of(name: str) -> Opener | None:
    """What opens a format."""
    return _FORMATS.get(name.lower().lstrip("."))


def refuse_bomb(size: int, packed: int, ask: Ask) -> None:
    """Refuse what grows too much when it is unpacked.

    :raises SourceError: it does
    """
    if size > FREE and size > max(packed, 1) * ask.ratio:
        raise SourceError(
            "file_bomb", f"Unpacked, {ask.name} grows more than {ask.ratio} times; reading stopped.",
            "Look at it where it is made; if it is right, give it unpacked, as CSV.",
            name=ask.name, ratio=ask.ratio,
        )  # fmt: skip


def unreadable(kind: str, name: str, detail: str = "") -> SourceError:
    """The error of a file that is not what it says it is, or is cut off."""
    return SourceError(
        "file_broken", f"The file {name} cannot be read as {kind}.",
        "It may be cut off or of another format: open it at its source, save it anew, and give its format "
        "in the mapping (read: {format: …}).", name=name, kind=kind, detail=detail[:200],
    )  # fmt: skip
