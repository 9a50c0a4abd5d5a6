"""Words for what lies behind a status: events, grades of evidence, reasons."""

from __future__ import annotations

from .marks import mark as _

EVENTS: dict[str, str] = {
    "changed": _("New data"),
    "unchanged": _("Source read, no change"),
    "attested": _("Confirmed by an officer"),
    "failed": _("Load failed"),
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

REASONS: dict[str, str] = {
    "qualified": _("New data qualify for this period."),
    "period_open": _("The period is still open."),
    "no_event": _("No new data were seen in the time that counts."),
    "no_publication": _("No dataset was ever linked to this obligation."),
    "columns_missing": _("Required columns are missing from the data."),
    "regions_missing": _("Some regions are missing from the data."),
    "same_content": _("The same content was published before; a repeated upload does not count."),
    "unchanged_not_allowed": _("The content did not change, and the list demands new data each period."),
    "window_missed": _("Data came too late to count for this period."),
    "site_unmeasured": _("Publication on the body's own site has not been measured."),
    "coverage_undefined": _("It is not defined by which column the regions are measured."),
    "exempt": _("A decision exempts this deadline."),
    "contested": _("An objection waits for the auditor's ruling."),
}
