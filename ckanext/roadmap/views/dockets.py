"""Pages of the commission's dockets: the list, one docket, one entry, and their papers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import docket_forms, dockets
from ckanext.roadmap.presentation.acts import Form
from ckanext.roadmap.presentation.tables import Row

from . import papers
from .answers import Answer, act, render, tells_problems
from .offers import Offer, may

docket_pages = Blueprint("roadmap_docket", __name__, url_prefix="/docket")
BOTH = ["GET", "POST"]
PAPERS = {"agenda": dockets.agenda, "protocol": dockets.protocol}


@docket_pages.route("", methods=BOTH, strict_slashes=False)
@tells_problems
def index() -> Answer:
    """The sittings; a new docket is begun here."""
    offers = _offered((docket_forms.CREATE,), {}, {})

    def page(offers: list[Offer]) -> str:
        variables = {"table": dockets.DOCKETS, "rows": act("roadmap_docket_list"), "offers": offers}
        return render("index.html", "index.html", variables, "docket")

    return _answered(offers, page, lambda _form, made: _to(made["number"]))


@docket_pages.route("/<number>", methods=BOTH)
@tells_problems
def show(number: str) -> Answer:
    """One docket with its entries, and what may be done with it."""
    docket = act("roadmap_docket_show", number=number)
    offers = _offered(docket_forms.OF_DOCKET, docket, {"update": docket_forms.values_of(docket)})

    def page(offers: list[Offer]) -> str:
        variables = {"docket": docket, "offers": offers, "papers": _papers(docket)}
        return render("docket.html", "docket.html", variables, "docket")

    return _answered(offers, page, lambda _form, _made: _to(number))


@docket_pages.route("/<number>/<int:position>", methods=BOTH)
@tells_problems
def entry(number: str, position: int) -> Answer:
    """One entry, with the forms of those who answer for a body or decide."""
    docket = act("roadmap_docket_show", number=number)
    found = next((row for row in docket["entries"] if row["position"] == position), None)
    if found is None:
        raise tk.ObjectNotFound(tk._("There is no such entry"))
    values = {form.name: docket_forms.values_of_entry(found, form.name) for form in docket_forms.OF_ENTRY}
    offers = _offered(docket_forms.OF_ENTRY, {**found, "docket": docket}, values)

    def page(offers: list[Offer]) -> str:
        variables = {"docket": docket, "entry": found, "offers": offers}
        return render("entry.html", "entry.html", variables, "docket")

    def then(form: str, made: dict[str, Any]) -> Answer:
        return _to(number, None if form == "remove" else made["position"])

    return _answered(offers, page, then)


@docket_pages.get("/<number>/<paper>.<kind>")
@tells_problems
def paper(number: str, paper: str, kind: str) -> Answer:
    """The agenda or protocol for download, in the language of the address."""
    docket = act("roadmap_docket_show", number=number)
    if paper not in _papers(docket) or kind not in papers.TYPES:
        raise tk.ObjectNotFound(tk._("There is no such paper of this docket"))
    return papers.answer(PAPERS[paper](docket, papers.writing()), kind, f"{paper}-{number}")


def _papers(docket: dict[str, Any]) -> list[str]:
    """Whoever sees a part of a docket only gets no paper of it."""
    if docket["state"] in ("held", "closed"):
        return list(PAPERS)
    return ["agenda"] if may("roadmap_docket_decide") else []


def _offered(forms: tuple[Form, ...], row: Row, values: Mapping[str, dict[str, str]]) -> list[Offer]:
    """The forms that this reader may use on a docket or entry as it stands."""
    found = [
        Offer(form, target, values.get(form.name, {}))
        for form in forms
        for target in form.targets(row)
        if may(form.action, **{form.key: target})
    ]
    names = {field.name for offer in found for field in offer.form.fields}
    choices = _choices(names, row)
    filled = [replace(offer, form=docket_forms.with_choices(offer.form, choices)) for offer in found]
    return [offer for offer in filled if offer.form.name != "carry" or offer.form.fields]


def _choices(names: set[str], row: Row) -> dict[str, dict[str, str]]:
    """What may be chosen now in the fields of these names."""
    text: Any = tk.h.roadmap_text
    choices: dict[str, dict[str, str]] = {}
    if "list" in names:
        versions = [one for one in act("roadmap_list_version_list") if one["status"] == "draft"]
        drafts = {f"{one['year']}-{one['number']}": f"{one['year']}/{one['number']}" for one in versions}
        choices["list"] = {"": tk._("None yet"), **drafts}
    if "body" in names:
        found = {one["name"]: text(one["title"]) for one in act("roadmap_body_list")}
        choices["body"] = {"": tk._("As the suggestion says"), **found}
    if "suggestions" in names:
        waiting = act("roadmap_docket_waiting")
        listed = [*row.get("suggestions", []), *waiting["suggestions"]]
        choices["suggestions"] = {one["number"]: f"№ {one['number']} {one['title']}" for one in listed}
        choices["from_entry"] = {
            one["id"]: f"{one['docket']}, {one['position']}. {text(one['title'])}"
            for one in waiting["entries"]
        }
    return choices


def _answered(
    offers: list[Offer], page: Callable[[list[Offer]], str], then: Callable[[str, dict[str, Any]], Answer]
) -> Answer:
    """Do what was sent and go on, or show the page, with what was wrong."""
    if tk.request.method == "GET":
        return page(offers)
    chosen = next((one for one in offers if one.id == tk.request.form.get("form")), None)
    if chosen is None:
        raise tk.NotAuthorized(tk._("This step is not open to you, or the docket has changed since."))
    sent = _sent(chosen)
    key = {sent.form.key: sent.target} if sent.form.key else {}
    fixed = {"decision": "accept"} if sent.form.name == "accept" else {}
    try:
        made = act(sent.form.action, **key, **fixed, **sent.values)
    except tk.ValidationError as error:
        refused = sent.refused(error)
        return page([refused if one is chosen else one for one in offers]), 400
    tk.h.flash_success(tk._("Recorded."))
    return then(sent.form.name, made)


def _sent(offer: Offer) -> Offer:
    entered = tk.request.form
    ticked = {
        one.name: ";".join(entered.getlist(one.name)) for one in offer.form.fields if one.kind == "checks"
    }
    sent = offer.sent()
    return replace(sent, values={**sent.values, **ticked})


def _to(number: str, position: int | None = None) -> Any:
    if position is None:
        return tk.redirect_to("roadmap_docket.show", number=number)
    return tk.redirect_to("roadmap_docket.entry", number=number, position=position)
