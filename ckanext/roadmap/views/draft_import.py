"""The page that imports a list: its faults by row and field, and a choice for bodies that did not match."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import list_forms

from . import kept_file
from .answers import Answer, act
from .coordinating import draft_page, for_coordinators, to_version
from .offers import Offer

import_pages = Blueprint("roadmap_draft_import", __name__, url_prefix="/approved-list/drafts")
FAULTS_SHOWN = 200


@import_pages.route("/import", methods=["GET", "POST"])
@for_coordinators
def form() -> Answer:
    """The form of a file, and what keeps it from being imported."""
    asked = {name: tk.request.args.get(name, "") for name in ("year", "number")}
    offer = Offer(list_forms.IMPORT, "list", {"number": "1", **{k: v for k, v in asked.items() if v}})
    if tk.request.method == "POST":
        return _imported(offer.sent())
    return _page(offer)


def _imported(offer: Offer) -> Answer:
    upload = kept_file.given()
    if upload is None:
        return _page(offer.refused(tk.ValidationError({"upload": [tk._("Choose a file.")]}))), 400
    choices, asked = _choices(), {name: offer.values[name] for name in ("year", "number")}
    try:
        found = act("roadmap_list_check", upload=upload, choices=choices)
        if found["faults"] or found["bodies"]:
            return _page(offer, found, choices, upload), 400
        upload.stream.seek(0)
        done = act("roadmap_list_import", upload=upload, choices=choices, **asked)
    except tk.ValidationError as error:
        return _page(offer.refused(error), None, choices, upload), 400
    words = tk._("Items: {items}. New: {created}, changed: {updated}, unchanged: {unchanged}.")
    tk.h.flash_success(words.format(**done))
    return to_version(done)


def _choices() -> dict[str, str]:
    """The body chosen for each word; what was typed goes before what was picked from the nearest."""
    entered = tk.request.form
    words, picked, typed = (entered.getlist(name) for name in ("word", "pick", "other"))
    found = zip(words, picked, typed, strict=False)
    return {word: other.strip() or pick for word, pick, other in found if other.strip() or pick}


def _page(
    offer: Offer,
    found: dict[str, Any] | None = None,
    choices: dict[str, str] | None = None,
    upload: FileStorage | None = None,
) -> str:
    choices, bodies = choices or {}, (found or {}).get("bodies", [])
    is_sound = found is not None and not found["faults"]
    kept = kept_file.carried(upload) if upload is not None and (found is None or is_sound) else {}
    open_words = {row["word"] for row in bodies}
    variables = {
        "offer": replace(offer, form=list_forms.IMPORT_AGAIN) if kept else offer,
        "found": found,
        "faults": (found or {}).get("faults", [])[:FAULTS_SHOWN],
        "table": list_forms.FAULTS,
        "unmatched": [{**row, "chosen": choices.get(row["word"], "")} for row in bodies],
        "settled": {word: name for word, name in choices.items() if word not in open_words},
        "register": act("roadmap_body_list") if bodies else [],
        "kept": kept,
    }
    return draft_page("draft_import.html", variables)
