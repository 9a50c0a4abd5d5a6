"""What the pages of those who work on the list share: who may come in, and where they are led."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.types import Context

from .answers import Answer, render, tells_problems


def for_coordinators(view: Callable[..., Answer]) -> Callable[..., Answer]:
    """Show a page to those who may draft the list; everybody else is told why not."""

    @wraps(view)
    def guarded(**arguments: Any) -> Answer:
        user: Context = {"user": tk.g.user, "auth_user_obj": tk.g.userobj}
        tk.check_access("roadmap_list_version_create", user, {})
        return view(**arguments)

    return tells_problems(guarded)


def draft_page(template: str, variables: dict[str, Any]) -> str:
    """A page of drafts; where htmx takes a part of it, the part tells what came of the last step."""
    told = {"tells_inside": bool(tk.request.htmx)}
    return render(template, template, {**variables, **told}, "list")


def key(version: dict[str, Any]) -> dict[str, Any]:
    """What names a version in addresses and questions."""
    return {"year": version["year"], "number": version["number"]}


def to_version(version: dict[str, Any]) -> Any:
    """The way to the page of a version."""
    return tk.redirect_to("roadmap_drafts.show", **key(version))
