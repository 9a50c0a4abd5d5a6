"""The ledger of loads: all of them with filters, and the end of one that somebody asks for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import runs
from ckanext.roadmap.presentation.tables import Row

from . import queries
from .answers import Answer, act, file_answer, render, tells_problems

run_pages = Blueprint("roadmap_runs", __name__, url_prefix="/compliance/runs")
_FILE_PAGE = 1000


@run_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """Loads, newest first."""
    asked = {name: queries.text(name) for name in ("mapping", "resource")}
    outcome, as_of = queries.choice("outcome", runs.OUTCOMES), queries.as_of()
    if queries.file_format():
        rows = _all_rows({**asked, "outcome": outcome, "as_of": as_of})
        return file_answer(runs.RUNS, rows, "runs")
    paged = {"limit": queries.PAGE_SIZE, "offset": queries.offset()}
    found = act("roadmap_run_list", **asked, outcome=outcome, as_of=as_of, **paged)
    variables = {
        "found": found,
        "table": runs.RUNS,
        "outcomes": runs.OUTCOMES,
        "outcome": outcome,
        "as_of": queries.past(),
        **asked,
        **paged,
    }
    return render("runs.html", "runs.html", variables)


def _all_rows(asked: Mapping[str, Any]) -> Iterator[Row]:
    offset, count = 0, 1
    while offset < count:
        found = act("roadmap_run_list", **asked, limit=_FILE_PAGE, offset=offset)
        yield from found["results"]
        count, offset = found["count"], offset + _FILE_PAGE


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
