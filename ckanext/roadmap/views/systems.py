"""Information systems: the public register, a body's own page with the yearly survey, and one system."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation import mappings
from ckanext.roadmap.presentation import systems as words

from . import queries
from .answers import Answer, act, file_answer, list_answer, render, tells_problems
from .compliance import public_dataset
from .file_import import imported
from .offers import Offer, may

system_pages = Blueprint("roadmap_system", __name__, url_prefix="/systems")
BOTH = ["GET", "POST"]
_PARTS = {"bodies": words.BODIES, "trend": words.TREND, "dividend": words.DIVIDEND}


@system_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """The share that publishes automatically, what to connect next, and the register."""
    body, stage = queries.choice("body", _bodies()), queries.choice("stage", words.STAGES)
    part, figures = queries.choice("table", _PARTS), act("roadmap_integration_show")
    if part:
        return file_answer(_PARTS[part], figures[part], part)
    rows = act("roadmap_system_list", body=body, stage=stage)["systems"]
    if queries.file_format():
        return file_answer(words.SYSTEMS, rows, "systems")
    variables = {
        "figures": figures,
        "tables": {**_PARTS, "systems": words.SYSTEMS},
        "rows": rows,
        "asked": {"body": body, "stage": stage},
        "bodies": [row["body"] for row in figures["bodies"]],
        "may_import": may(words.IMPORT.action),
    }
    return render("index.html", "index.html", variables, "system")


@system_pages.route("/body/<name>", methods=BOTH)
@tells_problems
def body(name: str) -> Answer:
    """The systems of a body, with the forms of those who declare them and answer the survey."""
    owner = act("roadmap_body_show", name=name)
    if queries.choice("table", ["trend"]):
        told = act("roadmap_integration_show", body=name)["trend"]
        return file_answer(words.TREND, told, f"trend-{name}")
    offers = [Offer(form, "system") for form in (words.CREATE, words.ANSWER) if may(form.action, body=name)]
    return acted(offers, {"body": name}, lambda shown: _body_page(owner, shown))


@system_pages.route("/import", methods=BOTH)
@tells_problems
def import_() -> Answer:
    """The form of a register."""
    return imported(Offer(words.IMPORT, "register"), _import_page, "roadmap_system.index")


@system_pages.get("/register.<kind>")
@tells_problems
def register(kind: str) -> Answer:
    """The register with its technical fields, in the form that an import takes."""
    if kind not in ("csv", "xlsx"):
        raise tk.ObjectNotFound(tk._("Accepted there: {accepted}.").format(accepted="csv, xlsx"))
    tk.check_access("roadmap_system_detail_show", {"user": tk.g.user, "auth_user_obj": tk.g.userobj}, {})
    return list_answer(kind, words.REGISTER, act("roadmap_system_list")["systems"], "register")


@system_pages.route("/<code>", methods=BOTH)
@tells_problems
def show(code: str) -> Answer:
    """One system and its way to the portal."""
    system = act("roadmap_system_show", code=code)
    guided = tk.h.check_access("roadmap_guide_show", {"code": code})
    update = words.UPDATE_ALL if may(words.IMPORT.action) else words.UPDATE
    values = words.cells(system) if system["details"] else {}
    offered = [Offer(update, "system", values), Offer(words.step_form(system["next"]), "system")]
    offers = [offer for offer in offered if may(offer.form.action, code=code)]
    return acted(offers, {"code": code}, lambda shown: _system_page(system, shown, guided))


def acted(offers: list[Offer], key: dict[str, str], page: Callable[[list[Offer]], str]) -> Answer:
    """Show the forms, or do what was sent with one of them."""
    if tk.request.method == "GET":
        return page(offers)
    chosen = next((one for one in offers if one.id == tk.request.form.get("form")), None)
    if chosen is None:
        raise tk.NotAuthorized(tk._("This step is not open to you, or the system has changed since."))
    sent = chosen.sent()
    try:
        made = act(sent.form.action, **key, **sent.values)
    except tk.ValidationError as error:
        failed = sent.refused(error)
        return page([failed if one is chosen else one for one in offers]), 400
    tk.h.flash_success(tk._("Recorded."))
    if sent.form is words.CREATE:
        return tk.redirect_to("roadmap_system.show", code=made["code"])
    return tk.redirect_to(tk.request.endpoint, **(tk.request.view_args or {}))


def _body_page(owner: dict[str, Any], offers: list[Offer]) -> str:
    figures = act("roadmap_integration_show", body=owner["name"])
    variables = {
        "body": owner,
        "row": next(iter(figures["bodies"]), None),
        "trend": figures["trend"],
        "trend_table": words.TREND,
        "year": figures["survey"]["year"],
        "table": words.SYSTEMS,
        "rows": act("roadmap_system_list", body=owner["name"])["systems"],
        "offers": offers,
    }
    return render("body.html", "body.html", variables, "system")


def _system_page(system: dict[str, Any], offers: list[Offer], guided: bool) -> str:
    variables = {
        "system": system,
        "offers": offers,
        "guided": guided,
        "issues": tk.h.check_access("roadmap_push_token_list", {}),
        "mapped": _mapped(mappings.connection_of(system)),
        "mapped_table": mappings.OF_SYSTEM,
        "maps": may(mappings.NEW.action),
    }
    return render("show.html", "show.html", variables, "system")


def _mapped(connection: str) -> list[dict[str, Any]]:
    """What is read through a connection, as far as the reader may see it, each with its newest load."""
    if not connection or not tk.g.user:
        return []
    rows = [row for row in act("roadmap_mapping_list") if row["connection"] == connection]
    for row in rows:
        row["newest"] = next(iter(act("roadmap_run_list", mapping=row["name"], limit=1)["results"]), None)
        row["dataset"] = public_dataset(row["dataset_id"])
    return rows


def _import_page(offer: Offer) -> str:
    return render(
        "import.html", "import.html", {"offer": offer, "columns": words.REGISTER.file_columns}, "system"
    )


def _bodies() -> list[str]:
    return [row["name"] for row in act("roadmap_body_list")]
