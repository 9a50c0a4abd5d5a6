"""The page of the link in each letter about suggestions: end them, or let them come again."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from .answers import Answer, act, render, tells_problems

letter_pages = Blueprint("roadmap_suggestion_letters", __name__)


@letter_pages.route("/suggest/letters", methods=["GET", "POST"])
@tells_problems
def show() -> Answer:
    """Only the button changes anything, since programs open links too."""
    token = tk.request.values.get("token", "")
    try:
        wanted = act("roadmap_suggestion_letters_show", token=token)["wanted"]
        if tk.request.method == "GET":
            return _page({"token": token, "wanted": wanted})
        chosen = tk.request.form.get("wanted") == "yes"
        act("roadmap_suggestion_letters_set", token=token, wanted=chosen)
    except tk.ValidationError as error:
        problem = " ".join(error.error_summary.values()) if token else _not_whole()
        return _page({"token": None, "problem": problem}), 400
    ended = tk._("Done. No more letters about suggestions come to you.")
    tk.h.flash_success(tk._("Letters come again.") if chosen else ended)
    return tk.redirect_to("roadmap_suggestion_letters.show", token=token)


def _page(variables: dict[str, Any]) -> str:
    return render("letters.html", "letters.html", variables, "suggestion")


def _not_whole() -> str:
    return tk._("The link is not whole. Open it from the mail again, or copy all of it.")
