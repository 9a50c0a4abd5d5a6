"""The rows behind every figure, what to fix first, and charts as files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response

import ckan.plugins.toolkit as tk

from ckanext.roadmap import config
from ckanext.roadmap.logic import exporting
from ckanext.roadmap.logic.sheets import CELLS, REPAIRS
from ckanext.roadmap.presentation import labels
from ckanext.roadmap.presentation.bodies import COUNTED_SHARES, FIGURES
from ckanext.roadmap.presentation.charts import CHARTS, Words, picture
from ckanext.roadmap.presentation.deadlines import deadlines_table
from ckanext.roadmap.presentation.figures import RAISED, TOUCHES, repairs_table, touches_table
from ckanext.roadmap.presentation.obligations import obligations_table
from ckanext.roadmap.presentation.tables import Table

from . import queries
from .answers import Answer, act, all_rows, file_answer, render, tells_problems

figure_pages = Blueprint("roadmap_figures", __name__, url_prefix="/compliance")
_MOST_REPAIRS, _PAPER = 1000, 720
ROWS = {"obligations": exporting.obligations, "deadlines": exporting.deadlines, "events": exporting.events}


@figure_pages.get("/obligations")
@tells_problems
def obligations() -> Answer:
    """The obligations that a figure counts."""
    asked = {"share": queries.choice("share", ("published",))}
    return _listing("roadmap_obligation_list", "obligations", obligations_table("both"), asked, cells=CELLS)


@figure_pages.get("/deadlines")
@tells_problems
def deadlines() -> Answer:
    """The deadlines that a figure counts."""
    asked = {
        "share": queries.choice("share", COUNTED_SHARES),
        "status": queries.choice("status", labels.STATUSES),
    }
    return _listing("roadmap_deadline_list", "deadlines", deadlines_table("both"), asked)


@figure_pages.get("/refresh")
@tells_problems
def refresh() -> Answer:
    """The events that were a refresh, or really a change."""
    asked = {"touch": queries.choice("touch", TOUCHES) or "refreshed"}
    return _listing("roadmap_refresh_list", "events", touches_table(), asked)


@figure_pages.get("/fix-first")
@tells_problems
def fix_first() -> Answer:
    """Which repairs raise the shares most, of the country or of what is chosen."""
    of = queries.choice("table", ("obligations", "bodies", "items"))
    asked = {**narrowed(), "body": queries.text("body"), "item": queries.text("item")}
    is_list = of == "obligations" or bool(asked["body"] or asked["item"])
    most = queries.offset() + queries.PAGE_SIZE if is_list else REPAIRS
    if queries.file_format():
        most = _MOST_REPAIRS
    result = act("roadmap_compliance_show", **asked, repairs=most, quarters=2, limit=1)
    if queries.file_format():
        return _repairs_file(of or "obligations", result["fix_first"])
    if is_list and result["fix_first"] is not None:
        return _repairs_page(result, asked)
    tables = {name: repairs_table(name) for name in ("obligations", "bodies", "items")}
    return render(
        "fix_first.html",
        "fix_first.html",
        {"result": result, "tables": tables, "raised": RAISED},
    )


def _repairs_file(of: str, plan: dict[str, Any] | None) -> Answer:
    if plan is None:
        words = tk._("The repairs are being counted again. Look here in some minutes.")
        return Response(words, 503, {"Retry-After": "300"}, mimetype="text/plain")
    return file_answer(repairs_table(of), plan[of], f"fix-first-{of}")


def _repairs_page(result: dict[str, Any], asked: dict[str, Any]) -> Answer:
    """All single repairs, a page at a time."""
    plan, offset = result["fix_first"], queries.offset()
    paged = {"count": plan["count"], "limit": queries.PAGE_SIZE, "offset": offset}
    variables = {
        "result": {**result, **paged},
        "table": repairs_table("obligations"),
        "rows": plan["obligations"][offset:],
        "asked": {name: value for name, value in asked.items() if value},
        "figure": None,
    }
    return render("rows.html", "rows.html", variables)


@figure_pages.get("/chart/<name>.<extension>")
@tells_problems
def chart(name: str, extension: str) -> Answer:
    """A chart as a file, in the reader's language."""
    if name not in CHARTS or extension not in picture.FORMATS:
        raise tk.ObjectNotFound(tk._("There is no such chart"))
    of = {"body": queries.text("body"), "item": queries.text("item")}
    result = act(
        "roadmap_compliance_show", **narrowed(), **{key: value for key, value in of.items() if value}
    )
    spec = CHARTS[name].spec(result, words(), _PAPER)
    answer = Response(
        picture.drawn(spec, extension, config.fonts_folder()), mimetype=picture.FORMATS[extension]
    )
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.{extension}"'
    return answer


def narrowed() -> dict[str, Any]:
    """What the reader chose of the country, and when."""
    return {
        "kind": queries.choice("kind", labels.KINDS),
        "sphere": queries.text("sphere"),
        "q": queries.text("q"),
        "quarter": queries.quarter(),
        "as_of": queries.as_of(),
    }


def drawn(result: Mapping[str, Any], *names: str) -> list[dict[str, Any]]:
    """Charts as the page takes them: the specification, and the table with the same figures."""
    return [
        {
            "chart": CHARTS[name],
            "rows": CHARTS[name].rows(result),
            "spec": CHARTS[name].spec(result, words()),
        }
        for name in names
    ]


def words() -> Words:
    """The reader's language."""
    return Words(
        say=tk._,
        period=tk.h.roadmap_period,
        percent=tk.h.roadmap_percent,
        kind=lambda code: tk.h.roadmap_label("kind", code),
    )


def _listing(action: str, key: str, table: Table, own: dict[str, Any], **drawn: int) -> Answer:
    asked = {**narrowed(), **own, "body": queries.text("body"), "item": queries.text("item")}
    if queries.file_format():
        return file_answer(table, all_rows(ROWS[key], **asked), key)
    result = act(action, **asked, **drawn, limit=queries.PAGE_SIZE, offset=queries.offset())
    figure = own.get("share") or own.get("touch")
    variables = {
        "result": result,
        "table": table,
        "rows": result[key],
        "asked": {name: value for name, value in asked.items() if value},
        "family": "touch" if key == "events" else "share",
        "figure": figure if figure in (*FIGURES, *TOUCHES) else None,
    }
    return render("rows.html", "rows.html", variables)
