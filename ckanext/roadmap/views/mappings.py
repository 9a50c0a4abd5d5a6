"""Mappings: which table of which connection is published as what; seen, checked, changed, moved as files."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk
from ckan.types import Context

from ckanext.roadmap.presentation import mappings as words
from ckanext.roadmap.presentation.runs import RUNS
from ckanext.roadmap.sources.mapping_text import write

from . import queries
from .answers import Answer, act, render, tells_problems
from .compliance import public_dataset
from .offers import Offer, may

mapping_pages = Blueprint("roadmap_mapping", __name__, url_prefix="/mappings")
BOTH = ["GET", "POST"]
CHECK = "check"
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
    _only_for(words.IMPORT.action)
    offer = Offer(words.IMPORT, "mappings")
    if tk.request.method == "GET":
        return _import_page(offer)
    upload = tk.request.files.get("upload")
    if upload is None or not upload.filename:
        return _import_page(offer.refused(tk.ValidationError({"upload": [tk._("Choose a file.")]}))), 400
    try:
        done = act(words.IMPORT.action, upload=upload)
    except tk.ValidationError as error:
        return _import_page(offer.refused(error)), 400
    tk.h.flash_success(tk._("New: {created}, changed: {updated}, unchanged: {unchanged}.").format(**done))
    return tk.redirect_to("roadmap_mapping.index")


@mapping_pages.route("/new", methods=BOTH)
@tells_problems
def new() -> Answer:
    """A mapping that is held against its source before it is there."""
    _only_for(words.NEW.action)
    asked = tk.request.args.get("system")
    system = act("roadmap_system_show", code=asked) if asked else None
    return _written(Offer(words.NEW, "new", {"definition": words.skeleton(system)}), None)


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


@mapping_pages.route("/<name>/edit", methods=BOTH)
@tells_problems
def edit(name: str) -> Answer:
    """A mapping as a text, held against its source as often as wanted, then saved."""
    _only_for(words.EDIT.action)
    row = act("roadmap_mapping_show", name=name)
    begun = {"definition": write([row["definition"]]), "seen": row["definition_hash"]}
    return _written(Offer(words.EDIT, name, begun), row)


def _written(offer: Offer, row: dict[str, Any] | None) -> Answer:
    """The form of one mapping, what a check of it finds, or the page of the mapping that was saved.

    :param row: the mapping, if it is there already
    """
    if tk.request.method == "GET":
        return _edit_page(row, offer)
    offer = offer.sent()
    try:
        if tk.request.form.get("do") == CHECK:
            look = act("roadmap_mapping_check", definition=offer.values["definition"])
            return _edit_page(row, offer, look)
        name = _saved(offer, row)
    except tk.ValidationError as error:
        return _edit_page(row, offer.refused(error)), 400
    tk.h.flash_success(tk._("Recorded."))
    return tk.redirect_to("roadmap_mapping.show", name=name)


def _saved(offer: Offer, row: dict[str, Any] | None) -> str:
    if row is not None:
        return act(words.EDIT.action, name=row["name"], **offer.values)["name"]
    file = FileStorage(io.BytesIO(offer.values["definition"].encode()), filename="mapping.yaml")
    try:
        return act(words.NEW.action, upload=file)["mappings"][0]
    except tk.ValidationError as error:
        raise tk.ValidationError({"definition": error.error_dict.get("upload", [])}) from error


def _only_for(action: str) -> None:
    user: Context = {"user": tk.g.user, "auth_user_obj": tk.g.userobj}
    tk.check_access(action, user, {})


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


def _edit_page(row: dict[str, Any] | None, offer: Offer, look: dict[str, Any] | None = None) -> str:
    variables = {"mapping": row, "offer": offer, "look": look, "table": words.LOOK}
    return render("edit.html", "edit.html", variables, "mapping")


def _import_page(offer: Offer) -> str:
    return render("import.html", "import.html", {"offer": offer}, "mapping")


def _yaml(rows: Iterable[dict[str, Any]], name: str) -> Response:
    answer = Response(write(row["definition"] for row in rows), mimetype="application/yaml")
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.yaml"'
    return answer
