"""Words of the mail that tells of a held load."""

from __future__ import annotations

from .marks import mark as _

SUBJECT = _("A load of {mapping} waits for your decision")
STAYS = _("The checks stopped a load. The data published before stay as they are until somebody decides.")
ABOUT = _("Dataset: {dataset}. Body: {body}.")
FOUND = _("What was found:")
NO_OFFICER = _(
    "The body {body} has no officers in the portal, so nobody can turn the data owner's key. An "
    "administrator of the portal or of its organisation appoints one (role: editor): {address} Until then a "
    "coordinator may agree in its place, with a public reason; the portal's key is then for another "
    "coordinator."
)
DECIDE = _("Look at it and decide: {address}")
ALL = _("All loads that wait: {address}")
UNTIL = _("The rows that were checked are kept until {until}. After that the source has to be read again.")
WHY = _(
    "You get this letter because you may decide: you are an officer of the body or a coordinator. If you no "
    "longer are, ask an administrator of the portal to take the role away; then no more letters come."
)
