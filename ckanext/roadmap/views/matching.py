"""The worklists of matching: what waits to be linked, decided in place, with a search to choose by hand."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import matching as words

from . import queries
from .answers import Answer, act, render, tells_problems
from .offers import may

matching_pages = Blueprint("roadmap_matching", __name__, url_prefix="/compliance/matching")
PAGE = 20
CHOICES = 10
_ACTS = {
    "confirm": "roadmap_publication_confirm",
    "decline": "roadmap_publication_decline",
    "revoke": "roadmap_publication_revoke",
}


@matching_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """Obligations that no dataset answers, each with what may answer it."""
    asked = _asked()
    found = act("roadmap_unmatched_obligation_list", **asked, limit=PAGE)
    return _page("obligations.html", {"found": found, "rows": found["obligations"]})


@matching_pages.get("/datasets")
@tells_problems
def datasets() -> Answer:
    """Datasets that answer no obligation, each with what it may answer."""
    asked = _asked()
    found = act("roadmap_unmatched_dataset_list", **asked, limit=PAGE)
    return _page("datasets.html", {"found": found, "rows": found["datasets"]})


@matching_pages.get("/links")
@tells_problems
def links() -> Answer:
    """Links that stand; a coordinator may revoke them."""
    body, offset = tk.request.args.get("body", "").strip() or None, queries.offset()
    tk.check_access("roadmap_unmatched_obligation_list", _user(), {"body": body})
    found = act("roadmap_publication_list", body=body, as_of=queries.as_of(), limit=PAGE, offset=offset)
    variables = {
        "may_revoke": not queries.as_of() and may("roadmap_publication_revoke"),
        "as_of": queries.past(),
    }
    return _page("links.html", {"found": found, "rows": found["publications"], **variables})


@matching_pages.route("/obligation/<id>", methods=["GET", "POST"])
@tells_problems
def obligation(id: str) -> Answer:
    """Choose a dataset for an obligation."""
    rows = _found("roadmap_unmatched_obligation_list", id)
    if not rows:
        raise tk.ObjectNotFound(tk._("There is no such obligation"))
    q = tk.request.args.get("q", "").strip()
    if tk.request.method == "POST":
        return _choose(id, tk.request.form.get("dataset", ""), "roadmap_matching.index")
    found = act("roadmap_unmatched_dataset_list", q=q, linked=True, limit=CHOICES) if q else None
    variables = {"row": rows[0], "q": q, "found": found, "choices": found["datasets"] if found else []}
    return _page("choose_dataset.html", variables)


@matching_pages.route("/dataset/<id>", methods=["GET", "POST"])
@tells_problems
def dataset(id: str) -> Answer:
    """Choose an obligation for a dataset."""
    rows = _found("roadmap_unmatched_dataset_list", id)
    if not rows:
        raise tk.ObjectNotFound(tk._("There is no such dataset"))
    q = tk.request.args.get("q", "").strip()
    if tk.request.method == "POST":
        return _choose(tk.request.form.get("obligation", ""), id, "roadmap_matching.datasets")
    found = act("roadmap_unmatched_obligation_list", q=q, linked=True, limit=CHOICES) if q else None
    variables = {"row": rows[0], "q": q, "found": found, "choices": found["obligations"] if found else []}
    return _page("choose_obligation.html", variables)


@matching_pages.post("/<id>/<step>")
@tells_problems
def decide(id: str, step: str) -> Answer:
    """Confirm, decline or revoke a link; htmx puts the answer in its place, a form leads back."""
    if step not in _ACTS:
        raise tk.ObjectNotFound(tk._("There is no such link"))
    reason = tk.request.form.get("reason", "").strip() or None
    if step == "revoke" and not reason:
        return _told(tk._("Say why the link is wrong, then revoke it."), "error")
    asked = {"id": id} if step == "confirm" else {"id": id, "reason": reason}
    try:
        act(_ACTS[step], **asked)
    except tk.ValidationError as error:
        return _told(" ".join(error.error_summary.values()), "error")
    return _told(tk._(words.DONE[step]), "success")


def _found(action: str, id: str) -> list[dict[str, Any]]:
    """What of a worklist has an id; a stranger finds nothing there."""
    try:
        answer = act(action, id=id, linked=True)
    except tk.NotAuthorized:
        return []
    return answer["obligations"] if "obligations" in answer else answer["datasets"]


def _choose(obligation_id: str, dataset_name: str, back: str) -> Answer:
    """What a person chooses, a person confirms."""
    try:
        made = act("roadmap_publication_propose", obligation=obligation_id, dataset=dataset_name)
        act("roadmap_publication_confirm", id=made["id"])
    except tk.ValidationError as error:
        tk.h.flash_error(" ".join(error.error_summary.values()))
    else:
        tk.h.flash_success(tk._(words.LINKED))
    return tk.redirect_to(back)


def _told(text: str, kind: str) -> Answer:
    if tk.request.htmx:
        return tk.render("roadmap/matching/snippets/told.html", {"text": text, "kind": kind})
    (tk.h.flash_error if kind == "error" else tk.h.flash_success)(text)
    back = tk.request.form.get("from", "")
    return tk.redirect_to(f"roadmap_matching.{back if back in ('index', 'datasets', 'links') else 'index'}")


def _asked() -> dict[str, Any]:
    args = tk.request.args
    named = {name: args.get(name, "").strip() or None for name in ("body", "q")}
    return {**named, "offset": queries.offset()}


def _page(template: str, variables: dict[str, Any]) -> str:
    shared = {"page_size": PAGE, "offset": queries.offset(), "here": tk.request.endpoint, "words": words}
    return render(template, template, {**shared, **variables}, "matching")


def _user() -> Any:
    return {"user": tk.g.user, "auth_user_obj": tk.g.userobj}
