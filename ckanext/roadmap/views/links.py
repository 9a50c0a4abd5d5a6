"""The worklist of links to data on other sites."""

from __future__ import annotations

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation.links import DEFAULT_SORT, LINKS

from . import queries
from .answers import Answer, act, file_answer, render, tells_problems

link_pages = Blueprint("roadmap_links", __name__, url_prefix="/compliance/links")


@link_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """Broken links by body, or all that are looked at."""
    body = tk.request.args.get("body", "").strip() or None
    state = queries.choice("state", ("all",))
    found = act("roadmap_link_list", body=body, broken=state is None, as_of=queries.as_of())["links"]
    sort = queries.choice("sort", LINKS.sort_keys()) or DEFAULT_SORT
    rows = LINKS.ordered(found, sort, tk.h.roadmap_lang())
    if queries.file_format():
        return file_answer(LINKS, rows, "links")
    variables = {"table": LINKS, "rows": rows, "sort": sort, "state": state, "body": body}
    variables["as_of"] = queries.past()
    return render("links.html", "links.html", variables)
