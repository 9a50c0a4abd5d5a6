"""The forms of dockets: the coordinator's, the officer's, the commission's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from ckanext.roadmap.domain.docket import FROM, DocketState, DocketStep

from . import odin_words
from .acts import Field, Form
from .dockets import STANCES
from .list_forms import CODE_FIELD, ITEM_FIELDS
from .marks import mark as _
from .tables import Row

REFUSALS: dict[str, str] = {"reject": _("Reject"), "defer": _("Defer")}


def with_choices(form: Form, choices: Mapping[str, Mapping[str, str]]) -> Form:
    """The form with what may be chosen now in some of its fields; one of nothing to choose is left out."""
    fields = [
        replace(one, choices=choices[one.name]) if one.name in choices else one
        for one in form.fields
        if choices.get(one.name, True)
    ]
    return replace(form, fields=tuple(fields))


def _when(step: DocketStep) -> Callable[[Row], list[str]]:
    return lambda row: [row["number"]] if DocketState(row["state"]) in FROM[step] else []


def _entry_when(step: DocketStep) -> Callable[[Row], list[str]]:
    return lambda row: [row["id"]] if DocketState(row["docket"]["state"]) in FROM[step] else []


def _undecided(row: Row) -> list[str]:
    return _entry_when(DocketStep.decide)(row) if row["decision"] is None else []


def _concerned(row: Row) -> list[str]:
    return _entry_when(DocketStep.opine)(row) if row["body"] else []


def _field(name: str, label: str, kind: str = "text", hint: str = "") -> Field:
    return Field(name, label, kind, required=False, hint=hint)


_SITTING = (
    Field("sitting_date", _("Day of the sitting"), "date"),
    _field("place_uz", _("Place, in Uzbek")),
    _field("place_ru", _("Place, in Russian")),
    _field("chair", _("Chair")),
    _field("secretary", _("Secretary")),
    _field("list", _("Draft of the list that accepted entries go into"), "choice"),
)
_MATTER = (
    _field("suggestions", _("Suggestions"), "checks"),
    _field("title_uz", _("Title in Uzbek"), hint=_("If both titles are left empty, that of the suggestion.")),
    _field("title_ru", _("Title in Russian")),
    _field("body", _("Body that would publish the data"), "choice"),
    _field("cost_uz", _("Cost, in Uzbek"), "area"),
    _field("cost_ru", _("Cost, in Russian"), "area"),
    _field("legal_uz", _("Legal note, in Uzbek"), "area"),
    _field("legal_ru", _("Legal note, in Russian"), "area"),
)
_VOTES = (
    _field("votes_for", _("Votes in favour"), "number"),
    _field("votes_against", _("Votes against"), "number"),
    _field("votes_abstained", _("Abstained"), "number"),
)
_DECISION_TEXT = (
    _field("text_uz", _("Decision in words, in Uzbek"), "area"),
    _field("text_ru", _("Decision in words, in Russian"), "area"),
)

CREATE = Form(
    "create",
    "roadmap_docket_create",
    _("Begin the docket of a sitting"),
    _("It gets the next number of its year. Only you and the commission see it until the sitting."),
    _("Begin"),
    _SITTING,
    lambda _row: ["docket"],
    key="",
)
OF_DOCKET = (
    Form(
        "add",
        "roadmap_docket_entry_create",
        _("Add an entry"),
        _("Choose one suggestion or several on the same matter, or enter a matter of the commission's own."),
        _("Add"),
        _MATTER,
        _when(DocketStep.edit),
        key="docket",
    ),
    Form(
        "carry",
        "roadmap_docket_entry_create",
        _("Take up a deferred entry"),
        _("It comes with its suggestions, its cost and legal note, and the body's opinion."),
        _("Take up"),
        (Field("from_entry", _("Deferred entry"), "choice"),),
        _when(DocketStep.edit),
        key="docket",
    ),
    Form(
        "update",
        "roadmap_docket_update",
        _("Change the sitting"),
        _("Day and draft can be changed until the first decision, the rest until the docket is closed."),
        _("Save"),
        (*_SITTING, _field("present", _("Present"), "area", _("One name a line."))),
        _when(DocketStep.describe),
        key="number",
    ),
    Form(
        "send",
        "roadmap_docket_send",
        _("Send to the commission"),
        _("Then the entries stand still, and the authors are told that their suggestions are in it."),
        _("Send"),
        (),
        _when(DocketStep.send),
        key="number",
    ),
    Form(
        "close",
        "roadmap_docket_close",
        _("Close the docket"),
        _("Every entry must have its decision. Nothing changes afterwards."),
        _("Close"),
        (),
        _when(DocketStep.close),
        key="number",
    ),
)
OF_ENTRY = (
    Form(
        "opinion",
        "roadmap_docket_opinion",
        _("Give the opinion of the body"),
        _("It is shown to the commission now and to everybody after the sitting."),
        _("Record the opinion"),
        (
            Field("stance", _("Opinion"), "choice", choices=STANCES),
            _field("text_uz", _("Why, in Uzbek"), "area"),
            _field("text_ru", _("Why, in Russian"), "area", _("One of the two languages is needed.")),
        ),
        _concerned,
        key="id",
    ),
    Form(
        "accept",
        "roadmap_docket_decide",
        _("Accept, as an item of the draft"),
        _("The decision is final. The item enters the draft and keeps the numbers of the suggestions."),
        _("Accept"),
        (*_DECISION_TEXT, *_VOTES, CODE_FIELD, *ITEM_FIELDS),
        _undecided,
        key="id",
    ),
    Form(
        "refuse",
        "roadmap_docket_decide",
        _("Reject or defer"),
        _("The decision is final and the authors are told. A rejection needs its reason."),
        _("Record the decision"),
        (Field("decision", _("Decision"), "choice", choices=REFUSALS), *_DECISION_TEXT, *_VOTES),
        _undecided,
        key="id",
    ),
    Form(
        "edit",
        "roadmap_docket_entry_update",
        _("Change this entry"),
        "",
        _("Save"),
        (_field("position", _("Place in the agenda"), "number"), *_MATTER),
        _entry_when(DocketStep.edit),
        key="id",
    ),
    Form(
        "remove",
        "roadmap_docket_entry_delete",
        _("Take this entry out"),
        _("Its suggestions stay in the box."),
        _("Take it out"),
        (),
        _entry_when(DocketStep.edit),
        key="id",
    ),
)


def values_of(docket: Row) -> dict[str, str]:
    """What the form of a sitting begins with."""
    return {
        **{name: docket[name] or "" for name in ("sitting_date", "chair", "secretary", "list")},
        **_texts("place", docket["place"]),
        "present": "\n".join(docket["present"]),
    }


def values_of_entry(entry: Row, form: str) -> dict[str, str]:
    """What a form of an entry begins with."""
    body = entry["body"]["name"] if entry["body"] else ""
    if form == "accept":
        titles = {f"title_{lang.lower()}": str(text) for lang, text in entry["title"].items()}
        gaps = odin_words.items_of(one["indicator"] for one in entry["suggestions"])
        said = {"responsible": body, "territorial": "no", "ai": "no", "odin_indicators": ";".join(gaps)}
        return {**titles, **said}
    if form == "opinion" and entry["opinion"]:
        return {"stance": entry["opinion"]["stance"], **_texts("text", entry["opinion"]["text"])}
    if form != "edit":
        return {}
    texts = {name: _texts(name, entry[name]) for name in ("title", "cost", "legal")}
    return {
        "position": str(entry["position"]),
        "suggestions": ";".join(one["number"] for one in entry["suggestions"]),
        "body": body,
        **texts["title"],
        **texts["cost"],
        **texts["legal"],
    }


def _texts(name: str, value: Mapping[str, str]) -> dict[str, str]:
    return {f"{name}_uz": value.get("uz") or value.get("uz_Cyrl") or "", f"{name}_ru": value.get("ru") or ""}
