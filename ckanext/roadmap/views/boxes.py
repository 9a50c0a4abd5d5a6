"""What CKAN's own pages tell of compliance, and how suggestions are called: helpers of templates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from ckan.lib.search import SearchError

from ckanext.roadmap.presentation import contract
from ckanext.roadmap.services import ratings
from ckanext.roadmap.services.speaking import say
from ckanext.roadmap.written import body_title, roadmap_text

from .answers import act


def roadmap_dataset_compliance(id: str) -> dict[str, Any] | None:
    """The obligations that a dataset serves; None where it serves none, or the reader may not see it."""
    try:
        found = act("roadmap_dataset_compliance_show", id=id)
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None
    return found if found["obligations"] else None


def roadmap_contracts(id: str) -> list[dict[str, Any]]:
    """The quality contracts of a dataset's tables; none where the reader may not see it."""
    try:
        return act("roadmap_contract_show", id=id)["contracts"]
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return []


def roadmap_rule(result: Mapping[str, Any]) -> dict[str, str]:
    """A rule of a contract with what was found: words, state and the state's icon."""
    message, state = contract.words(result), contract.state(result)
    told = say(message) if message else str(result["rule"])
    return {"words": told, "state": state, "icon": contract.STATE_ICONS[state]}


def roadmap_body_badge(name: str) -> dict[str, Any] | None:
    """The compliance of a body in a nutshell; None for an organization that owes nothing."""
    try:
        found = act("roadmap_badge_show", body=name)
    except tk.ObjectNotFound:
        return None
    return found if found["obligations"] else None


def roadmap_country() -> dict[str, Any] | None:
    """The shares of the whole country; None before a list is approved."""
    found = act("roadmap_compliance_show")
    return found if found["list_version"] else None


def roadmap_newest_datasets() -> list[dict[str, Any]]:
    """The public datasets that changed last; none while the search is down."""
    try:
        return act("package_search", rows=_NEWEST, sort="metadata_modified desc", facet="false")["results"]
    except SearchError:
        return []


def roadmap_suggestion_title(row: Mapping[str, Any]) -> str:
    """The title of a suggestion: a gap's in the reader's language, a citizen's as it was written."""
    if not row["title"]:
        return tk._("Hidden by the coordinator")
    found = ratings.of(row["indicator"]) if row["origin"] == "rating" else None
    named = found[0].title(found[1]) if found else ()
    return ": ".join(map(tk._, named)) or row["title"]


def roadmap_suggestion_origin(row: Mapping[str, Any]) -> str:
    """Who asks: a citizen, or the rating that found a gap, by its name."""
    found = ratings.RATINGS.get(row["rating"] or "")
    return tk._(found.name) if found else tk.h.roadmap_label("suggestion_origin", row["origin"])


@tk.chained_helper
def get_translated(core: Callable[..., Any], data_dict: dict[str, Any], field: str) -> Any:
    """What CKAN's pages call a thing, and tell of it, by the order in which languages stand for each other.

    An organization that is a body has its names in the register.
    """
    if field == "title" and data_dict.get("type") == "organization":
        return body_title(data_dict.get("name", "")) or core(data_dict, field)
    told = data_dict.get(f"{field}_translated")
    return (roadmap_text(told) if isinstance(told, Mapping) else "") or core(data_dict, field)


@tk.chained_helper
def get_facet_items_dict(
    core: Callable[..., list[dict[str, Any]]], facet: str, *arguments: Any, **named: Any
) -> list[dict[str, Any]]:
    """The choices of a filter; organizations by what the register calls them."""
    found = core(facet, *arguments, **named)
    if facet != "organization":
        return found
    names = {one["name"] for one in found}
    return [{**one, "display_name": body_title(one["name"], names) or one["display_name"]} for one in found]


def roadmap_facet_label(choice: Mapping[str, Any]) -> str:
    """What a choice of a filter is called, uncut."""
    return choice["display_name"]


@tk.chained_helper
def format_resource_items(
    core: Callable[[list[tuple[str, Any]]], list[tuple[str, Any]]], items: Iterable[tuple[str, Any]]
) -> list[tuple[str, Any]]:
    """What a resource's page tells besides its passport: nothing of how CKAN keeps it, the rest in words."""
    words = {"id": tk._("Identifier"), "hash": tk._("Hash"), "size": tk._("Size")}
    found = core([(name, value) for name, value in items if name not in _INNER])
    return [(words.get(name, name), value) for name, value in found]


_NEWEST = 6
_INNER = (
    "datastore_active", "datastore_contains_all_records_of_source_file", "has_views", "package_id",
    "position", "state", "url_type",
)  # fmt: skip
HELPERS = {
    one.__name__: one
    for one in (
        roadmap_dataset_compliance,
        roadmap_contracts,
        roadmap_rule,
        roadmap_body_badge,
        roadmap_country,
        roadmap_newest_datasets,
        roadmap_suggestion_title,
        roadmap_suggestion_origin,
        format_resource_items,
        get_translated,
        get_facet_items_dict,
        roadmap_facet_label,
    )
}
