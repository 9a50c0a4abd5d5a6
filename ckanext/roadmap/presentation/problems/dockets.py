"""Dockets of the commission: why a step is refused."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

DOCKETS: dict[str, Problem] = {
    "docket_step_refused": Problem(
        _("Docket {docket} has gone on: this can't be done with it any more, or not yet."),
        _(
            "Entries are changed while it is a draft, opinions given until the first decision, decisions "
            "recorded once it was sent, and it is closed when it was held."
        ),
    ),
    "docket_too_early": Problem(
        _("Docket {docket} is for the sitting of {day}."), _("Record decisions from that day on.")
    ),
    "docket_reason_missing": Problem(
        _("A rejection without a reason can't be recorded."), _("Say why, so that the author can be told.")
    ),
    "docket_votes_many": Problem(
        _("{cast} votes were given, but {present} are recorded as present."), _("Mend one of them.")
    ),
    "docket_votes_against": Problem(
        _("What is accepted needs more votes in favour than against."), _("Check the votes or the decision.")
    ),
    "docket_empty": Problem(_("Docket {docket} has no entry."), _("Add entries first.")),
    "docket_undecided": Problem(
        _("Entries {entries} of docket {docket} have no decision."),
        _("Record it; what was not reached is deferred."),
    ),
    "docket_title_missing": Problem(_("The entry has no title."), _("Give one, or name a suggestion.")),
    "docket_suggestion_unknown": Problem(_("There is no suggestion {number}."), _("Check the number.")),
    "docket_suggestion_state": Problem(
        _("Suggestion {number} does not wait for the commission."),
        _("Only open or deferred ones are put in a docket."),
    ),
    "docket_suggestion_taken": Problem(
        _("Suggestion {number} stands in docket {docket} already."), _("Take it out there first.")
    ),
    "docket_not_deferred": Problem(
        _("Only a deferred entry that no later docket holds is taken up again."),
        _("Add a new entry instead."),
    ),
    "docket_decided": Problem(
        _("Entry {entry} of docket {docket} is decided already."), _("A decision is final.")
    ),
    "docket_list_missing": Problem(
        _("Docket {docket} feeds no draft of the list."), _("Choose a draft before accepting anything.")
    ),
}
