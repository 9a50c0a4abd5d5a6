"""The passport of a dataset: what the road map itself knows of it."""

from __future__ import annotations

from typing import Any

from ckan import model

from ckanext.roadmap.services import identifiers


def show_identifier(pkg_dict: dict[str, Any]) -> None:
    """Put the identifier that was issued for what a dataset answers in its passport."""
    found = identifiers.of_dataset(model.Session(), pkg_dict.get("id") or "")
    if found and pkg_dict.get("identifier") not in found:
        pkg_dict["identifier"] = found[0]
