"""How a gap that a rating found is told in the box of suggestions."""

from __future__ import annotations

from .marks import mark as _

WHAT = _("What the rating looks for: {what}")
WHY = _('{rating}, {year}: "{criterion}" got {mark} of {full}.')
SOURCE = _("Source: {source}")
