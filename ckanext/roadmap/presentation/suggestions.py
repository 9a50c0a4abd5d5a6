"""The box of suggestions as a table, and its declared forms."""

from __future__ import annotations

from ckanext.roadmap.domain.suggestion import LIVE, MERGEABLE

from .acts import Field, Form
from .marks import mark as _
from .tables import Column, Row, Table, at, text_columns

SUGGESTIONS = Table(
    "suggestions",
    _("Suggestions"),
    (
        Column("number", _("Suggestion"), at("number"), kind="suggestion"),
        Column("title", _("Title"), at("title"), on_page=False),
        Column("state", _("State"), at("state"), kind="suggestion_state"),
        Column("seconds", _("Voices"), at("seconds"), kind="number"),
        Column("holder_text", _("Who holds the data"), at("holder_text"), kind="suggestion_holder"),
        *text_columns("body", "body", "title"),
        Column("origin", _("From"), at("origin"), kind="suggestion_origin"),
        Column("rating", _("Rating"), at("rating"), on_page=False),
        Column("indicator", _("International indicator"), at("indicator"), on_page=False),
        Column("opened_at", _("Opened"), at("opened_at"), kind="date"),
        Column("decided_at", _("Decided"), at("decided_at"), on_page=False),
        Column("published_at", _("Published"), at("published_at"), on_page=False),
        Column("answer", _("Answer"), at("answer"), on_page=False),
        Column("item_code", _("Item"), at("item_code"), on_page=False),
    ),
)

EMAIL = Field(
    "email",
    _("Your e-mail address"),
    "email",
    hint=_("A link to confirm comes to it, and later the answer. It is never shown to anybody."),
)
ONCE = Field(
    "email",
    _("Your e-mail address"),
    "email",
    hint=_("A link to confirm comes to it. It is never shown to anybody, and not kept."),
)
SUGGEST = (
    Field(
        "title",
        _("Which dataset"),
        hint=_("In a few words, for example: timetables of school buses by district"),
    ),
    Field("what", _("What the data should hold"), "area"),
    Field("why", _("What you need them for"), "area"),
    Field("holder", _("Who holds the data, as far as you know"), required=False),
    Field("indicator", _("International indicator that they serve"), required=False),
)


def suggest_fields(signed_in: bool) -> tuple[Field, ...]:
    """The fields of a suggestion."""
    return SUGGEST if signed_in else (*SUGGEST, EMAIL)


def forms(signed_in: bool) -> tuple[Form, ...]:
    """What may be done with a suggestion; who is not signed in gives an address."""
    address = () if signed_in else (ONCE,)
    return (
        Form(
            "second",
            "roadmap_suggestion_second",
            _("Second this suggestion"),
            _("Your voice counts once. The commission sees how many need the data."),
            _("Second"),
            address,
            _to_second,
            key="number",
        ),
        Form(
            "comment",
            "roadmap_suggestion_comment",
            _("Comment"),
            _("Everybody can read it. Leave out personal data, also your own."),
            _("Send the comment"),
            (Field("text", _("Your comment"), "area"), *address),
            _live,
            key="number",
        ),
        *CARE,
    )


def _number(story: Row) -> list[str]:
    return [story["number"]]


def _live(story: Row) -> list[str]:
    return _number(story) if story["state"] in LIVE and not story["hidden_reason"] else []


def _to_second(story: Row) -> list[str]:
    return [] if story["mine"] or story["seconded"] else _live(story)


def _to_merge(story: Row) -> list[str]:
    return _number(story) if story["state"] in MERGEABLE else []


def _to_hide(story: Row) -> list[str]:
    return [] if story["hidden_reason"] else _number(story)


def _comments(story: Row) -> list[str]:
    return [one["id"] for one in story["comments"] if one["hidden_reason"] is None]


_WHY_HIDDEN = Field("reason", _("Why it is hidden"), "area")
CARE = (
    Form(
        "merge",
        "roadmap_suggestion_merge",
        _("Merge into another suggestion"),
        _("The author and all voices count for the other one from then on. It can't be undone."),
        _("Merge"),
        (
            Field("into", _("Number of the suggestion that lives on"), hint=_("For example 2026-0001")),
            Field("reason", _("Why they are one"), "area"),
        ),
        _to_merge,
        key="number",
    ),
    Form(
        "hide",
        "roadmap_suggestion_hide",
        _("Hide the texts of this suggestion"),
        _("Your reason is shown in their place."),
        _("Hide"),
        (_WHY_HIDDEN,),
        _to_hide,
        key="number",
    ),
    Form(
        "hide_comment",
        "roadmap_suggestion_hide",
        _("Hide this comment"),
        _("Your reason is shown in its place."),
        _("Hide"),
        (_WHY_HIDDEN,),
        _comments,
        key="comment",
    ),
)
