"""The coordinator's pages: drafts of the approved list, their items, and the steps of their life."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import list_forms
from ckanext.roadmap.presentation.approved_list import cells

from .answers import Answer, act
from .approved_list import body_titles, previous, with_names
from .coordinating import draft_page, for_coordinators, key, to_version
from .corrections import corrected, corrections_of
from .draft_changes import newest
from .offers import Offer

draft_pages = Blueprint("roadmap_drafts", __name__, url_prefix="/approved-list/drafts")
BOTH = ["GET", "POST"]
ITEM_PAGE = "/<int:year>/<int:number>/item"


@draft_pages.route("", methods=BOTH, strict_slashes=False)
@for_coordinators
def index() -> Answer:
    """All versions with their states; a new draft is begun here."""
    offer = Offer(list_forms.CREATE, "list")
    if tk.request.method == "POST":
        offer = offer.sent()
        try:
            made = act("roadmap_list_version_create", **offer.values)
        except tk.ValidationError as error:
            return _index(offer.refused(error)), 400
        tk.h.flash_success(tk._("The draft is begun."))
        return to_version(made)
    return _index(offer)


@draft_pages.route("/<int:year>/<int:number>", methods=BOTH)
@for_coordinators
def show(year: int, number: int) -> Answer:
    """One version with its items and the steps that may follow."""
    version = act("roadmap_list_version_show", year=year, number=number)
    offers = [Offer(form, target) for form in list_forms.STEPS for target in form.targets(version)]
    if tk.request.method == "POST":
        return _step(version, offers)
    return _version(version, offers)


@draft_pages.route(f"{ITEM_PAGE}/new", methods=BOTH)
@for_coordinators
def new_item(year: int, number: int) -> Answer:
    """The form of a new item."""
    version = act("roadmap_list_version_show", year=year, number=number)
    return _edited(version, Offer(list_forms.NEW_ITEM, "new"), None)


@draft_pages.route(f"{ITEM_PAGE}/<code>", methods=BOTH)
@for_coordinators
def item(year: int, number: int, code: str) -> Answer:
    """The form of an item, and of taking it out."""
    version = act("roadmap_list_version_show", year=year, number=number)
    rows = act("roadmap_item_list", year=year, number=number)
    row = next((row for row in rows if row["code"] == code), None)
    if row is None:
        raise tk.ObjectNotFound(tk._("This list has no item {code}.").format(code=code))
    return _edited(version, Offer(list_forms.ITEM, "item", cells(row)), code)


def _index(offer: Offer) -> str:
    versions = [{**row, "steps": _next(row)} for row in act("roadmap_list_version_list")]
    variables = {"table": list_forms.VERSIONS, "rows": versions, "offer": offer}
    return draft_page("drafts.html", variables)


def _next(version: dict[str, Any]) -> list[str]:
    return [form.title for form in list_forms.STEPS if form.targets(version)]


def _version(version: dict[str, Any], offers: list[Offer]) -> str:
    text = tk.request.args.get("q", "").strip()
    found = act("roadmap_item_list", **key(version), q=text or None)
    rows = [{**row, "version": version} for row in map(with_names(body_titles()), found)]
    variables = {"version": version, "offers": offers, "table": list_forms.DRAFT_ITEMS, "rows": rows}
    versions = act("roadmap_list_version_list")
    has_before = previous(next(row for row in versions if row["id"] == version["id"]), versions) is not None
    told = {
        "q": text,
        "has_before": has_before,
        **newest(version),
        "corrections": corrections_of(version, found),
    }
    return draft_page("draft.html", {**variables, **told})


def _step(version: dict[str, Any], offers: list[Offer]) -> Answer:
    chosen = next((one for one in offers if one.id == tk.request.form.get("form")), None)
    if chosen is None:
        raise tk.NotAuthorized(tk._("This step is not open any more: the list has changed since."))
    sent = chosen.sent()
    entered = {name: value for name, value in sent.values.items() if value}
    try:
        act(sent.form.action, **key(version), **entered)
    except tk.ValidationError as error:
        failed = sent.refused(error)
        return _version(version, [failed if one is chosen else one for one in offers]), 400
    tk.h.flash_success(tk._("Recorded."))
    return to_version(version)


def _edited(version: dict[str, Any], offer: Offer, code: str | None) -> Answer:
    """Do what was sent of an item, or show its forms."""
    if version["status"] != "draft" and code and list_forms.CORRECT.targets(version):
        return corrected(version, offer, code)
    if version["status"] != "draft":
        tk.h.flash_error(tk._("Only a draft can be changed. Begin a new draft to change this list."))
        return to_version(version)
    retire = Offer(list_forms.RETIRE, "item")
    if tk.request.method == "GET":
        return _item_page(version, offer, code, retire)
    named = {**key(version), **({"code": code} if code else {})}
    taken_out = code is not None and tk.request.form.get("form") == retire.id
    sent = retire if taken_out else offer.sent()
    try:
        act(sent.form.action, **named, **sent.values)
    except tk.ValidationError as error:
        told = sent.refused(error)
        shown = (offer, told) if taken_out else (told, retire)
        return _item_page(version, shown[0], code, shown[1]), 400
    words = tk._("{code} is taken out.") if taken_out else tk._("{code} is saved.")
    tk.h.flash_success(words.format(code=code or sent.values["code"]))
    return to_version(version)


def _item_page(version: dict[str, Any], offer: Offer, code: str | None, retire: Offer) -> str:
    changes = newest(version, code) if code else {}
    variables = {"version": version, "offer": offer, "code": code, "retire": retire, **changes}
    return draft_page("draft_item.html", variables)
