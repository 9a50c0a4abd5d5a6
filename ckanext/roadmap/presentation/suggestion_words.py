"""Words of suggestions: states, origins, roles, and the mails that tell authors what happened."""

from __future__ import annotations

from .marks import mark as _

STATES: dict[str, str] = {
    "open": _("Open"),
    "in_docket": _("On the commission's agenda"),
    "accepted": _("Accepted"),
    "rejected": _("Turned down"),
    "deferred": _("Deferred"),
    "published": _("Published"),
    "merged": _("Merged"),
}
STATE_MEANINGS: dict[str, str] = {
    "open": _("Waits for the coordinator to bring it before the commission"),
    "in_docket": _("The commission decides at one of its next sittings"),
    "accepted": _("The dataset comes into the approved list; its publication is awaited"),
    "rejected": _("The commission declined it and said why"),
    "deferred": _("The commission comes back to it later"),
    "published": _("The data are on the portal"),
    "merged": _("It asks for the same as another and lives on there"),
}
STATE_ICONS: dict[str, str] = {
    "open": "envelope-open",
    "in_docket": "gavel",
    "accepted": "circle-check",
    "rejected": "circle-xmark",
    "deferred": "clock",
    "published": "flag-checkered",
    "merged": "code-merge",
}
ORIGINS: dict[str, str] = {"citizen": _("Citizen"), "rating": _("International rating")}
ROLES: dict[str, str] = {
    "citizen": _("A citizen"),
    "coordinator": _("The coordinator"),
    "body": _("The body that holds the data"),
}
TOLD: dict[str, str] = {
    "open": _("Your suggestion {number} is in the box: everybody can see, second and discuss it."),
    "in_docket": _("Your suggestion {number} is on the agenda of the commission."),
    "accepted": _("The commission accepted your suggestion {number}."),
    "rejected": _("The commission rejected your suggestion {number}."),
    "deferred": _("The commission deferred your suggestion {number}."),
    "published": _("The data that you asked for in suggestion {number} are on the portal."),
    "merged": _(
        "Your suggestion {number} asks for the same as another and lives on there with all its voices."
    ),
}
REASON = _("Reason: {reason}")
GROUNDS = {"in_docket": _("Sitting of the commission No. {reason}")}
"""What the grounds of a step are where they are no reason: a docket's number."""
READ_ON = _("The whole story: {address}")
STOP = _("You get this letter because you suggested a dataset. For no more such letters: {address}")
CONFIRM_SUBJECT = _("Confirm what you sent to the open data portal")
CONFIRM: dict[str, str] = {
    "suggestion": _('You suggested the dataset "{title}".'),
    "second": _('You gave your voice to the suggestion "{title}".'),
    "comment": _('You commented on the suggestion "{title}".'),
}
CONFIRM_HOW = _("To confirm it, open this page and press the button: {address}")
CONFIRM_UNTIL = _("It can be confirmed until {until}. If it was not you, do nothing: it will be thrown away.")
CONFIRM_STOP = _("To throw it away at once and get no more such letters: {address}")
