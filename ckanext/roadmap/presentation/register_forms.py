"""The form with which a coordinator imports the register of bodies."""

from __future__ import annotations

from dataclasses import replace

from .acts import Field, Form
from .marks import mark as _
from .tables import Column, Table, at

IMPORT = Form(
    "import",
    "roadmap_body_import",
    _("Import the register"),
    _(
        "First the files are compared with the register, and every change is shown. Nothing is written "
        "before you have seen it."
    ),
    _("Compare"),
    (
        Field("upload", _("Register of bodies, CSV or XLSX"), "file"),
        Field("successions", _("What became of bodies, CSV or XLSX"), "file", required=False),
        Field(
            "effective",
            _("Day from which the changes hold"),
            "date",
            required=False,
            hint=_("If it is left empty, today. Pages of earlier days keep the old names."),
        ),
        Field("act", _("The act that changes them"), required=False),
    ),
    lambda _row: ["register"],
)
AGAIN = replace(
    IMPORT,
    title=_("Compare other files"),
    fields=tuple(replace(field, required=False) for field in IMPORT.fields),
)
FAULTS = Table(
    "faults",
    _("What can't be taken"),
    (
        Column("row", _("Row"), at("row"), kind="code"),
        Column("file", _("File"), at("file"), kind="body_file"),
        Column("column", _("Field"), at("column"), kind="body_field"),
        Column("problem", _("What is wrong"), at("problem")),
        Column("remedy", _("What to do"), at("remedy")),
    ),
)
FILES: dict[str, str] = {
    "upload": _("Register of bodies"),
    "successions": _("What became of bodies"),
}
