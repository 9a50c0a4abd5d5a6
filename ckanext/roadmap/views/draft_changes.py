"""Pages of what was changed in a draft, by whom and when; each change can be undone there."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import list_forms

from . import queries
from .answers import Answer, act
from .coordinating import draft_page, for_coordinators, key, to_version

change_pages = Blueprint("roadmap_changes", __name__, url_prefix="/approved-list/drafts")
SHOWN = 10


@change_pages.get("/<int:year>/<int:number>/changes")
@for_coordinators
def index(year: int, number: int) -> Answer:
    """All changes of a version, newest first."""
    version = act("roadmap_list_version_show", year=year, number=number)
    offset = queries.offset()
    found = act("roadmap_item_change_list", **key(version), limit=queries.PAGE_SIZE, offset=offset)
    variables = {
        "version": version,
        "table": list_forms.CHANGES,
        "found": found,
        "page_size": queries.PAGE_SIZE,
    }
    return draft_page("draft_changes.html", {**variables, "offset": offset})


@change_pages.post("/change/<id>/undo")
@for_coordinators
def undo(id: str) -> Answer:
    """Undo a change, and lead back to the page it was asked from."""
    try:
        done = act("roadmap_item_change_undo", id=id)
    except tk.ValidationError as error:
        tk.h.flash_error(" ".join(error.error_summary.values()))
    else:
        tk.h.flash_success(tk._("Undone: {code} stands as before.").format(code=done["code"]))
    return _back()


def newest(version: dict[str, Any], code: str | None = None) -> dict[str, Any]:
    """The newest changes of a version, or of one item of it, as its page shows them."""
    found = act("roadmap_item_change_list", **key(version), code=code, limit=SHOWN)
    return {"changes_table": list_forms.CHANGES, "changes": found}


def _back() -> Any:
    """To the page of the version, or to all of its changes."""
    asked = tk.request.form
    version = {name: asked.get(name, type=int) for name in ("year", "number")}
    if None in version.values():
        return tk.redirect_to("roadmap_drafts.index")
    if asked.get("from") == "changes":
        return tk.redirect_to("roadmap_changes.index", **version)
    return to_version(version)
