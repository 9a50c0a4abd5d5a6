"""Words for what lies behind a status: events, grades of evidence, reasons."""

from __future__ import annotations

from .marks import mark as _

EVENTS: dict[str, str] = {
    "changed": _("New data"),
    "unchanged": _("Source read, no change"),
    "attested": _("Confirmed by an officer"),
    "failed": _("The data could not be read"),
    "withdrawn": _("Withdrawn"),
}

GRADES: dict[str, str] = {
    "measured": _("measured"),
    "declared": _("declared"),
    "attested": _("attested"),
    "unknown": _("unknown"),
}

GRADE_MEANINGS: dict[str, str] = {
    "measured": _("The portal hashed the bytes itself."),
    "declared": _("Somebody said so; the portal did not see the bytes."),
    "attested": _("A signed-in officer confirmed it."),
    "unknown": _("It is not known how this came about."),
}

LABELS: dict[str, str] = {
    "resaved": _("the same content saved anew"),
    "timestamps_only": _("only dates of update changed"),
    "flip_flop": _("content that was published before"),
    "fewer_rows": _("fewer rows than before"),
    "part_removed": _("a part was taken away"),
    "public_again": _("public again"),
}

REASONS: dict[str, str] = {
    "qualified": _("New data qualify for this period."),
    "period_open": _("The period is still open."),
    "no_publication": _("No dataset was ever linked to this obligation."),
    "no_event": _("Nothing was seen of the data in the time that counts."),
    "too_early": _("Data came before the period ended, so they cannot cover it."),
    "source_failed": _("The source was asked and failed."),
    "other_period": _("The data cover another period."),
    "window_missed": _("Data came too late to count for this period."),
    "not_measured": _("Data were declared, but the portal did not see them."),
    "withdrawn": _("The data were withdrawn."),
    "attestation_limit": _("Confirmations without new data have reached their limit."),
    "unchanged_not_allowed": _("The content did not change, and the list demands new data each period."),
    "source_not_read": _("The content did not change, and the source itself was not read."),
    "same_content": _("The same content was published before; a repeated upload does not count."),
    "columns_missing": _("Required columns are missing from the data."),
    "regions_missing": _("Some regions are missing from the data."),
    "counted_elsewhere": _("The data already meet an older period."),
    "portal_missing": _("The data are not on the open data portal."),
    "site_unmeasured": _("Publication on the body's own site has not been measured."),
    "coverage_undefined": _("It is not defined by which column the regions are measured."),
    "portal_fault": _("The facts cannot be had through a fault of the portal."),
    "not_in_force": _("The obligation was not in force when the period ended."),
    "void": _("A notice has annulled this deadline."),
    "exempt": _("A decision exempts this deadline."),
    "contested": _("An objection waits for the auditor's ruling."),
}
