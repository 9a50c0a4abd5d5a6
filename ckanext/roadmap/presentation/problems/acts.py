"""Acts on deadlines: why one is refused."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem

ACTS: dict[str, Problem] = {
    "not_ended": Problem(_("The period has not ended yet."), _("Wait until it has.")),
    "already_met": Problem(_("This deadline is met already; nothing more is needed.")),
    "window_over": Problem(
        _("The time in which data count for this deadline is over."), _("Publish the data, or object.")
    ),
    "no_publication": Problem(
        _("No public data of this obligation were seen."), _("Publish the data first.")
    ),
    "nothing_seen": Problem(
        _("The portal has not seen any data of this obligation."), _("Publish the data first.")
    ),
    "data_unreachable": Problem(
        _("The link to the data leads to nothing now, so nobody can confirm them."),
        _("Restore the file, have the link looked at, then confirm."),
    ),
    "already_attested": Problem(_("An officer has confirmed this deadline already.")),
    "out_of_force": Problem(
        _("This deadline does not count: a decision, a notice or the list frees the body from it.")
    ),
    "objection_open": Problem(
        _("An objection to this deadline waits for its ruling."), _("Wait for the ruling.")
    ),
    "already_ruled": Problem(_("This objection has been ruled on already."), _("A ruling is final.")),
    "already_revoked": Problem(_("This exemption has been revoked already.")),
    "already_exempt": Problem(_("This decision frees the same deadlines already; nothing more was written.")),
    "already_noticed": Problem(_("The same notice stands already; nothing more was written.")),
    "dismissed_remedy": Problem(
        _("A dismissed objection leads to nothing."), _("Choose “nothing more”, or uphold it.")
    ),
    "dates_needed": Problem(_("Name one deadline, or give the first and the last due date.")),
    "dates_with_deadline": Problem(_("Name one deadline or give dates, not both.")),
    "outage_unknown": Problem(
        _("The portal's own log shows no outage that began then."),
        _("Take the beginning from the page of outages; what the log does not show is no outage."),
    ),
    "outage_silent": Problem(
        _("The log is silent about that time, which proves no outage."),
        _("Exempt by dates, with a document that proves it."),
    ),
    "outage_dates": Problem(_("The outage frees only what was due from {first} to {last}.")),
    "expiry_out": Problem(
        _("A confirmation can hold from now until {last} at most."), _("Choose a day in between.")
    ),
    "dates_reversed": Problem(_("The last day lies before the first one.")),
    "due_missing": Problem(_("Give the day on which the data are due now.")),
    "due_unwanted": Problem(_("An annulled deadline has no due date."), _("Leave the day empty.")),
    "due_too_early": Problem(_("The new due date lies before the end of the period.")),
}
