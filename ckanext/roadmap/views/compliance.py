"""Public pages on what was due, from whom, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.domain.calendar import quarter_of
from ckanext.roadmap.domain.figures import quarters
from ckanext.roadmap.logic import exporting
from ckanext.roadmap.logic.sheets import CELLS, REPAIRS, ROWS
from ckanext.roadmap.presentation import labels, runs
from ckanext.roadmap.presentation.bodies import COUNTED_SHARES, DEFAULT_SORT, begun_statuses, bodies_table
from ckanext.roadmap.presentation.charts import CHARTS
from ckanext.roadmap.presentation.deadlines import deadlines_table
from ckanext.roadmap.presentation.figures import RAISED, repairs_table
from ckanext.roadmap.presentation.obligations import (
    agenda_table,
    history_table,
    lost_table,
    obligations_table,
)
from ckanext.roadmap.presentation.tables import Row, Table

from . import kept_parts, queries
from .answers import Answer, act, all_rows, file_answer, is_part_asked, render, tells_problems
from .figures import drawn, narrowed
from .offers import Offer
from .run_offers import may_end, of_run

compliance_pages = Blueprint("roadmap_compliance", __name__, url_prefix="/compliance")
_QUARTERS = 12
_BODY_CHARTS = ("trend", "refresh")


@compliance_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """All bodies with their shares."""
    asked = narrowed()
    result = act("roadmap_compliance_show", **asked)
    queries.choice("sphere", result["spheres"])
    table = bodies_table(begun_statuses([result["total"]]))
    sort = queries.choice("sort", table.sort_keys()) or DEFAULT_SORT
    if queries.file_format():
        return _index_file(result, table, sort)
    part = kept_parts.written(
        "roadmap/compliance/bodies.html",
        result["bodies"],
        lambda: {**asked, **_bodies(result, table, sort)},
    )
    if is_part_asked():
        return part
    quarters = _quarters(result["as_of"])
    variables = {"result": result, "part": part, "sort": sort, "quarters": quarters, **asked}
    return render("index.html", "index.html", variables)


def _bodies(result: dict[str, Any], table: Table, sort: str) -> dict[str, Any]:
    """What the part of the first page shows that follows the filters."""
    rows = table.ordered(result["bodies"], sort, tk.h.roadmap_lang())
    return {
        "result": result,
        "table": table,
        **queries.part(rows, ROWS),
        "sort": sort,
        "charts": drawn(result, "trend", "kinds", "refresh"),
    }


def _index_file(result: dict[str, Any], bodies: Table, sort: str) -> Answer:
    """One of the tables of the first page."""
    name = queries.choice("table", ("bodies", *CHARTS)) or "bodies"
    if name == "bodies":
        return file_answer(bodies, bodies.ordered(result["bodies"], sort, tk.h.roadmap_lang()), "compliance")
    return file_answer(CHARTS[name].table, CHARTS[name].rows(result), f"compliance-{name}")


def _quarters(as_of: str) -> list[str]:
    """The quarters that may be chosen, the newest first."""
    today = datetime.fromisoformat(as_of).astimezone(config.timezone()).date()
    return [quarter.code for quarter in quarters(quarter_of(today), _QUARTERS)[::-1]]


@compliance_pages.get("/body/<name>")
@tells_problems
def body(name: str) -> Answer:
    """What one body owes."""
    return _ledger("body", name)


@compliance_pages.get("/item/<code>")
@tells_problems
def item(code: str) -> Answer:
    """Who owes one item."""
    return _ledger("item", code)


@compliance_pages.get("/run/<id>")
@tells_problems
def run(id: str) -> Answer:
    """One load, as its ledger tells it."""
    return run_page(id)


def run_page(id: str, offers: Sequence[Offer] | None = None) -> str:
    """The page of a load, with the forms of who may decide on it."""
    as_of = queries.as_of()
    found = act("roadmap_run_show", id=id, as_of=as_of)
    if as_of:
        offers = ()
    variables = {
        "run": found,
        "outcome": runs.outcome(found),
        "figures": runs.figures(found),
        "phases": runs.phases(found),
        "files": runs.FILES,
        "progress": runs.progress(found),
        "as_of": queries.past(),
        "may_cancel": found["state"] == "running" and not as_of and may_end(id),
        "offers": of_run(found) if offers is None else offers,
        "dataset": None if as_of else public_dataset(found["dataset_id"]),
    }
    return render("run.html", "run_state.html", variables)


@compliance_pages.get("/rule")
@tells_problems
def rule() -> Answer:
    """How a status is found, in words."""
    as_of = queries.as_of()
    light = act("roadmap_light_list", as_of=as_of)
    return render("rule.html", "rule.html", {"light": light, "as_of": as_of and light["as_of"]})


def public_dataset(id: str | None) -> dict[str, Any] | None:
    """The dataset a run filled, if the reader may see it."""
    try:
        return act("package_show", id=id) if id else None
    except (tk.ObjectNotFound, tk.NotAuthorized):
        return None


def _ledger(of: str, key: str) -> Answer:
    asked = {**_owner(of), of: key, "status": queries.choice("status", labels.STATUSES)}
    asked |= {"quarter": queries.quarter(), "as_of": queries.as_of()}
    asked["share"] = queries.choice("share", COUNTED_SHARES)
    if queries.file_format():
        return _ledger_file(of, key, asked)
    paged = {"limit": ROWS, "offset": queries.offset()}
    result = act("roadmap_compliance_show", **asked, **paged, cells=CELLS, repairs=REPAIRS)
    obligations = obligations_table(of)
    sort = queries.choice("sort", obligations.sort_keys()) or _first_sort(of)
    variables = {
        "of": of,
        "subject": result[of],
        "result": result,
        "status": asked["status"],
        "share": asked["share"],
        "owner": asked.get("body") if of == "item" else None,
        "sort": sort,
        "obligations": obligations,
        **_page_of(obligations.ordered(result["obligations"], sort, tk.h.roadmap_lang())),
        "agenda": agenda_table(of),
        "lost": lost_table(of),
        "lost_rows": [
            one for one in result["obligations"] if (one["dataset"] or {}).get("unreachable_since")
        ],
        "history": history_table(of),
        "deadlines": deadlines_table(of),
        "repairs": repairs_table("obligations"),
        "raised": RAISED,
        "charts": drawn(result, *_BODY_CHARTS),
    }
    return render(f"{of}.html", "deadlines.html", variables)


def _page_of(rows: list[Row]) -> dict[str, Any]:
    """A page of the obligations; the deadlines beneath are paged by themselves."""
    return {f"obligation_{name}": value for name, value in queries.part(rows, ROWS).items()}


def _owner(of: str) -> dict[str, str]:
    """An item's page may be narrowed to one body."""
    name = tk.request.args.get("body", "").strip()
    return {"body": name} if of == "item" and name else {}


def _first_sort(of: str) -> str:
    return "item" if of == "body" else "body"


def _ledger_file(of: str, key: str, asked: dict[str, Any]) -> Answer:
    name = queries.choice("table", ("obligations", "deadlines", *_BODY_CHARTS)) or "deadlines"
    if name == "obligations":
        rows = act("roadmap_compliance_show", **asked, limit=1)["obligations"]
        return file_answer(obligations_table(of), rows, f"obligations-{key}")
    if name in _BODY_CHARTS:
        rows = CHARTS[name].rows(act("roadmap_compliance_show", **asked, limit=1))
        return file_answer(CHARTS[name].table, rows, f"{name}-{key}")
    return file_answer(deadlines_table(of), all_rows(exporting.deadlines_of_one, **asked), f"deadlines-{key}")
