"""Takedowns of personal data: why an act is refused."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

TAKEDOWNS: dict[str, Problem] = {
    "takedown_stands": Problem(_("These data are taken down already."), _("Wait for the ruling.")),
    "takedown_ruled": Problem(_("This takedown has been ruled on already."), _("A ruling is final.")),
    "takedown_not_confirmed": Problem(
        _("Only data of a confirmed takedown are let back so."),
        _("Wait for the ruling, or look at its text."),
    ),
}
