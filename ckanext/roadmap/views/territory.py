"""The territory grid: items and regions, of the country, an item, a body, and one obligation in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from flask import Blueprint

import ckan.plugins.toolkit as tk

from ckanext.roadmap.presentation.tables import Row
from ckanext.roadmap.presentation.territory import grid_table, region_rows, regions_table

from . import queries
from .answers import Answer, act, file_answer, render, tells_problems

territory_pages = Blueprint("roadmap_territory", __name__, url_prefix="/compliance/territory")
_FILE_PAGE = 1000


@territory_pages.get("", strict_slashes=False)
@tells_problems
def index() -> Answer:
    """Every territorial item."""
    return _grid("country", {"sphere": tk.request.args.get("sphere", "").strip() or None})


@territory_pages.get("/item/<code>")
@tells_problems
def item(code: str) -> Answer:
    """One item over all bodies."""
    return _grid("item", {"item": code})


@territory_pages.get("/body/<name>")
@tells_problems
def body(name: str) -> Answer:
    """All territorial items of one body."""
    return _grid("body", {"body": name})


@territory_pages.get("/item/<code>/<name>")
@tells_problems
def obligation(code: str, name: str) -> Answer:
    """One obligation, region by region; of the present with its tables opened."""
    as_of = queries.as_of()
    result = act("roadmap_territory_show", item=code, body=name, as_of=as_of, live=as_of is None)
    row = next(iter(result["rows"]), None)
    if row is None:
        raise tk.ObjectNotFound(tk._("This body owes no data by region under this item"))
    tables = result.get("tables", [])
    table = regions_table(any(one["outcome"] == "read" for one in tables))
    rows = region_rows(row, tables)
    if queries.file_format():
        return file_answer(table, rows, f"regions-{code}-{name}")
    variables = {"result": result, "row": row, "tables": tables, "table": table, "rows": rows}
    return render("territory_obligation.html", "territory_obligation.html", variables)


def _grid(of: str, asked: dict[str, Any]) -> Answer:
    asked |= {"as_of": queries.as_of()}
    table = grid_table(of)
    if queries.file_format():
        return file_answer(
            table, _all_rows(asked), f"territory-{asked.get('item') or asked.get('body') or of}"
        )
    result = act("roadmap_territory_show", **asked, limit=queries.PAGE_SIZE, offset=queries.offset())
    subject = None if of == "country" else result[of]
    variables = {"of": of, "subject": subject, "result": result, "table": table}
    return render("territory.html", "territory.html", variables)


def _all_rows(asked: dict[str, Any]) -> Iterator[Row]:
    offset, count = 0, 1
    while offset < count:
        result = act("roadmap_territory_show", **asked, limit=_FILE_PAGE, offset=offset)
        yield from result["rows"]
        count, offset = result["count"], offset + _FILE_PAGE
