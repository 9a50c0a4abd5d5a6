"""Words of rehearsals: what one came to, and what it is worth."""

from __future__ import annotations

from . import runs
from .marks import mark as _

OUTCOMES: dict[str, str] = {
    "dry": _("The rows could go public"),
    "held": _("The load would be held for a person"),
    "unchanged": _("Nothing would change"),
    "failed": _("The load would fail"),
}
VERDICTS: dict[str, str] = {
    "ticket": _("This is a ticket: the portal signed it, and the mapping is still the same."),
    "outdated": _("No ticket any more: the mapping was changed afterwards."),
    "touched": _("No ticket: tables changed meanwhile that no load accounts for. Rehearse again."),
    "stopped": _("No ticket: the rehearsal was stopped."),
    "forged": _("No ticket: the record was changed after the portal had signed it."),
}
VERDICT_ICONS: dict[str, str] = {
    "ticket": "check",
    "outdated": "clock-rotate-left",
    "touched": "exclamation",
    "stopped": "xmark",
    "forged": "xmark",
}
PHASES: dict[str, str] = {
    **runs.PHASES,
    "before": _("Every table of the portal is looked at"),
    "after": _("Every table of the portal is looked at once more"),
}
