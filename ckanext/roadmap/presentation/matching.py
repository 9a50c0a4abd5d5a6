"""Words of links between obligations and datasets."""

from __future__ import annotations

from .marks import mark as _

HOW: dict[str, str] = {
    "mapping": _("Harvest mapping"),
    "passport": _("Stated in the dataset's passport"),
    "identifier": _("Stated by the dataset's identifier"),
    "matcher": _("Proposed by the matcher"),
    "chosen": _("Chosen by hand"),
    "succession": _("Passed on by a succession"),
}
KINSHIP: dict[str, str] = {
    "same": _("Publisher: the body that owes it"),
    "kin": _("Publisher: above or below the body that owes it"),
    "other": _("Publisher: another body"),
}
LINKED = _("Linked. From now on the dataset answers the obligation.")
DONE: dict[str, str] = {
    "confirm": LINKED,
    "decline": _("Declined. It is not proposed again unless the dataset changes."),
    "revoke": _("Revoked. The link ends now; what counted before stays visible."),
}
