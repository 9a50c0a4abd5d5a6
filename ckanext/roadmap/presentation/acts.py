"""The acts on a deadline as declared forms: their pages and their checks are read from the same fields."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from ckanext.roadmap.domain.act import CALENDAR, RULING
from ckanext.roadmap.domain.takedown import TAKEDOWN

from .marks import mark as _
from .tables import Row

BLAMES: dict[str, str] = {
    "portal": _("The portal"),
    "source": _("The source system"),
    "publisher": _("The publisher"),
}
RULINGS: dict[str, str] = {"upheld": _("Upheld"), "dismissed": _("Dismissed")}
REMEDIES: dict[str, str] = {
    "none": _("Nothing more"),
    "exempt": _("The deadline is exempt"),
    "void": _("The deadline is annulled"),
    "moved": _("The due date is moved"),
}
GROUNDS: dict[str, str] = {
    CALENDAR: _("Change of the table of holidays"),
    RULING: _("Ruling of the auditor"),
    TAKEDOWN: _("Takedown of personal data"),
}
NOTICES: dict[str, str] = {"void": _("Annulled"), "moved": _("Moved")}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; `kind` names the widget that draws it: area, text, url, date or choice."""

    name: str
    label: str
    kind: str = "text"
    required: bool = True
    choices: Mapping[str, str] = field(default_factory=dict[str, str])
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """An act that a reader may do: `key` names what it is done to, `targets` finds those in a story.

    :ivar given: what is sent with what the reader enters
    """

    name: str
    action: str
    title: str
    lead: str
    submit: str
    fields: tuple[Field, ...]
    targets: Callable[[Row], list[str]]
    key: str = "deadline"
    given: Mapping[str, str] = field(default_factory=dict[str, str])


def _unmet(story: Row) -> list[str]:
    row = story["deadline"]
    return [row["id"]] if row["computed"] in _UNMET and row["status"] != "exempt" else []


def _disputable(story: Row) -> list[str]:
    row = story["deadline"]
    is_open = any(one["ruling"] is None for one in story["objections"])
    settled = row["status"] == "exempt" or row["computed"] in ("awaiting", "on_time")
    return [] if is_open or settled else [row["id"]]


def _not_exempt(story: Row) -> list[str]:
    return [] if story["deadline"]["status"] == "exempt" else [story["deadline"]["id"]]


def _every(story: Row) -> list[str]:
    return [story["deadline"]["id"]]


def _to_rule(story: Row) -> list[str]:
    return [one["id"] for one in story["objections"] if one["ruling"] is None]


def _to_revoke(story: Row) -> list[str]:
    return [one["id"] for one in story["exemptions"] if one["revocation"] is None]


_UNMET = ("due", "in_grace", "overdue", "delinquent")
FORMS = (
    Form(
        "attest",
        "roadmap_attest",
        _("Confirm that nothing changed"),
        _("You sign that the published data are still right for this period. It is shown as your statement."),
        _("Sign"),
        (
            Field("reason", _("Why nothing changed"), "area"),
            Field(
                "valid_until",
                _("Holds until"),
                "date",
                required=False,
                hint=_(
                    "At most as long as data count for this deadline; that is taken if the day is left out."
                ),
            ),
        ),
        _unmet,
    ),
    Form(
        "object",
        "roadmap_objection_create",
        _("Object to this status"),
        _("The status is shown as contested until the auditor rules. Your text and the ruling stay public."),
        _("Object"),
        (
            Field("fault", _("Whose fault it was"), "choice", choices=BLAMES),
            Field("text", _("What happened"), "area"),
            Field("evidence_url", _("Address of the evidence"), "url", required=False),
        ),
        _disputable,
    ),
    Form(
        "rule",
        "roadmap_objection_rule",
        _("Rule on the objection"),
        _("The ruling is final and public. What it leads to is recorded with it."),
        _("Record the ruling"),
        (
            Field("ruling", _("Ruling"), "choice", choices=RULINGS),
            Field("text", _("Grounds"), "area"),
            Field("remedy", _("What follows"), "choice", choices=REMEDIES),
            Field(
                "due_day", _("New due date"), "date", required=False, hint=_("Only if the due date is moved.")
            ),
        ),
        _to_rule,
        key="id",
    ),
    Form(
        "exempt",
        "roadmap_exemption_create",
        _("Exempt this deadline"),
        _("An exempt deadline is left out of every share."),
        _("Record the exemption"),
        (
            Field("decision_number", _("Number of the decision")),
            Field("decision_date", _("Date of the decision"), "date"),
            Field("document_url", _("Address of the document"), "url", required=False),
            Field("reason", _("Reason"), "area"),
        ),
        _not_exempt,
    ),
    Form(
        "revoke",
        "roadmap_exemption_revoke",
        _("Revoke the exemption"),
        _("Every deadline that the decision frees counts again; what was shown before is not changed."),
        _("Revoke"),
        (Field("reason", _("Reason"), "area"),),
        _to_revoke,
        key="id",
    ),
    Form(
        "notice",
        "roadmap_deadline_notice_create",
        _("Annul or move this deadline"),
        _("The deadline as it was written stays visible beneath the notice."),
        _("Give notice"),
        (
            Field("kind", _("What becomes of it"), "choice", choices=NOTICES),
            Field(
                "due_day", _("New due date"), "date", required=False, hint=_("Only if the due date is moved.")
            ),
            Field("act", _("Number and date of the act")),
            Field("reason", _("Reason"), "area"),
        ),
        _every,
    ),
)
