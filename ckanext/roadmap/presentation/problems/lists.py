"""The approved list: terms, responsible bodies, and what may be done with a version."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem, cell

LISTS: dict[str, Problem] = {
    "frequency_unknown": Problem(_('Frequency "{value}" is unknown.'), _("Write one of: {accepted}.")),
    "due_rule_unfit": Problem(
        _('Due rule "{value}" does not fit frequency "{frequency}".'), _("Write {accepted}.")
    ),
    "days_out_of_range": Problem(
        _('Due rule "{value}" counts {days} days.'), _("Write a number from 1 to 366.")
    ),
    "no_such_date": Problem(_('Due rule "{value}" names a day that does not exist.'), _("Correct the date.")),
    "personal_class_unknown": cell(_("Write one of: {accepted}.")),
    "odin_category_unknown": cell(_("Write ODIN's numbers of categories, 1 to {last}, separated by ;.")),
    "odin_indicator_unknown": Problem(
        _('"{name}" is no indicator of ODIN.'),
        _("Write ODIN's letters of an indicator (COPI), an element of it (COPI:4) or of a category (13:4)."),
    ),
    "odin_indicator_whole": Problem(
        _('"{name}" names a whole category of ODIN.'),
        _("Write one of its indicators: {accepted}; or name the category in its own column."),
    ),
    "responsible_empty": Problem(
        _("Nobody is responsible."),
        _('Write "all", names of bodies, or "kind:region", separated by ";".'),
    ),
    "responsible_unfit": Problem(
        _('"{value}" is not understood.'),
        _('Write "kind:" and a kind of body, or "except:" and the name of a body.'),
    ),
    "kind_unknown": cell(_("Write one of: {accepted}.")),
    "body_unknown": Problem(
        _('"{value}" is not in the register of bodies.'),
        _("Correct the name, or import the body first."),
        _("Did you mean: {candidates}?"),
    ),
    "body_ambiguous": Problem(
        _('"{value}" may mean several bodies.'),
        _("Write the name, the code or the STIR of the body."),
        _("It may mean any of: {candidates}."),
    ),
    "list_immutable": Problem(
        _("List {year}/{number} can't be changed any more."),
        _("Import the revision as number {next} and have the commission approve it."),
    ),
    "list_step_refused": Problem(
        _("List {year}/{number} is {status}."),
        _(
            "Only a draft is changed or submitted, a draft or submitted version approved, a submitted "
            "version rejected, an approved version corrected."
        ),
    ),
    "list_exists": Problem(
        _("There is a list {year}/{number} already."), _("Leave the number out to get the next one.")
    ),
    "list_empty": Problem(_("List {year}/{number} holds no item."), _("Add items first.")),
    "code_issued": Problem(
        _("The code {item} was issued already."), _("Give a new one: codes are never used again.")
    ),
    "item_unknown": Problem(_("List {year}/{number} has no item {item}."), _("Check the code.")),
    "change_undone": Problem(_("The change is undone already."), _("Look at the item as it stands.")),
    "change_overtaken": Problem(
        _("{item} was changed since."), _("Undo the later change first, or change the item.")
    ),
    "nothing_corrected": Problem(_("Nothing would change."), _("Give the corrected text.")),
    "title_required": Problem(_("The title in Uzbek can't be emptied."), _("Give the corrected one.")),
    "once_a_year": Problem(
        _("A list was approved in {year} already, by decision {decision}."),
        _(
            "The list is revised at most once a calendar year. Wait for the next one, or record the "
            "commission's decision to set the rule aside."
        ),
    ),
    "in_force_later": Problem(_("The list before is in force from {day}."), _("Give a later day.")),
    "period_unknown": Problem(_('"{value}" names no period.'), _("Write one like {accepted}.")),
    "no_periods": Problem(_("A term due once has no calendar of periods.")),
    "rule_version_unknown": Problem(
        _('There is no version "{value}" of the status rule.'), _("Known: {accepted}.")
    ),
}
