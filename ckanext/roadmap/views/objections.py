"""The worklist of objections."""

from __future__ import annotations

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.presentation.objections import DEFAULT_SORT, OBJECTIONS

from . import queries
from .answers import Answer, act, file_answer, render, tells_problems

objection_pages = Blueprint("roadmap_objections", __name__, url_prefix="/compliance/objections")


@objection_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """What waits for the auditor's ruling, the most urgent first, or everything."""
    body = tk.request.args.get("body", "").strip() or None
    state = queries.choice("state", ("all",))
    found = act("roadmap_objection_list", body=body, open=state is None, as_of=queries.as_of())
    sort = queries.choice("sort", OBJECTIONS.sort_keys()) or DEFAULT_SORT
    rows = OBJECTIONS.ordered(found["objections"], sort, tk.h.roadmap_lang())
    if queries.file_format():
        return file_answer(OBJECTIONS, rows, "objections")
    variables = {"table": OBJECTIONS, "rows": rows, "sort": sort, "state": state, "body": body}
    variables |= {"late": found["late"], "days": config.objection_days(), "as_of": queries.past()}
    return render("objections.html", "objections.html", variables)
