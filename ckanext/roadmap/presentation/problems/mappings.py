"""Mapping files: what is wrong with a field."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

_UNKNOWN = _("There is no such field: {value}.")
_KNOWN = _("Known: {accepted}.")
_NO_NAME = _('"{value}" is no name.')
_SIGNS = _("Use a-z, 0-9, - and _.")
_NO_FIELDS = _("It is not a set of fields.")

MAPPINGS: dict[str, Problem] = {
    "mapping_public_unknown": Problem(_("There is no kind of personal data {value}."), _("Use {accepted}.")),
    "mapping_gate_switch": Problem(_('"{value}" is no switch.'), _("Write true or false.")),
    "mapping_gate_percent": Problem(_('"{value}" is no percentage.'), _("Write a whole number, such as 50.")),
    "mapping_yaml": Problem(_("This is not YAML ({detail})."), _("Correct that line.")),
    "mapping_none": Problem(_("The file holds no mapping."), _("Write at least one.")),
    "mapping_twice": Problem(_("The file has it twice."), _("Give each mapping its own.")),
    "mapping_no_fields": Problem(_NO_FIELDS, _("Write `field: value`.")),
    "mapping_no_fields:dataset": Problem(_NO_FIELDS, _("Give name and title.")),
    "mapping_missing": Problem(_("It is missing."), _("Add it.")),
    "mapping_missing:dataset.title": Problem(_("It is missing."), _("Give it in uz, ru and en.")),
    "mapping_missing:schedule.cron": Problem(
        _("Hours are given, and no moment."), _("Choose how often it is read within them.")
    ),
    "mapping_field_unknown": Problem(_UNKNOWN, _KNOWN),
    "mapping_name_form": Problem(_NO_NAME, _SIGNS),
    "mapping_connection_form": Problem(
        _("It is no connection's name."),
        _("Write the name alone; address and password belong to the portal's configuration."),
    ),
    "mapping_no_list": Problem(_("It is not a list."), _("Write `- name: …` lines.")),
    "mapping_column_twice": Problem(_("It is there twice."), _("Remove one.")),
    "mapping_column_form": Problem(
        _("It is not a column's name."), _("Use up to 63 signs, not beginning with _.")
    ),
    "mapping_type_unknown": Problem(_("There is no type {value}."), _("Use one of {accepted}.")),
    "mapping_column_unknown": Problem(
        _("{value} is not among the columns."), _("Add it, name another, or leave the field out.")
    ),
    "mapping_format_unknown": Problem(_("There is no format {value}."), _("Use {accepted}.")),
    "mapping_switch": Problem(_("{value} is not known."), _("Write on, off or later.")),
    "mapping_read_value": Problem(
        _("{value} cannot stand there."), _("The guide to files and interfaces tells what each field takes.")
    ),
    "mapping_rule_unknown": Problem(_("There is no rule {value}."), _("Use one of {accepted}.")),
    "mapping_contract_value": Problem(
        _("{value} cannot stand there."), _("The page on gates tells what each rule takes.")
    ),
    "mapping_contract_long": Problem(_("It has more than {most} rules."), _("Keep those that matter.")),
    "mapping_other_name": Problem(
        _("This is the mapping {value}."), _("Keep its name; import a mapping of another name as a new one.")
    ),
    "mapping_name_taken": Problem(
        _("There is a mapping {value} already."), _("Open it to change it, or take another name.")
    ),
    "mapping_dataset_taken": Problem(
        _("There is a dataset {value} already."), _("Take another name for the dataset.")
    ),
    "mapping_field_shown": Problem(
        _("The form has a field of its own for {value}."), _("Take it out here, and fill in the field.")
    ),
    "mapping_missing:columns": Problem(_("No column is ticked."), _("Tick those that may be published.")),
    "mapping_cron:schedule.cron": Problem(
        _('"{value}" is no line of cron.'),
        _("Fill in time and day; a line of cron has minute, hour, day, month and day of the week."),
    ),
    "mapping_single": Problem(_("There is more than one mapping."), _("Leave one; a file may hold several.")),
    "mapping_outdated": Problem(
        _("The mapping was changed since you opened it."), _("Open it again and repeat your change.")
    ),
    "mapping_window": Problem(
        _('"{value}" is no window of time.'), _("Write the hours by the portal's clock, such as 22:00-06:00.")
    ),
    "mapping_cron": Problem(
        _('"{value}" is no line of cron.'),
        _("Write minute, hour, day, month and day of the week, such as `30 2 * * 1-5`."),
    ),
    "mapping_since_needs": Problem(
        _("It is missing."), _("Who asks for changes alone (read.since) names key and watermark_column.")
    ),
    "mapping_row_floor": Problem(
        _("It is not a number."), _("Write the least number of rows, 0 to accept none.")
    ),
    "mapping_no_text": Problem(_("It is not a text."), _("Give it in uz, uz_Cyrl, ru, en.")),
    "mapping_language_unknown": Problem(_("There is no language {value}."), _("Use {accepted}.")),
    "mapping_item_unknown": Problem(
        _("No approved or drafted list has the item {value}."), _("Correct the code.")
    ),
    "mapping_body_unknown": Problem(
        _("The register has no body {value}."), _("Use its name there, or import it first.")
    ),
}
