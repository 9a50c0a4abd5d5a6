"""CSV and TSV: the whole file tells encoding, delimiter and types."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ckanext.roadmap.sources.delimited import Layout, guess, look, text_columns

from .base import Ask, Tabular, table_format, unreadable

PACKED = b"PK\x03\x04"
"""A ZIP, or a workbook, begins with it."""
MOMENTS = ("date", "timestamp", "timestamptz")


class DelimitedTable(Tabular):
    """A delimited file.

    :param texts: columns whose values are texts at their source: what looks like a number stays one of them
    :param hidden: columns of our own making
    """

    def __init__(
        self, layout: Layout, texts: frozenset[str] = frozenset(), hidden: frozenset[str] = frozenset()
    ) -> None:
        self.layout = self._open = layout
        self.header = tuple(name for name in layout.header if name not in hidden)
        self.rows = layout.records
        self._texts = texts

    def types(self, names: Sequence[str]) -> dict[str, str]:
        """By every value."""
        found = guess(self._open, names) if names else {}
        return {
            name: "text" if name in self._texts and kind not in MOMENTS else kind
            for name, kind in found.items()
        }

    def columns(self, names: Sequence[str]) -> Iterator[list[Any]]:
        """As the file has them."""
        return text_columns(self._open, names)


@table_format("csv", "tsv", "tab", "txt")
def open_delimited(path: Path, ask: Ask) -> Tabular:
    """A delimited file as it is.

    :raises SourceError: it is something packed, whatever its name says
    """
    with path.open("rb") as file:
        if file.read(len(PACKED)) == PACKED:
            raise unreadable("CSV", ask.name)
    return DelimitedTable(look(path))
