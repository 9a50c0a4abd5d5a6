"""Addresses of our pages: hundreds stand on one page, so what is alike in all of them is found once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote_plus

from flask.globals import request_ctx

import ckan.plugins.toolkit as tk

_KNOWN = "roadmap_page"
_PLAIN = "!$'()*,/:;?@"  # what the router leaves as it is in a question
_SAMPLE = "roadmap_compliance.index"
_CLOSING = ("current", "kept", "kept_on_time", "automatic", "attested", "late")
_QUESTIONS = frozenset(
    {"body", "kind", "sphere", "quarter", "share", "status", "sort", "limit", "offset", "format", "table"}
    | {"as_of", "q", "frequency", "place", "ai", "version", "from", "to"}
    | {"state", "origin", "page", "at", "touch", "stage", "mapping", "resource", "outcome"}
)


_BEHIND: dict[str, tuple[str, dict[str, object]]] = {
    "obligations": ("roadmap_figures.obligations", {}),
    "published": ("roadmap_figures.obligations", {"share": "published"}),
    **{figure: ("roadmap_figures.deadlines", {"share": figure}) for figure in _CLOSING},
    **{
        status: ("roadmap_figures.deadlines", {"share": "kept", "status": status})
        for status in ("contested", "unknown")
    },
}


class Page:
    """What is asked of the addresses of one request, found out once."""

    def __init__(self, request: Any, script_name: str) -> None:
        self.environ: dict[str, Any] = request.environ
        self.asked: dict[str, str] = request.args.to_dict()
        self.path: dict[str, Any] = request.view_args or {}
        self.endpoint: str = request.endpoint
        self.as_of = self.asked.get("as_of") or None
        self.root = script_name
        whole, path = tk.url_for(_SAMPLE), self.built(_SAMPLE, {})
        self.prefix = whole.removesuffix(path) if whole.endswith(path) else None

    def built(self, endpoint: str, values: Mapping[str, object]) -> str:
        """The router's path."""
        as_of = values.get("as_of")  # last, since it is another one each time: all before it is found once
        known = tuple([(n, value) for n, value in values.items() if value is not None and n != "as_of"])
        path = _path(self.root, endpoint, known)
        if as_of is None:
            return path
        return f"{path}{'&' if '?' in path else '?'}as_of={quote_plus(str(as_of), _PLAIN)}"

    def address(self, endpoint: str, values: Mapping[str, object]) -> str:
        """What CKAN's `url_for` gives; a value that is None is left out."""
        if self.prefix is None:
            return tk.url_for(endpoint, **values)
        return self.prefix + self.built(endpoint, values)

    def then(self, endpoint: str, values: dict[str, object]) -> str:
        """The same of a page of the road map, looked at as of the same time as this one."""
        return self.address(endpoint, {**values, "as_of": self.as_of})


def page() -> Page | None:
    """The request that is answered, if there is one."""
    try:
        proxy: Any = request_ctx
        context: Any = proxy._get_current_object()
    except RuntimeError:
        return None
    found = getattr(context, _KNOWN, None)
    if found is None:
        found = Page(context.request, context.url_adapter.script_name)
        setattr(context, _KNOWN, found)
    return found


def address(endpoint: str, **values: object) -> str:
    """What CKAN's `url_for` gives; a value that is None is left out."""
    asked = page()
    return tk.url_for(endpoint, **values) if asked is None else asked.address(endpoint, values)


def here(**changes: object) -> str:
    """The address of this page with some of its questions changed; None takes one away."""
    shown = _shown()
    asked = {name: value for name, value in shown.asked.items() if name in _QUESTIONS}
    known = {**asked, **shown.path, **changes}
    told = {name: value for name, value in known.items() if value not in (None, "")}
    return shown.address(shown.endpoint, told)


def then(endpoint: str, **values: object) -> str:
    """The address of a page of the road map, looked at as of the same time as this one."""
    return _shown().then(endpoint, values)


def _shown() -> Page:
    found = page()
    if found is None:
        raise RuntimeError("There is no page outside a request.")
    return found


def behind(figure: str, row: Mapping[str, Any]) -> str:
    """Where the rows behind a figure are, narrowed as the page is and by the row it stands in."""
    shown = _shown()
    asked, path = shown.asked, shown.path
    where = {
        "body": row.get("name") or asked.get("body") or path.get("name"),
        "item": asked.get("item") or path.get("code"),
        "kind": row.get("kind") or asked.get("kind") or None,
        "sphere": asked.get("sphere") or None,
        "q": asked.get("q") or None,
        "quarter": row.get("quarter") or asked.get("quarter") or None,
    }
    endpoint, share = _BEHIND.get(figure, ("roadmap_figures.refresh", {"touch": figure}))
    return shown.then(endpoint, {**share, **where})


def of_status(status: str, row: Mapping[str, Any]) -> str:
    """Where the deadlines of a status are, narrowed likewise."""
    shown = _shown()
    where: dict[str, object] = {
        "status": status,
        "body": row.get("name"),
        "kind": row.get("kind") or shown.asked.get("kind") or None,
        "sphere": shown.asked.get("sphere") or None,
        "q": shown.asked.get("q") or None,
    }
    return shown.then("roadmap_figures.deadlines", where)


def of_kind(kind: str) -> str:
    """Where the bodies of a kind are, narrowed likewise."""
    return here(kind=kind, page=None) + "#table-bodies"


def of_obligation(row: Mapping[str, Any]) -> str:
    """Where the deadlines of an obligation are."""
    found = then("roadmap_compliance.item", code=row["item"]["code"], body=row["body"]["name"])
    return f"{found}#deadlines"


def of_dataset(found: Mapping[str, Any]) -> str | None:
    """Where a dataset is, if it is still public: what it was called then is no address now."""
    if not found.get("is_public", True):
        return None
    asked = page()
    return address("dataset.read", id=found["id" if asked and asked.as_of else "name"])


def of_repairs(row: Mapping[str, Any]) -> str:
    """Where the single repairs of a body or an item are, narrowed as the page is."""
    asked = _shown().asked
    of = {"body": row["body"]["name"]} if "body" in row else {"item": row["item"]["code"]}
    more = {name: asked.get(name) or None for name in ("kind", "sphere", "q")}
    return then("roadmap_figures.fix_first", **of, **more)


@lru_cache(maxsize=20_000)
def _path(_root: str, endpoint: str, values: tuple[tuple[str, object], ...]) -> str:
    """The router's answer, which is always the same."""
    adapter: Any = request_ctx.url_adapter
    return adapter.build(endpoint, dict(values))
