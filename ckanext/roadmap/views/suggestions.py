"""The box of suggestions: suggest a dataset, see what others ask for, second it, discuss it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import suggestion_words as words
from ckanext.roadmap.presentation import suggestions as shown

from . import queries
from .answers import Answer, act, file_answer, render, tells_problems
from .offers import Offer, may

suggestion_pages = Blueprint("roadmap_suggestion", __name__)
_FILE_PAGE = 1000
TRAP = "homepage"


@suggestion_pages.route("/suggest", methods=["GET", "POST"])
@tells_problems
def create() -> Answer:
    """The form; what is like an open suggestion is shown before anything is sent."""
    if tk.request.method == "GET":
        return _form({"title": tk.request.args.get("title", "").strip()}, {})
    if _trapped():
        return tk.redirect_to("roadmap_suggestion.sent")
    sent = _values(shown.suggest_fields(_signed_in()))
    if sent["title"] and not tk.request.form.get("seen"):
        alike = act("roadmap_suggestion_list", like=sent["title"])["suggestions"]
        if alike:
            return _form(sent, {}, alike)
    try:
        made = act("roadmap_suggestion_create", **sent)
    except tk.ValidationError as error:
        return _form(sent, error.error_dict), 400
    if made["number"] is None:
        return tk.redirect_to("roadmap_suggestion.sent")
    tk.h.flash_success(
        tk._("Your suggestion is in the box. Its number is {number}.").format(number=made["number"])
    )
    return tk.redirect_to("roadmap_suggestion.show", number=made["number"])


@suggestion_pages.get("/suggest/sent")
@tells_problems
def sent() -> Answer:
    """What to do now: open the mail."""
    return _page("sent.html", {})


@suggestion_pages.route("/suggest/confirm", methods=["GET", "POST"])
@tells_problems
def confirm() -> Answer:
    """The page of the mail's link: only its button confirms, since programs open links too."""
    token = tk.request.values.get("token", "")
    if not token or tk.request.method == "GET":
        problem = tk._("The link is not whole. Open it from the mail again, or copy all of it.")
        return _page("confirm.html", {"token": token, "problem": None if token else problem})
    try:
        done = act("roadmap_suggestion_confirm", token=token)
    except tk.ValidationError as error:
        problem = " ".join(error.error_summary.values())
        return _page("confirm.html", {"token": None, "problem": problem}), 400
    tk.h.flash_success(tk._("It is confirmed."))
    return tk.redirect_to("roadmap_suggestion.show", number=done["number"])


@suggestion_pages.route("/suggestions", methods=["GET", "POST"], strict_slashes=False)
@tells_problems
def index() -> Answer:
    """What is asked for, and how fast it is answered."""
    if tk.request.method == "POST":
        act("roadmap_suggestion_notice_seen")
        return tk.redirect_to("roadmap_suggestion.index")
    asked = {
        "q": tk.request.args.get("q", "").strip() or None,
        "state": queries.choice("state", words.STATES),
        "origin": queries.choice("origin", words.ORIGINS),
    }
    if queries.file_format():
        rows = act("roadmap_suggestion_list", **asked, limit=_FILE_PAGE * 10)["suggestions"]
        return file_answer(shown.SUGGESTIONS, rows, "suggestions")
    offset = queries.offset()
    found = act("roadmap_suggestion_list", **asked, limit=queries.PAGE_SIZE, offset=offset)
    notices: list[dict[str, Any]] = act("roadmap_suggestion_notice_list") if _signed_in() else []
    variables = {
        "found": found,
        "asked": asked,
        "filtered": any(asked.values()),
        "table": shown.SUGGESTIONS,
        "limit": queries.PAGE_SIZE,
        "offset": offset,
        "notices": [one for one in notices if not one["seen"]],
    }
    return render("index.html", "content.html", variables, "suggestion")


@suggestion_pages.route("/suggestions/<number>", methods=["GET", "POST"])
@tells_problems
def show(number: str) -> Answer:
    """One suggestion with its story; a form that is sent is done, or shown again with what is wrong."""
    story = act("roadmap_suggestion_show", number=number)
    offers = _offers(story)
    if tk.request.method == "GET":
        return _story(story, offers)
    if _trapped():
        return tk.redirect_to("roadmap_suggestion.sent")
    chosen = next((one for one in offers if one.id == tk.request.form.get("form")), None)
    if chosen is None:
        raise tk.NotAuthorized(tk._("This act is not open to you, or the suggestion has changed since."))
    return _done(story, offers, chosen)


def _done(story: dict[str, Any], offers: list[Offer], chosen: Offer) -> Answer:
    values = _values(chosen.form.fields)
    number = story["number"]
    try:
        done = act(chosen.form.action, **{"number": number, chosen.form.key: chosen.target, **values})
    except tk.ValidationError as error:
        failed = Offer(chosen.form, chosen.target, values, error.error_dict)
        return _story(story, [failed if one is chosen else one for one in offers]), 400
    if done["state"] == "unconfirmed":
        return tk.redirect_to("roadmap_suggestion.sent")
    tk.h.flash_success(tk._("Done."))
    return tk.redirect_to("roadmap_suggestion.show", number=number)


def _offers(story: dict[str, Any]) -> list[Offer]:
    return [
        Offer(form, target)
        for form in shown.forms(_signed_in())
        for target in form.targets(story)
        if may(form.action)
    ]


def _story(story: dict[str, Any], offers: list[Offer]) -> str:
    may_merge = any(one.form.name == "merge" for one in offers)
    alike = act("roadmap_suggestion_list", like=story["title"])["suggestions"] if may_merge else []
    variables = {
        "story": story,
        "offers": [one for one in offers if one.form.name != "hide_comment"],
        "hiding": {one.target: one for one in offers if one.form.name == "hide_comment"},
        "alike": [one for one in alike if one["number"] != story["number"]],
        "trap": TRAP,
    }
    return _page("show.html", variables)


def _form(values: dict[str, str], errors: dict[str, Any], alike: list[dict[str, Any]] | None = None) -> str:
    fields = shown.suggest_fields(_signed_in())
    names = {one.name for one in fields}
    others = [text for name, texts in errors.items() if name not in names for text in texts]
    variables = {"fields": fields, "values": values, "errors": errors, "others": others, "alike": alike}
    return _page("create.html", {**variables, "trap": TRAP})


def _page(name: str, variables: dict[str, Any]) -> str:
    return render(name, name, variables, "suggestion")


def _values(fields: Any) -> dict[str, str]:
    return {one.name: tk.request.form.get(one.name, "").strip() for one in fields}


def _trapped() -> bool:
    """Whether a program filled the field that people do not see."""
    return bool(tk.request.form.get(TRAP))


def _signed_in() -> bool:
    return bool(tk.g.user)
