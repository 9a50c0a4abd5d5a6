"""CKAN's data dictionary of a table, in the language of the page."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.roadmap.domain.text import LANGUAGES
from ckanext.roadmap.written import roadmap_text


@tk.chained_helper
def datastore_dictionary(next_helper: Any, *args: Any, **named: Any) -> list[dict[str, Any]]:
    """The columns of a table with their labels and notes as the reader can read them."""
    fields: list[dict[str, Any]] = next_helper(*args, **named)
    return [{**field, "info": _told(field["info"])} if field.get("info") else field for field in fields]


HELPERS = {"datastore_dictionary": datastore_dictionary}


def _told(info: dict[str, Any]) -> dict[str, Any]:
    """What is written in one language alone stays as it is."""
    found: dict[str, str] = {}
    for name in ("label", "notes"):
        written = {lang: info.get(f"{name}_{lang}") for lang in LANGUAGES}
        if any(written.values()):
            found[name] = roadmap_text(written)
    return info | found
