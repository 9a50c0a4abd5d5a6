"""A look at a source that goes on in the background: watched, ended, taken up by the form it came from."""

from __future__ import annotations

from typing import Any

from flask import current_app
from werkzeug.datastructures import MultiDict

import ckan.plugins.toolkit as tk

from ckanext.roadmap.sources.mapping_text import write

from .answers import Answer, act, render, tells_problems
from .mappings import BOTH, mapping_pages
from .offers import only_for


def ask(name: str, asked: dict[str, Any], definition: str | None) -> Answer:
    """Has a source looked at, and leads to where that is watched.

    :param name: name of the mapping; empty: it is not there yet
    :param asked: connection, schema, table, read; without a table: what the connection offers
    :param definition: the mapping, if it can be taken as it stands
    """
    sent = tk.request.form
    left = ("do", current_app.config["WTF_CSRF_FIELD_NAME"])
    fields = [[key, value] for key, value in sent.items(multi=True) if key not in left]
    form = {"mapping": name, "fields": fields}
    look = act("roadmap_source_look_create", **asked, definition=definition, form=form)
    return tk.redirect_to("roadmap_mapping.look", id=look["id"])


def taken_up(id: str) -> tuple[Any, dict[str, Any]]:
    """What stood in the form when a look was asked for, and what was found.

    :raises ObjectNotFound: there is no such look
    """
    look = act("roadmap_source_look_show", id=id)
    return MultiDict((key, value) for key, value in look["form"].get("fields", [])), look["found"]


@mapping_pages.route("/looks/<id>", methods=BOTH)
@tells_problems
def look(id: str) -> Answer:
    """How the look stands; its button ends it, or asks for another like it."""
    only_for("roadmap_source_look_show")
    found = act("roadmap_source_look_show", id=id)
    if tk.request.method == "POST":
        if tk.request.form.get("do") == "again":
            id = _again(found)
        else:
            act("roadmap_source_look_cancel", id=id)
        return tk.redirect_to("roadmap_mapping.look", id=id)
    return render("source_look.html", "snippets/source_look.html", {"look": found}, "mapping")


def _again(found: dict[str, Any]) -> str:
    asked = dict(found["asked"])
    draft = asked.pop("draft")
    definition = write([draft]) if draft else None
    return act("roadmap_source_look_create", **asked, definition=definition, form=found["form"])["id"]
