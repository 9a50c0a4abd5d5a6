"""A system may be read over several connections: each is a part of every section."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ckanext.roadmap.presentation.documents.blocks import Block, Heading
from ckanext.roadmap.presentation.documents.writing import Writing
from ckanext.roadmap.presentation.tables import Row

from .kinds import kind_for

BLANK = "____________________"


def each(
    guide: Row, writing: Writing, section: int, told: Callable[[Row], Iterator[Block]]
) -> Iterator[Block]:
    """What is told of each connection."""
    parts = guide["parts"]
    for number, part in enumerate(parts, 1):
        if len(parts) > 1:
            name = part["connection"] or BLANK
            title = writing.say(kind_for(part["kind"]).title)
            yield Heading(f"{section}.{number}. {title}: {name}", part=True)
        yield from told(part)
