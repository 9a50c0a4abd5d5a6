"""Which blocks of a document stand together: a heading with what it heads, a line with its code."""

from __future__ import annotations

from collections.abc import Iterator

from .blocks import Block, Code, Document, Grid, Heading, Line

SHORT = 12
"""A table of so many rows or fewer stands on one page."""


def is_short(grid: Grid) -> bool:
    """Whether a table is so short that it is not split over pages."""
    return len(grid.rows) <= SHORT


def leads(block: Block, following: Block | None) -> bool:
    """Whether a block must not be the last of a page."""
    if isinstance(block, Heading):
        return True
    return isinstance(block, Line) and isinstance(following, Code | Grid)


def paired(document: Document) -> Iterator[tuple[Block, bool]]:
    """Each block, and whether it stays with the next."""
    following = (*document.blocks[1:], None)
    for block, after in zip(document.blocks, following, strict=True):
        yield block, leads(block, after)


def groups(document: Document) -> Iterator[list[Block]]:
    """The blocks that stay together, from the one that leads to the one that is led."""
    group: list[Block] = []
    for block, stays in paired(document):
        group.append(block)
        if not stays:
            yield group
            group = []
    if group:
        yield group
