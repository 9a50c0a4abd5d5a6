"""The register of bodies: what rows must be by themselves and to one another."""

from __future__ import annotations

from ckanext.roadmap.presentation.marks import mark as _

from .problem import Problem, cell

BODIES: dict[str, Problem] = {
    "stir_form": cell(_("Write the nine digits of the STIR.")),
    "share_form": cell(_("Give the share in percent, from 0 to 100, for example 51 or 50.5.")),
    "phone_form": cell(_("Write the number as +998 71 202 00 00.")),
    "email_form": cell(_("Write an address as office@body.uz.")),
    "days_turned": cell(_("Give a day after the first one, or leave the cell empty.")),
    "parent_needed": cell(_("Name the body that the division belongs to.")),
    "region_needed": cell(_("Give the SOATO code of the place that it administers.")),
    "share_unfit": cell(_("Leave it empty: only companies and banks have one.")),
    "share_too_small": Problem(
        _("With a state share of {value} % the company is not obliged: that takes 50 % or more."),
        _("Correct it, leave the company out, or give the day on which it fell below 50 as valid_to."),
    ),
    "abolished_heir": cell(_("Leave it empty, or write merged if the body took over.")),
    "parent_ring": Problem(
        _("{value} stands beneath the very body."), _("Name a body that stands above it.")
    ),
    "organization_unfit": Problem(
        _("The portal has a group or a deleted organization under the address {value}."),
        _("Give the body another address, or restore the organization."),
    ),
    "code_taken": Problem(_("{value} is the code of {owner}."), _("Give another one.")),
    "stir_taken": Problem(_("{value} is the STIR of {owner}."), _("Correct one of the two.")),
    "code_in_use": Problem(
        _("Datasets have identifiers that begin with the code {before}."), _("Leave the code as it is.")
    ),
    "changed_later": Problem(
        _("{value} was changed with effect from {day}."), _("Give that day or a later one.")
    ),
    "succeeds_itself": Problem(_("{value} can't take over from itself."), _("Name the body that took over.")),
    "heir_later": Problem(_("{heir} begins on {day} only."), _("Correct one of the two days.")),
    "heir_ended": Problem(_("{value} is no more from {day} on."), _("Name the body that took over.")),
    "ended_before": Problem(
        _("{value} had ended before that day already."), _("Correct the name or the day.")
    ),
    "succession_ring": Problem(
        _("The bodies succeed each other in a ring, so nobody is left."), _("Correct one of the rows.")
    ),
    "identifiers_used_up": Problem(
        _("The body {body_code} has used up its {most} identifiers."),
        _("Register a successor with a code of its own."),
    ),
    "register_moved": Problem(
        _("The register has changed since it was compared."),
        _("Compare again, and import what is shown then."),
    ),
}
