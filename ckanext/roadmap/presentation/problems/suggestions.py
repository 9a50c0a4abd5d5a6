"""Suggestions: what their box refuses."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

SUGGESTIONS: dict[str, Problem] = {
    "suggestion_step_refused": Problem(
        _("Suggestion {number} is {state} and can't become {to}."), _("It may become: {accepted}.")
    ),
}
