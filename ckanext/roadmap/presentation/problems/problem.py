"""One problem: what is wrong, and what to do; the texts have named places for the error's params."""

from __future__ import annotations

from dataclasses import dataclass

from ckanext.roadmap.presentation.marks import mark as _

CELL = _('"{value}" cannot be taken.')
EMPTY_CELL = _("The cell is empty.")


@dataclass(frozen=True, slots=True)
class Problem:
    """Texts of a code, marked for translation; `hint` is told only where its params are there."""

    problem: str
    remedy: str = ""
    hint: str = ""


def cell(remedy: str) -> Problem:
    """A cell that can't be taken as it is, or is empty."""
    return Problem(CELL, remedy)
