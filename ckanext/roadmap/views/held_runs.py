"""Held loads: the worklist, and the decisions on the page of a run."""

from __future__ import annotations

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation.held_runs import TABLE

from .answers import Answer, act, render, tells_problems
from .compliance import run_page
from .offers import Offer
from .run_offers import of_run

held_pages = Blueprint("roadmap_held", __name__, url_prefix="/compliance")


@held_pages.get("/held")
@tells_problems
def index() -> Answer:
    """What waits for a decision of the reader's side, or of the other."""
    rows = act("roadmap_held_run_list")["results"]
    return render("held.html", "held.html", {"table": TABLE, "rows": rows})


@held_pages.post("/run/<id>")
@tells_problems
def decide(id: str) -> Answer:
    """Approve or decline a held load."""
    offers = of_run(act("roadmap_run_show", id=id))
    chosen = next((one for one in offers if one.id == tk.request.form.get("form")), None)
    if chosen is None:
        raise tk.NotAuthorized(tk._("This act is not open to you, or the load has changed since."))
    return _act(id, chosen.sent(), offers)


def _act(id: str, sent: Offer, offers: list[Offer]) -> Answer:
    try:
        act(sent.form.action, id=id, **sent.values)
    except tk.ValidationError as error:
        kept = [sent.refused(error) if one.form is sent.form else one for one in offers]
        return run_page(id, kept), 400
    tk.h.flash_success(tk._("Recorded. It stays in the ledger for good."))
    return tk.redirect_to("roadmap_compliance.run", id=id)
