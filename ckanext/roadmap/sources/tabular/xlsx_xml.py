"""XML of any size, piece by piece: what is read of a piece is handed on before the next is taken."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import IO, Any, Generic, TypeVar
from xml.parsers.expat import ExpatError, ParserCreate

Found = TypeVar("Found")
Told = dict[str, str]
PIECE, MOST_PIECES, MOST_NAMES = 1 << 14, 256, 10_000
"""Bytes read at once; pieces of one text; names of elements."""


class Reading(Generic[Found]):
    """What is done at the elements that matter, by their names without a prefix.

    :ivar found: what has been read, until it is handed on
    :ivar begins, ends: what is done where an element begins, and ends
    """

    def __init__(self) -> None:
        self.found: list[Found] = []
        self.begins: dict[str, Callable[[Told], None]] = {}
        self.ends: dict[str, Callable[[], None]] = {}
        self._heard: list[str] = []
        self._hears = False

    def hear(self, _told: Told) -> None:
        """The text that follows is wanted."""
        self._heard.clear()
        self._hears = True

    def heard(self) -> str:
        """What was heard; nothing more is wanted."""
        self._hears = False
        return "".join(self._heard)

    def read(self, part: IO[bytes]) -> Iterator[Found]:
        """What is found.

        :raises ValueError: it is no XML, or declares a document type
        """
        parser = self._parser()
        try:
            while piece := part.read(PIECE):
                parser.Parse(piece)
                yield from self.found
                self.found.clear()
            parser.Parse(b"", True)
        except ExpatError:
            raise ValueError("no XML") from None
        yield from self.found

    def _parser(self) -> Any:
        begins, ends = _Local(self.begins), _Local(self.ends)

        def begin(name: str, told: Told) -> None:
            if action := begins[name]:
                action(told)

        def end(name: str) -> None:
            if action := ends[name]:
                action()

        def hear(text: str) -> None:
            if self._hears:
                self._heard.append(text)
                if len(self._heard) > MOST_PIECES:
                    raise ValueError("a text beyond all measure")

        parser = ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = begin, end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = hear, _refuse
        return parser


class _Local(dict[str, Any]):
    """Actions by the whole name of an element."""

    def __missing__(self, name: str) -> Any:
        if len(self) > MOST_NAMES:
            raise ValueError("too many kinds of elements")
        action = self[name] = self.get(name.rpartition(":")[2])
        return action


def _refuse(*_: object) -> None:
    raise ValueError("a document type")
