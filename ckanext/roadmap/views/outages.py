"""The portal's own log of outages, and the exemption that rests on it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation.outages import ACTION, OUTAGES, exempt

from . import queries
from .answers import Answer, act, file_answer, render, tells_problems
from .offers import Offer, may

outage_pages = Blueprint("roadmap_outages", __name__, url_prefix="/compliance/outages")


@outage_pages.route("", methods=["GET", "POST"], strict_slashes=False)
@tells_problems
def index() -> Answer:
    """When the portal was down; coordinators exempt the deadlines of an outage here."""
    if tk.request.method == "GET":
        found = act("roadmap_outage_list", as_of=queries.as_of())
        if queries.file_format():
            return file_answer(OUTAGES, found["outages"], "outages")
        return _page(found, [] if queries.as_of() else _offers(found))
    found = act("roadmap_outage_list")
    sent = Offer(exempt(_beginnings(found)), "").sent()
    try:
        act(ACTION, **{name: value for name, value in sent.values.items() if value})
    except tk.ValidationError as error:
        return _page(found, [sent.refused(error)]), 400
    tk.h.flash_success(tk._("Recorded. It stays in the ledger for good."))
    return tk.redirect_to("roadmap_outages.index")


def _offers(found: dict[str, Any]) -> list[Offer]:
    """The form, where somebody may exempt and there is an outage that the log shows."""
    beginnings, chosen = _beginnings(found), tk.request.args.get("outage", "").strip()
    return [Offer(exempt(beginnings), "", {"outage": chosen})] if beginnings and may(ACTION) else []


def _beginnings(found: dict[str, Any]) -> dict[str, str]:
    return {row["began"]: tk.h.roadmap_moment(row["began"]) for row in found["outages"] if row["measured"]}


def _page(found: dict[str, Any], offers: list[Offer]) -> str:
    rows = [{**row, "may_exempt": bool(offers)} for row in found["outages"]]
    variables = {"table": OUTAGES, "rows": rows, "log_since": found["log_since"], "offers": offers}
    variables["as_of"] = queries.past()
    return render("outages.html", "outages.html", variables)
