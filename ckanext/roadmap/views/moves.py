"""Moves from other portals: what moved, what did not and why, and what a coordinator decides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import moves as words

from . import queries
from .answers import Answer, act, file_answer, render, tells_problems

move_pages = Blueprint("roadmap_move", __name__, url_prefix="/moves")
BOTH = ["GET", "POST"]
PAGE, MOST, PUBLISHERS = 50, 1000, 20


@move_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """The catalogues of other portals, each with how far its move has come."""
    rows = [{**row, **_sums(row)} for row in act("roadmap_portal_list")]
    return render("index.html", "index.html", {"table": words.CATALOGUES, "rows": rows}, "move")


@move_pages.route("/<name>", methods=BOTH)
@tells_problems
def show(name: str) -> Answer:
    """The report of a move, with the publishers that a person has to tell."""
    if name not in _names():
        raise tk.ObjectNotFound(tk._("There is no catalogue {name}").format(name=name))
    if tk.request.method == "POST":
        return _decide(name)
    asked = {"state": queries.choice("state", words.FILTERS), "q": queries.text("q")}
    if queries.file_format():
        return file_answer(words.DATASETS, _all(name, asked), f"moved-{name}")
    offset = queries.offset()
    found = act("roadmap_portal_report", connection=name, limit=PAGE, offset=offset, **asked)
    bodies = act("roadmap_body_list") if found["publishers"] else []
    variables = {
        "found": found,
        "asked": asked,
        "offset": offset,
        "page_size": PAGE,
        "publisher_offset": queries.number("publisher", "0, 20, 40 …"),
        "publisher_size": PUBLISHERS,
        "states": words.STATES,
        "datasets": words.DATASETS,
        "filters": words.FILTERS,
        "read": words.READ,
        "titles": {body["name"]: body["title"] for body in bodies},
        "sums": _sums(found),
    }
    return render("show.html", "show.html", variables, "move")


def _decide(name: str) -> Answer:
    sent = tk.request.form
    try:
        if sent.get("act") == "resolve":
            told = {"key": sent.get("key", ""), "body": sent.get("body", "").strip()}
            act("roadmap_portal_publisher_resolve", connection=name, **told)
            tk.h.flash_success(tk._("Recorded. The datasets of this publisher move at the next reading."))
        elif sent.get("act") == "release":
            act("roadmap_portal_release", id=sent.get("id", ""))
            tk.h.flash_success(tk._("Recorded. The rows are loaded again, and published."))
        else:
            act(words.READ.action, connection=name)
            tk.h.flash_success(tk._("The catalogue is read now; look at this page again in a minute."))
    except tk.ValidationError as error:
        tk.h.flash_error(" ".join(error.error_summary.values()))
    return tk.redirect_to("roadmap_move.show", name=name)


def _names() -> list[str]:
    """The catalogues; a stranger finds none."""
    try:
        return [row["connection"] for row in act("roadmap_portal_list")]
    except tk.NotAuthorized:
        return []


def _all(name: str, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    offset, count = 0, 1
    while offset < count:
        found = act("roadmap_portal_report", connection=name, limit=MOST, offset=offset, **asked)
        yield from found["datasets"]
        offset, count = offset + MOST, found["count"]


def _sums(row: dict[str, Any]) -> dict[str, int]:
    moved = sum(one["datasets"] for one in row["states"] if one["state"] == "moved")
    whole = sum(one["datasets"] for one in row["states"])
    sums = {"whole": whole, "moved": moved, "unmoved": whole - moved, "unknown": len(row["publishers"])}
    waits = [one for one in row["states"] if not one["reason"]]
    left = sum(one["datasets"] for one in waits if one["state"] == "waiting")
    rows_left = sum(
        one["datasets"] for one in waits if (one["state"], one["rows_state"]) == ("moved", "waiting")
    )
    return {**sums, "left": left, "rows_left": rows_left}
