"""What an official document is made of; every text is already in the document's language."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Title:
    """A line in the middle of the page; a strong one is set bold and larger."""

    text: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Columns:
    """Two texts on one line, at its two ends."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a section, or of a part inside one; it stays with what follows."""

    text: str
    part: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph, with what it is about in bold before it."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Steps:
    """Paragraphs that are done one after another, with their numbers."""

    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Code:
    """Lines to be typed or run as they are."""

    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with a head; `shares` are the widths of its columns."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What follows begins on a new page."""


@dataclass(frozen=True, slots=True)
class Signature:
    """An office, room for a hand, and a name."""

    office: str
    name: str


Block = Title | Columns | Heading | Line | Steps | Code | Grid | Page | Signature


@dataclass(frozen=True, slots=True)
class Document:
    """A document with its title, its language as CKAN names it, and its blocks."""

    title: str
    lang: str
    blocks: tuple[Block, ...]

    @property
    def titled(self) -> tuple[tuple[str, Block], ...]:
        """The blocks with the names of their kinds, for templates."""
        return tuple((type(block).__name__.lower(), block) for block in self.blocks)

    @property
    def language(self) -> str:
        """The language as files name it."""
        return {"uz": "uz-Latn-UZ", "uz_Cyrl": "uz-Cyrl-UZ", "ru": "ru-RU", "en": "en-GB"}[self.lang]
