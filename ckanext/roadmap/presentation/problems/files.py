"""Files of a run: why one was left out; and loads that somebody ended."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

FILES: dict[str, Problem] = {
    "xlsx_columns": Problem(
        _("A sheet of a workbook holds at most {most} columns, and the table has {found}."),
        _("Use another format for this table."),
    ),
    "xlsx_long_text": Problem(
        _("A cell of a workbook holds at most {most} signs, and the table has a text of {found}."),
        _("Use another format for this table."),
    ),
    "run_ended": Problem(_("This load has ended already, or its rows are public by now.")),
    "cancelled": Problem(
        _("The load was cancelled."), _("Nothing was changed. Load again when it is wanted.")
    ),
}
