"""The coordinator's page that imports the register: first what would change, then exactly that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from flask import Blueprint
from werkzeug.datastructures import FileStorage

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import register, register_forms

from . import kept_file
from .answers import Answer, act, render
from .coordinating import for_coordinators
from .offers import Offer

register_pages = Blueprint("roadmap_register", __name__, url_prefix="/bodies")
FILES = ("upload", "successions")
FAULTS_SHOWN = 200
Files = dict[str, FileStorage]


@register_pages.route("/import", methods=["GET", "POST"])
@for_coordinators
def form() -> Answer:
    """The form of the files; what was compared stands above it with the button that does it."""
    offer = Offer(register_forms.IMPORT, "register")
    if tk.request.method == "GET":
        return _page(offer)
    offer, files = offer.sent(), _files()
    if "upload" not in files:
        return _page(offer.refused(tk.ValidationError({"upload": [tk._("Choose a file.")]}))), 400
    return _done(offer, files) if tk.request.form.get("basis") else _compared(offer, files)


def _compared(offer: Offer, files: Files) -> Answer:
    try:
        found = act("roadmap_body_check", **files, **_said(offer))
    except tk.ValidationError as error:
        return _page(offer.refused(error), files=files), 400
    return _page(offer, found, files), 400 if found["faults"] else 200


def _done(offer: Offer, files: Files) -> Answer:
    try:
        act("roadmap_body_import", **files, **_said(offer), basis=tk.request.form["basis"])
    except tk.ValidationError as error:
        for file in files.values():
            file.stream.seek(0)
        return _page(offer.refused(error), files=files), 400
    tk.h.flash_success(tk._("The register is imported."))
    return tk.redirect_to("roadmap_bodies.index")


def _files() -> Files:
    given = {name: kept_file.given(name) for name in FILES}
    return {name: file for name, file in given.items() if file is not None}


def _said(offer: Offer) -> dict[str, str]:
    return {name: value for name, value in offer.values.items() if name not in FILES and value}


def _page(offer: Offer, found: dict[str, Any] | None = None, files: Files | None = None) -> str:
    kept = {name: kept_file.carried(file, name) for name, file in (files or {}).items()}
    hidden = {key: text for fields in kept.values() for key, text in fields.items()}
    faults = (found or {}).get("faults", [])
    is_kept = bool(kept) and all(kept.values()) and not faults
    variables = {
        "offer": replace(offer, form=register_forms.AGAIN) if is_kept else offer,
        "found": None if faults else found,
        "faults": faults[:FAULTS_SHOWN],
        "fault_count": len(faults),
        "fault_table": register_forms.FAULTS,
        "changes": register.change_rows(found) if found and not faults else [],
        "change_table": register.CHANGES,
        "succession_table": register.SUCCESSIONS,
        "kept": hidden if is_kept else {},
        "names": [file.filename for file in (files or {}).values()] if is_kept else [],
    }
    return render("import.html", "import.html", variables, "bodies")
