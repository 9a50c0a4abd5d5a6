"""Words of the mail that tells of a held load."""

from __future__ import annotations

from .marks import mark as _

SUBJECT = _("A load of {mapping} waits for your decision")
STAYS = _("The checks stopped a load. The data published before stay as they are until somebody decides.")
FOUND = _("What was found:")
NO_OFFICER = _(
    "The body {body} has no officers in the portal, so nobody can turn the data owner's key. An "
    "administrator of the portal or of its organisation appoints one (role: editor): {address} Until then a "
    "coordinator may agree in its place, with a public reason; the portal's key is then for another "
    "coordinator."
)
DECIDE = _("Look at it and decide: {address}")
ALL = _("All loads that wait: {address}")
