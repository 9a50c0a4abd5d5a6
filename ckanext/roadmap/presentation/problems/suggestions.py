"""Suggestions: what their box refuses."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem, cell

SUGGESTIONS: dict[str, Problem] = {
    "suggestion_step_refused": Problem(
        _("Suggestion {number} is {state} and can't become {to}."), _("It may become: {accepted}.")
    ),
    "odin_file": Problem(
        _("The file is no ODIN assessment."), _("Give its JSON with categories, criteria and marks.")
    ),
    "barometer_file": Problem(
        _("The file is no answer sheet of the Global Data Barometer."),
        _("Give its CSV of the country as it was published."),
    ),
    "gap_form": Problem(
        _("The file is no form of gaps."), _("Give a list of objects with key, title, year, mark, full.")
    ),
    "mark_form": cell(_("Write a number from 0 to the full mark, for example 0.5.")),
    "year_form": cell(_("Write the year with four digits.")),
    "token_bad": Problem(
        _("This link was not made by the portal."), _("Open the whole link from the mail, or send it again.")
    ),
    "token_expired": Problem(_("This link is too old."), _("Send your suggestion, voice or comment again.")),
    "too_many": Problem(_("Too many messages came from you today."), _("Come back tomorrow.")),
    "second_own": Problem(_("This is your own suggestion."), _("It counts without a second voice of yours.")),
    "seconded_already": Problem(_("You have given your voice already."), _("It counts once.")),
    "suggestion_closed": Problem(
        _("This suggestion takes no more voices and comments."), _("Suggest the dataset anew if you need it.")
    ),
    "merge_itself": Problem(
        _("A suggestion can't be merged into itself."), _("Give the number of the other one.")
    ),
    "merge_closed": Problem(
        _("The other suggestion takes nobody in: it is closed or merged itself."),
        _("Give the number of one that is open, on the agenda, deferred or accepted."),
    ),
}
