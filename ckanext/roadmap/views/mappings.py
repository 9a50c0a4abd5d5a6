"""Mappings: which table of which connection is published as what; seen, checked, changed, moved as files."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import mappings as words
from ckanext.roadmap.presentation.runs import RUNS
from ckanext.roadmap.sources.mapping_text import write

from . import queries
from .answers import Answer, act, render, tells_problems
from .compliance import public_dataset
from .file_import import imported
from .offers import Offer, may

mapping_pages = Blueprint("roadmap_mapping", __name__, url_prefix="/mappings")
BOTH = ["GET", "POST"]
_NEWEST, _LOOKS = 5, 15


@mapping_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """The mappings that the reader may see."""
    variables = {
        "table": words.MAPPINGS,
        "rows": act("roadmap_mapping_list"),
        "may_import": may(words.IMPORT.action),
    }
    return render("index.html", "index.html", variables, "mapping")


@mapping_pages.get("/all.yaml")
@tells_problems
def files() -> Answer:
    """All of them as one file that can be imported again."""
    return _yaml(act("roadmap_mapping_list"), "mappings")


@mapping_pages.route("/import", methods=BOTH)
@tells_problems
def import_() -> Answer:
    """The form of a file, and what comes of it."""
    return imported(Offer(words.IMPORT, "mappings"), _import_page, "roadmap_mapping.index")


@mapping_pages.route("/<name>", methods=BOTH)
@tells_problems
def show(name: str) -> Answer:
    """One mapping with its newest loads, and its source read when a coordinator asks for it."""
    row = act("roadmap_mapping_show", name=name)
    offer = Offer(words.READ, name)
    if tk.request.method == "GET":
        return _mapping_page(row, offer)
    try:
        act(words.READ.action, connection=row["connection"])
    except tk.ValidationError as error:
        return _mapping_page(row, offer.refused(error)), 400
    tk.h.flash_success(tk._("The portal reads the source now; the load appears below within seconds."))
    return tk.redirect_to("roadmap_mapping.show", name=name, looks=_LOOKS)


@mapping_pages.get("/<name>.yaml")
@tells_problems
def file(name: str) -> Answer:
    """One mapping as a file that can be imported again."""
    return _yaml([act("roadmap_mapping_show", name=name)], name)


def _mapping_page(row: dict[str, Any], offer: Offer) -> str:
    systems = act("roadmap_system_list")["systems"]
    variables = {
        "mapping": row,
        "body": act("roadmap_body_show", name=row["body"]),
        "text": write([row["definition"]]),
        "may_edit": may(words.EDIT.action),
        "offer": offer if may(words.READ.action) else None,
        "dataset": public_dataset(row["dataset_id"]),
        "system": next((one for one in systems if words.connection_of(one) == row["connection"]), None),
        "runs": act("roadmap_run_list", mapping=row["name"], limit=_NEWEST)["results"],
        "table": RUNS,
        "looks": min(queries.number("looks"), _LOOKS),
    }
    return render("show.html", "show.html", variables, "mapping")


def _import_page(offer: Offer) -> str:
    return render("import.html", "import.html", {"offer": offer}, "mapping")


def _yaml(rows: Iterable[dict[str, Any]], name: str) -> Response:
    answer = Response(write(row["definition"] for row in rows), mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return answer
