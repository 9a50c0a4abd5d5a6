"""Forms of the tokens of agents."""

from __future__ import annotations

from .acts import Field, Form
from .marks import mark as _
from .tables import Row


def _none(_row: Row) -> list[str]:
    return []


ISSUE = Form(
    "token",
    "roadmap_push_token_create",
    _("Issue a token"),
    _(
        "By it an agent pushes the tables of this system, and of no other. It is shown once; hand it over in "
        "person."
    ),
    _("Issue"),
    (Field("note", _("Where it is used"), hint=_("For example the name of the ministry's server.")),),
    _none,
    key="system",
)
REVOKE = Form(
    "revoke",
    "roadmap_push_token_revoke",
    _("Revoke this token"),
    _("Nothing is pushed by it from now on; what was published stays."),
    _("Revoke"),
    (),
    _none,
    key="id",
)
