"""Words of the mail that tells of a held load."""

from __future__ import annotations

from .marks import mark as _

SUBJECT = _("A load of {mapping} waits for your decision")
STAYS = _("The checks stopped a load. The data published before stay as they are until somebody decides.")
FOUND = _("What was found:")
DECIDE = _("Look at it and decide: {address}")
ALL = _("All loads that wait: {address}")
