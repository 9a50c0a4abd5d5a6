"""The acts that a reader may do on a run."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation.held_runs import APPROVE, DECLINE, STEAD

from .offers import Offer


def may_end(id: str) -> bool:
    """Whether the reader may end the load, or decide on it."""
    try:
        tk.check_access("roadmap_run_cancel", {"user": tk.g.user}, {"id": id})
    except tk.NotAuthorized:
        return False
    return True


def of_run(run: dict[str, Any]) -> list[Offer]:
    """Forms to decide on a held run: those that move it on by the reader's word."""
    holding = run["holding"]
    if holding is None or holding["state"] != "waiting" or not holding["yours"]:
        return []
    yours, missing = set(holding["yours"]), set(holding["missing"])
    stands_in = "stead" in yours and "owner" in missing and not holding["either"]
    offered = ((APPROVE, bool(yours & missing)), (STEAD, stands_in), (DECLINE, True))
    return [Offer(form, run["id"]) for form, is_open in offered if is_open]
