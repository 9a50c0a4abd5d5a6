"""The technical guide of an information system: its page, its files, and that it was issued."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import systems as words
from ckanext.roadmap.presentation.guides import guide as compose

from . import papers
from .answers import Answer, act, render, tells_problems
from .offers import Offer
from .systems import acted

guide_pages = Blueprint("roadmap_guide", __name__, url_prefix="/systems")
ISSUED = "guide_issued"


@guide_pages.route("/<code>/guide", methods=["GET", "POST"])
@tells_problems
def show(code: str) -> Answer:
    """The guide, with the form that records its issue while that is the next stage."""
    shown = act("roadmap_guide_show", code=code)
    issues = ISSUED in shown["system"]["next"] and tk.h.check_access("roadmap_system_step", {"code": code})
    offers = [Offer(words.ISSUE, "guide")] if issues else []
    fixed = {"stage": ISSUED}

    def page(offers: list[Offer]) -> str:
        variables: dict[str, Any] = {
            "system": shown["system"],
            "document": compose(shown, papers.writing()),
            "offers": offers,
        }
        return render("guide.html", "guide.html", variables, "system")

    return acted(offers, {"code": code, **fixed}, page)


@guide_pages.get("/<code>/guide.<kind>")
@tells_problems
def file(code: str, kind: str) -> Answer:
    """The guide for download, in the language of the address."""
    if kind not in papers.TYPES:
        raise tk.ObjectNotFound(tk._("Accepted there: {accepted}.").format(accepted=", ".join(papers.TYPES)))
    return papers.answer(
        compose(act("roadmap_guide_show", code=code), papers.writing()), kind, f"guide-{code}"
    )
