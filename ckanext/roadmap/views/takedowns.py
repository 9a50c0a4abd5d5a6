"""Takedowns of personal data: the public list, each with its ruling, and the forms of those who may act."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation.takedowns import CREATE, REINSTATE, RULE, TABLE

from . import queries
from .answers import Answer, act, file_answer, render, tells_problems
from .offers import Offer, may

takedown_pages = Blueprint("roadmap_takedowns", __name__, url_prefix="/compliance/takedowns")
_FORMS = {"open": RULE, "confirmed": REINSTATE}


@takedown_pages.route("", methods=["GET", "POST"], strict_slashes=False)
@tells_problems
def index() -> Answer:
    """All takedowns; who may hide data finds the form here."""
    resource = tk.request.values.get("resource", "").strip()
    if tk.request.method == "GET":
        if queries.file_format():
            return file_answer(TABLE, _rows(), "takedowns")
        offered = _may_create(resource) and not queries.as_of()
        return _index([Offer(CREATE, "", {"resource": resource})] if offered else [])
    offer = Offer(CREATE, "").sent()
    offer.values["resource"] = _last_part(offer.values["resource"])
    try:
        made = act(CREATE.action, **offer.values)
    except (tk.ValidationError, tk.ObjectNotFound) as error:
        lacking = (
            tk.ValidationError({"resource": [str(error.message)]})
            if isinstance(error, tk.ObjectNotFound)
            else error
        )
        return _index([offer.refused(lacking)]), 400
    tk.h.flash_success(tk._("Hidden. File, table and API are out of reach until the ruling."))
    return tk.redirect_to("roadmap_takedowns.show", id=made["id"])


@takedown_pages.route("/<id>", methods=["GET", "POST"])
@tells_problems
def show(id: str) -> Answer:
    """One takedown, its ruling and what followed."""
    rows = act("roadmap_takedown_list", id=id, as_of=queries.as_of())["takedowns"]
    if not rows:
        raise tk.ObjectNotFound(tk._("There is no such takedown"))
    (row,) = rows
    form = None if queries.as_of() else _FORMS.get(row["state"])
    offers = [Offer(form, id)] if form and may(form.action, id=id) else []
    if tk.request.method == "GET":
        return _show(row, offers)
    if not offers:
        raise tk.NotAuthorized(tk._("This act is not open to you, or the takedown has changed since."))
    offer = offers[0].sent()
    try:
        act(offer.form.action, id=id, **offer.values)
    except tk.ValidationError as error:
        return _show(row, [offer.refused(error)]), 400
    tk.h.flash_success(tk._("Recorded. It stays in the ledger for good."))
    return tk.redirect_to("roadmap_takedowns.show", id=id)


def _index(offers: list[Offer]) -> str:
    variables = {"table": TABLE, "rows": _rows(), "offers": offers, "as_of": queries.past()}
    return render("takedowns.html", "takedowns.html", variables)


def _rows() -> list[dict[str, Any]]:
    return act("roadmap_takedown_list", as_of=queries.as_of())["takedowns"]


def _show(row: dict[str, Any], offers: list[Offer]) -> str:
    return render("takedown.html", "takedown.html", {"row": row, "offers": offers, "as_of": queries.past()})


def _last_part(address: str) -> str:
    """The id of a resource from the address of its page, or as it is."""
    return address.partition("?")[0].partition("#")[0].rstrip("/").rpartition("/")[2]


def _may_create(resource: str) -> bool:
    """Coordinators and auditors always; officers from the page of their own resource."""
    return may(CREATE.action, resource=resource)
