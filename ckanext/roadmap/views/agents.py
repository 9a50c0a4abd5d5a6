"""Tokens of the agents that push a system's tables: issued, shown once, revoked."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import agents as words

from .answers import Answer, act, render, tells_problems
from .offers import Offer

agent_pages = Blueprint("roadmap_agent", __name__, url_prefix="/systems")


@agent_pages.route("/<code>/agent", methods=["GET", "POST"])
@tells_problems
def show(code: str) -> Answer:
    """The tokens of a system, with the forms that issue and revoke them."""
    system = act("roadmap_system_show", code=code)
    tokens = act("roadmap_push_token_list", system=code)
    offers = [Offer(words.ISSUE, code)] + [
        Offer(words.REVOKE, token["id"]) for token in tokens if token["revoked_at"] is None
    ]
    issued = None
    if tk.request.method == "POST":
        chosen = next((one for one in offers if one.id == tk.request.form.get("form")), None)
        if chosen is None:
            raise tk.NotAuthorized(tk._("This step is not open to you, or the system has changed since."))
        done = act(chosen.form.action, **{chosen.form.key: chosen.target}, **chosen.sent().values)
        if "token" not in done:
            tk.h.flash_success(tk._("Recorded."))
            return tk.redirect_to("roadmap_agent.show", code=code)
        issued, tokens = done["token"], act("roadmap_push_token_list", system=code)
        offers = offers[:1]
    variables: dict[str, Any] = {
        "system": system,
        "tokens": tokens,
        "issued": issued,
        "offers": {one.target: one for one in offers},
    }
    return render("agent.html", "agent.html", variables, "system")
