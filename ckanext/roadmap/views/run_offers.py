"""The acts that a reader may do on a run."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation.held_runs import APPROVE, DECLINE

from .offers import Offer


def may_end(id: str) -> bool:
    """Whether the reader may end the load, or decide on it."""
    try:
        tk.check_access("roadmap_run_cancel", {"user": tk.g.user}, {"id": id})
    except tk.NotAuthorized:
        return False
    return True


def of_run(run: dict[str, Any]) -> list[Offer]:
    """Forms to decide on a held run."""
    waits = run["holding"] is not None and run["holding"]["state"] == "waiting"
    return [Offer(form, run["id"]) for form in (APPROVE, DECLINE)] if waits and may_end(run["id"]) else []
