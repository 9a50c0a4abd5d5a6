"""The ledger of loads: all of them with filters, and the end of one that somebody asks for."""

from __future__ import annotations

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import runs

from . import queries
from .answers import Answer, act, render, tells_problems

run_pages = Blueprint("roadmap_runs", __name__, url_prefix="/compliance/runs")


@run_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """Loads, newest first."""
    asked = {name: tk.request.args.get(name, "").strip() or None for name in ("mapping", "resource")}
    outcome = queries.choice("outcome", runs.OUTCOMES)
    paged = {"limit": queries.PAGE_SIZE, "offset": queries.offset()}
    found = act("roadmap_run_list", **asked, outcome=outcome, **paged)
    variables = {
        "found": found,
        "table": runs.RUNS,
        "outcomes": runs.OUTCOMES,
        "outcome": outcome,
        **asked,
        **paged,
    }
    return render("runs.html", "runs.html", variables)


@run_pages.post("/<id>/cancel")
@tells_problems
def cancel(id: str) -> Answer:
    """Ask for the end of a load."""
    try:
        act("roadmap_run_cancel", id=id)
    except tk.ValidationError as error:
        tk.h.flash_error(" ".join(error.error_summary.values()))
    else:
        tk.h.flash_success(tk._("The load is asked to end; it stops within seconds, and nothing is changed."))
    return tk.redirect_to("roadmap_compliance.run", id=id)
