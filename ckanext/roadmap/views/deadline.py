"""The page that tells one deadline's whole story, with the forms of those who may act on it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation.acts import FORMS

from . import queries
from .answers import Answer, act, render, tells_problems
from .offers import Offer, may

deadline_pages = Blueprint("roadmap_deadline", __name__, url_prefix="/compliance/deadline")


@deadline_pages.route("/<id>", methods=["GET", "POST"])
@tells_problems
def show(id: str) -> Answer:
    """One deadline; a form that is sent is done, or shown again with what is wrong."""
    as_of = queries.as_of()
    story = act("roadmap_deadline_show", id=id, as_of=as_of)
    offers = [] if as_of else _offers(story)
    if tk.request.method == "POST":
        return _done(id, story, offers)
    return _page(story, offers)


def _page(story: dict[str, Any], offers: list[Offer]) -> str:
    variables = {"story": story, "row": story["deadline"], "offers": offers}
    return render("deadline.html", "deadline.html", variables)


def _offers(story: dict[str, Any]) -> list[Offer]:
    """The forms that this reader may use on this deadline as it stands."""
    return [
        Offer(form, target)
        for form in FORMS
        for target in form.targets(story)
        if may(form.action, **{form.key: target})
    ]


def _done(id: str, story: dict[str, Any], offers: list[Offer]) -> Answer:
    sent = tk.request.form
    chosen = next((one for one in offers if one.id == sent.get("form")), None)
    if chosen is None:
        raise tk.NotAuthorized(tk._("This act is not open to you, or the deadline has changed since."))
    values = {one.name: sent.get(one.name, "").strip() for one in chosen.form.fields}
    try:
        act(chosen.form.action, **{chosen.form.key: chosen.target}, **values)
    except tk.ValidationError as error:
        failed = Offer(chosen.form, chosen.target, values, error.error_dict)
        return _page(story, [failed if one is chosen else one for one in offers]), 400
    tk.h.flash_success(tk._("Recorded. It stays in the ledger for good."))
    return tk.redirect_to("roadmap_deadline.show", id=id)
