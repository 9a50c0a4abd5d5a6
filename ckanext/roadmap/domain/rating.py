"""What an international rating found missing."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that a rating looks for and did not find, or found only in part.

    key       - names it within its rating, the same in each round
    mark      - what the rating gave, of `full`
    criterion - what was judged, in the rating's words
    source    - where the assessment can be read (empty: not told)
    """

    key: str
    title: str
    year: int
    mark: float
    full: float
    criterion: str
    what: str
    holder: str = ""
    source: str = ""


def is_gap(mark: float, full: float, *, partly: bool) -> bool:
    """Whether a mark tells of a gap: nothing was found, or (*partly*) at most half."""
    return 0 <= mark <= (full / 2 if partly else 0)
