"""Why an act on a deadline is refused, in words."""

from __future__ import annotations

from ckanext.roadmap.domain.errors import RoadmapError

from .marks import mark as _

REFUSALS: dict[str, str] = {
    "not_ended": _("The period has not ended yet. Wait until it has."),
    "already_met": _("This deadline is met already; nothing more is needed."),
    "window_over": _("The time in which data count for this deadline is over. Publish the data, or object."),
    "no_publication": _("No public dataset is linked to this obligation. Publish the data first."),
    "nothing_seen": _("The portal has not seen any data of this obligation. Publish the data first."),
    "already_attested": _("An officer has confirmed this deadline already."),
    "out_of_force": _(
        "This deadline does not count: a decision, a notice or the list frees the body from it."
    ),
    "objection_open": _("An objection to this deadline waits for its ruling. Wait for the ruling."),
    "already_ruled": _("This objection has been ruled on already. A ruling is final."),
    "already_revoked": _("This exemption has been revoked already."),
    "dismissed_remedy": _("A dismissed objection leads to nothing. Choose “nothing more”, or uphold it."),
    "dates_needed": _("Name one deadline, or give the first and the last due date."),
    "dates_with_deadline": _("Name one deadline or give dates, not both."),
    "dates_reversed": _("The last day lies before the first one."),
    "due_missing": _("Give the day on which the data are due now."),
    "due_unwanted": _("An annulled deadline has no due date. Leave the day empty."),
    "due_too_early": _("The new due date lies before the end of the period."),
}


def refusal(code: str) -> RoadmapError:
    """The error of a refusal; the border puts it into the reader's language."""
    return RoadmapError(code, REFUSALS[code])
