"""Finds words that stand in a template without a mark for translation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from jinja2 import Environment

from ckanext.roadmap.domain.uzbek_words import LATIN_NAMES

_WORD = re.compile(r"[^\W\d_]{2,}")
_ATTRIBUTES = {"title", "alt", "placeholder", "aria-label", "content"}
_SILENT = {"script", "style", "code", "pre"}
_HOLE = "\x00"


def find(path: Path) -> Iterator[tuple[int, str]]:
    """Line and text of every visible literal of a template."""
    reader = _Reader()
    reader.feed(_without_code(path.read_text(encoding="utf-8")))
    reader.close()
    yield from reader.found


def _without_code(source: str) -> str:
    """The template's own text; each expression becomes a hole, what a tag spanned keeps its lines."""
    kept: list[str] = []
    in_translation = closing = False
    tokens = list(Environment(autoescape=True).lex(source))
    for place, (_, kind, value) in enumerate(tokens):
        if kind == "data" and not in_translation:
            kept.append(value)
            continue
        kept.append("\n" * value.count("\n") + (_hole(kept) if kind == "variable_begin" else ""))
        if kind == "block_begin":
            name = next(text for _, part, text in tokens[place + 1 :] if part == "name")
            in_translation, closing = in_translation or name == "trans", name == "endtrans"
        elif kind == "block_end" and closing:
            in_translation = closing = False
    return "".join(kept)


def _hole(before: list[str]) -> str:
    """What stands for an expression: a letter where it names a tag, else a sign no text has."""
    return "x" if "".join(before[-2:]).endswith(("<", "</")) else _HOLE


class _Reader(HTMLParser):
    """Collects visible text with words of its own."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, Any]]) -> None:
        if tag in _SILENT:
            self._silent.append(tag)
        for name, value in attrs:
            if name in _ATTRIBUTES and value and tag != "meta":
                self._read(value)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            self._silent.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._read(data)

    def _read(self, text: str) -> None:
        words = [word for word in _WORD.findall(text.replace(_HOLE, " ")) if word not in LATIN_NAMES]
        if words:
            self.found.append((self.getpos()[0], " ".join(text.replace(_HOLE, "…").split())))
