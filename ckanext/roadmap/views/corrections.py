"""Technical corrections of an approved list: the coordinator's form, and what everybody is told of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import list_changes, list_forms

from .answers import Answer, act
from .coordinating import draft_page, key, to_version
from .offers import Offer


def corrections_of(
    version: dict[str, Any], items: Iterable[dict[str, Any]], as_of: str | None = None
) -> dict[str, Any]:
    """The corrections of a version, newest first, with their table; of the past, those recorded by then."""
    if not version["approved_at"]:
        return {}
    found = act("roadmap_list_correction_list", **key(version))
    until = datetime.fromisoformat(as_of) if as_of else None
    titles = {item["code"]: item["title"] for item in items}
    known = [
        one
        for one in found
        if one["code"] in titles and (until is None or datetime.fromisoformat(one["recorded_at"]) <= until)
    ]
    rows = list_changes.correction_rows(known, titles)
    return {"table": list_changes.CORRECTIONS, "rows": rows} if rows else {}


def corrected(version: dict[str, Any], stands: Offer, code: str) -> Answer:
    """Correct what was sent, or show the form with the texts as they stand."""
    form = list_forms.CORRECT
    if tk.request.method == "GET":
        return _page(version, Offer(form, "item", stands.values), code)
    sent = Offer(form, "item").sent()
    try:
        act(form.action, **key(version), code=code, **sent.values)
    except tk.ValidationError as error:
        return _page(version, sent.refused(error), code), 400
    tk.h.flash_success(tk._("The correction of {code} is recorded.").format(code=code))
    return to_version(version)


def _page(version: dict[str, Any], offer: Offer, code: str) -> str:
    items = [item for item in act("roadmap_item_list", **key(version)) if item["code"] == code]
    variables = {"version": version, "offer": offer, "code": code}
    return draft_page("draft_correction.html", {**variables, "corrections": corrections_of(version, items)})
