"""What CKAN's own pages tell of compliance: helpers that ask the actions as the reader."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk

from .answers import act


def roadmap_dataset_compliance(id: str) -> dict[str, Any] | None:
    """The obligations that a dataset serves; None where it serves none, or the reader may not see it."""
    try:
        found = act("roadmap_dataset_compliance_show", id=id)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None
    return found if found["obligations"] else None


def roadmap_body_badge(name: str) -> dict[str, Any] | None:
    """The compliance of a body in a nutshell; None for an organization that owes nothing."""
    try:
        found = act("roadmap_badge_show", body=name)
    except tk.ObjectNotFound:
        return None
    return found if found["obligations"] else None


HELPERS = {one.__name__: one for one in (roadmap_dataset_compliance, roadmap_body_badge)}
