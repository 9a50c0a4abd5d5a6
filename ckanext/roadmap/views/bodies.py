"""Public pages of the register of bodies: the tree on any day, and each body with its lineage."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint

from ckanext.roadmap.presentation import labels, register
from ckanext.roadmap.services import clock

from . import queries
from .answers import Answer, act, list_answer, render, tells_problems

body_pages = Blueprint("roadmap_bodies", __name__, url_prefix="/bodies")


@body_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """The bodies of a day, each beneath the body above it."""
    at, kind, text = queries.day("at"), queries.choice("kind", labels.KINDS), queries.text("q")
    rows = act("roadmap_body_tree", at=at, kind=kind, q=text)
    if wanted := queries.file_format():
        return list_answer(wanted, register.REGISTER, rows, f"bodies-{at or clock.today().isoformat()}")
    variables = {
        **queries.part(rows, queries.PAGE_SIZE),
        "table": register.REGISTER,
        "day": at or clock.today().isoformat(),
        "is_past": at is not None and date.fromisoformat(at) < clock.today(),
        "kind": kind,
        "q": text or "",
    }
    return render("index.html", "tree.html", variables, "bodies")


@body_pages.get("/<name>")
@tells_problems
def show(name: str) -> Answer:
    """One body: what the register says of it, what it was called, where it came from and went to."""
    at = queries.day("at")
    body = act("roadmap_body_show", name=name, at=at)
    titles = {row["name"]: row["title"] for row in act("roadmap_body_list", at=at)}
    variables: dict[str, Any] = {"body": body, "titles": titles, "at": at}
    if queries.choice("format", ("json",)):
        return list_answer("json", register.REGISTER, [body], f"body-{name}")
    return render("show.html", "show.html", variables, "bodies")
