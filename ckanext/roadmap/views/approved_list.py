"""Public pages of the approved list: what is mandated, from whom, by which law, and what changed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from flask import Blueprint, Response

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.logic.validators import roadmap_as_of
from ckanext.roadmap.presentation import dcat_list, labels, list_changes, list_forms
from ckanext.roadmap.presentation.approved_list import ITEMS, facet_values, facets

from . import queries
from .answers import Answer, act, list_answer, render, tells_problems
from .corrections import corrections_of

list_pages = Blueprint("roadmap_list", __name__, url_prefix="/approved-list")
FORMATS = ("csv", "xlsx", "json")
MOST_LINKS = 1000
PAGE = 100
ACCEPTED = {
    "frequency": labels.FREQUENCIES,
    "place": labels.PLACES,
    "sphere": labels.SPHERES,
    "ai": list_forms.YES_NO,
}


@list_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """The items of a version, searched and narrowed down."""
    as_of = queries.as_of()
    versions = act("roadmap_list_version_list", as_of=as_of)
    version = _version("version", versions) or _in_force(versions)
    if version is None:
        return render("index.html", "index.html", {"version": None}, "list")
    text = tk.request.args.get("q", "").strip()
    key = {"year": version["year"], "number": version["number"], "as_of": as_of}
    found = act("roadmap_item_list", **key, q=text or None, bodies=True)
    choices, titles = facets(found), body_titles(as_of)
    accepted = {**ACCEPTED, "body": titles}
    asked = {name: queries.choice(name, {*accepted[name], *choices[name]}) for name in choices}
    rows = [row for row in found if _has(row, asked)]
    if wanted := queries.choice("format", (*FORMATS, *dcat_list.FORMATS)):
        if wanted in dcat_list.FORMATS:
            return _catalogue(wanted, version, rows)
        return list_answer(wanted, ITEMS, rows, f"approved-list-{_code(version)}")
    for name in asked.keys() - {name for name, value in asked.items() if value is None}:
        choices[name].setdefault(str(asked[name]), 0)
    variables = {"version": version, "versions": versions, "choices": choices, "asked": asked, "q": text}
    variables |= {"as_of": queries.past(), "titles": titles}
    variables["corrections"] = corrections_of(version, found, queries.past())
    offset = queries.offset()
    shown = {
        "table": ITEMS,
        "rows": [*map(with_names(titles), rows[offset : offset + PAGE])],
        "page": {"count": len(rows), "offset": offset, "limit": PAGE},
        "filtered": len(rows) < len(found) or text,
    }
    return render("index.html", "content.html", {**variables, **shown}, "list")


@list_pages.get("/compare")
@tells_problems
def compare() -> Answer:
    """What changed from one version to another."""
    as_of = queries.as_of()
    versions = act("roadmap_list_version_list", as_of=as_of)
    after = _version("to", versions) or (versions[0] if versions else None)
    before = _version("from", versions) or previous(after, versions)
    if before is None or after is None:
        variables = {"before": None, "versions": versions, "as_of": queries.past()}
        return render("compare.html", "compare.html", variables, "list")
    found = act(
        "roadmap_list_version_diff",
        from_year=before["year"],
        from_number=before["number"],
        year=after["year"],
        number=after["number"],
    )
    if wanted := queries.choice("format", FORMATS):
        name = f"changes-{_code(before)}-{_code(after)}"
        return list_answer(wanted, list_changes.CHANGES, list_changes.rows(found), name)
    variables = {"before": before, "after": after, "versions": versions, "found": found}
    shown = {"table": list_changes.CHANGES, "rows": list_changes.page_rows(found), "as_of": queries.past()}
    return render("compare.html", "compare.html", {**variables, **shown}, "list")


@list_pages.get("/<code>")
@tells_problems
def item(code: str) -> Answer:
    """One item: the law, who owes it, where it is published, and its history."""
    as_of = queries.as_of()
    history = act("roadmap_item_history", code=code, as_of=as_of)
    newest = history[0]["item"]
    if queries.choice("format", ("json",)):
        return list_answer("json", ITEMS, history, f"item-{code}")
    variables = {
        "item": with_names(body_titles(as_of))(newest),
        "history": history,
        "is_in_force": history[0]["version"]["in_force_to"] is None,
        "obligations": _obligations(code, as_of),
        "publications": _publications(code, as_of),
        "sittings": [] if as_of else act("roadmap_docket_list", item=code),
        "as_of": queries.past(),
    }
    return render("item.html", "item.html", variables, "list")


def _catalogue(kind: str, version: dict[str, Any], rows: list[dict[str, Any]]) -> Response:
    """The list as DCAT."""

    def address(code: str) -> str:
        return tk.url_for("roadmap_list.item", code=code, qualified=True, locale="default")

    base = tk.url_for("roadmap_list.index", version=_code(version), qualified=True, locale="default")
    answer = Response(
        dcat_list.content(kind, version, rows, base, address), mimetype=dcat_list.FORMATS[kind][1]
    )
    name = f"approved-list-{_code(version)}.{kind}"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _obligations(code: str, as_of: str | None) -> list[dict[str, Any]]:
    """Who owes an item and with what dataset; none if no list binds anybody to it."""
    try:
        return act("roadmap_compliance_show", item=code, as_of=as_of, limit=1)["obligations"]
    except tk.ObjectNotFound:
        return []


def _publications(code: str, as_of: str | None) -> dict[str, list[dict[str, Any]]]:
    """By obligation, the datasets that answer it: one may be answered by several."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for link in act("roadmap_publication_list", item=code, as_of=as_of, limit=MOST_LINKS)["publications"]:
        found[link["obligation"]["id"]].append(link)
    return found


def body_titles(as_of: str | None = None) -> dict[str, Any]:
    """What each body is called; those of a past day as they were called then."""
    found = {body["name"]: body["title"] for body in act("roadmap_body_list")}
    if as_of:
        day = roadmap_as_of(as_of).astimezone(config.timezone()).date()
        found |= {body["name"]: body["title"] for body in act("roadmap_body_list", at=day.isoformat())}
    return found


def with_names(titles: dict[str, Any]) -> Any:
    """Adds the titles of the bodies that a row names."""

    def named(row: dict[str, Any]) -> dict[str, Any]:
        parts = {part: row["responsible"][part] for part in ("bodies", "exceptions")}
        words = {
            part: [{"name": one, "title": titles.get(one, one)} for one in parts[part]] for part in parts
        }
        return {**row, "who": {**row["responsible"], **words}}

    return named


def _has(row: dict[str, Any], asked: dict[str, str | None]) -> bool:
    return all(value is None or value in facet_values(row, name) for name, value in asked.items())


def _code(version: dict[str, Any]) -> str:
    return f"{version['year']}-{version['number']}"


def _version(field: str, versions: list[dict[str, Any]]) -> dict[str, Any] | None:
    by_code = {_code(version): version for version in versions}
    chosen = queries.choice(field, by_code)
    return by_code[chosen] if chosen else None


def _in_force(versions: list[dict[str, Any]]) -> dict[str, Any] | None:
    approved = [version for version in versions if version["approved_at"]]
    open_ = [version for version in approved if version["in_force_to"] is None]
    return next(iter([*open_, *approved, *versions]), None)


def previous(after: dict[str, Any] | None, versions: list[dict[str, Any]]) -> dict[str, Any] | None:
    """The approved version before one, of all versions in their order."""
    if after is None:
        return None
    older = versions[versions.index(after) + 1 :]
    return next((version for version in older if version["approved_at"]), None)
