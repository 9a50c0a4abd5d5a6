"""Rehearsals of a mapping: asked for, watched, read, and taken along as a file."""

from __future__ import annotations

import json

from flask import Blueprint, Response

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import rehearsals, runs

from .answers import Answer, act, render, tells_problems
from .offers import may

rehearsal_pages = Blueprint("roadmap_rehearsal", __name__, url_prefix="/mappings/<name>/rehearsals")
SHOWN = 20


@rehearsal_pages.route("", methods=["GET", "POST"], strict_slashes=False)
@tells_problems
def index(name: str) -> Answer:
    """The newest rehearsals, and how the one under way stands; the button asks for another."""
    if tk.request.method == "POST":
        act("roadmap_rehearsal_create", name=name)
        return tk.redirect_to("roadmap_rehearsal.index", name=name)
    found = act("roadmap_rehearsal_list", name=name)
    variables = {
        "name": name,
        "found": found,
        "records": [(one, runs.figures(one["difference"])) for one in found["results"][:SHOWN]],
        "icons": rehearsals.VERDICT_ICONS,
        "may_rehearse": may("roadmap_rehearsal_create", name=name),
    }
    return render("rehearsals.html", "snippets/rehearsals.html", variables, "mapping")


@rehearsal_pages.get("/<id>.json")
@tells_problems
def file(name: str, id: str) -> Answer:
    """One rehearsal with its signature, to be kept elsewhere."""
    found = act("roadmap_rehearsal_list", name=name)["results"]
    row = next((one for one in found if one["id"] == id), None)
    if row is None:
        raise tk.ObjectNotFound(tk._("There is no such rehearsal."))
    answer = Response(json.dumps(row, ensure_ascii=False, indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}-{row["made_at"][:10]}.json"'
    return answer
