"""Records of which somebody has found that none holds a line break, so that nobody need look again."""

from __future__ import annotations


class Flat(bytes):
    """Whole records, one a line."""

    __slots__ = ()
