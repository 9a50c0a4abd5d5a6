"""Files of the approved list and of the register of bodies: what is wrong with a cell or with the file."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem, cell

SHEETS: dict[str, Problem] = {
    "empty": Problem(_("The file is empty."), _("Give a file with a header row and rows below it.")),
    "empty:code": Problem(_("The list holds no item."), _("Add a row for each item.")),
    "column_missing": Problem(_("There is no such column."), _("Add it to the header row.")),
    "column_twice": Problem(_("The header names it twice."), _("Name each column once.")),
    "too_many_cells": Problem(
        _("The row has more cells than the header."),
        _("Quote cells that hold a comma, or name the extra columns in the header."),
    ),
    "encoding": Problem(_("The encoding of the text is not known."), _("Save the file as CSV in UTF-8.")),
    "csv": Problem(_("The row cannot be read as CSV."), _("Mend the quoting of this row.")),
    "xlsx": Problem(
        _("The file is not a workbook."), _("Open it in a spreadsheet program and save it as XLSX.")
    ),
    "too_large": Problem(
        _("The workbook is far too large for a list, or has a forgotten cell far from the others."),
        _("Copy the rows into a new workbook and give that."),
    ),
    "nul": Problem(_("The cell holds a NUL character."), _("Write the cell anew.")),
    "required": cell(_("Fill it in.")),
    "required:title_uz": cell(_("Give the name in Uzbek.")),
    "required:sphere": cell(_("Name the sphere.")),
    "required:effective": cell(_("Give the day as YYYY-MM-DD.")),
    "required:from_body": cell(_("Give the name of the body that ended.")),
    "required:body": cell(_("Name the body that succeeds.")),
    "code_form": cell(_("Write a code such as E-01 or 1-002-0001.")),
    "body_code_form": cell(_("Write the code as d-ddd, for example 1-002.")),
    "name_form": cell(_("Use 2 to 100 of a-z, 0-9, - and _.")),
    "region_unknown": cell(_("Give a SOATO code that begins with one of the 14 regions.")),
    "day_form": cell(_("Give the day as YYYY-MM-DD.")),
    "place_unknown": cell(_("Write one or more of {accepted}, separated by ;.")),
    "column_form": Problem(_('"{name}" is no column name.'), _("Use letters, digits and _.")),
    "column_type_unknown": Problem(_('"{name}" is no type of a column.'), _("Write one of: {accepted}.")),
    "flag_form": cell(_("Write yes or no.")),
    "twice": Problem(_('"{value}" stands in row {first} too.'), _("Let each stand once.")),
}
