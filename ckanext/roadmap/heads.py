"""The heads of long tables, beside their cells: several tables of a dozen columns stand on a page."""

from __future__ import annotations

from markupsafe import Markup, escape

import ckan.plugins.toolkit as tk

from ckanext.roadmap import addresses
from ckanext.roadmap.presentation.tables import Column, Table

_ORDERS = {"ascending": "up", "descending": "down"}


def roadmap_heads(table: Table, sort: str | None = None) -> Markup:
    """The heads of a table's columns; where it can be sorted, links that sort by them or turn it round.

    :param sort: what the rows are sorted by (`key` or `-key`); nothing: they cannot be sorted
    """
    heads = [_head(column, sort or "", f"table-{table.name}") for column in table.page_columns]
    return Markup("\n".join(heads))  # noqa: S704 - each head escapes


def _head(column: Column, sort: str, anchor: str) -> str:
    order = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "")
    number = " roadmap-number" if column.is_numeric else ""
    told = f' aria-sort="{order}"' if order else ""
    words = escape(tk._(column.label))
    if sort:
        words = _link(column, sort, anchor, f"{words}{_arrow(order)}")
    return f'<th scope="col" class="roadmap-cell-{column.kind}{number}"{told}>{words}</th>'


def _link(column: Column, sort: str, anchor: str, words: str) -> str:
    """Numbers are sorted the greatest first, words from the first letter on."""
    ways = (f"-{column.key}", column.key) if column.is_numeric else (column.key, f"-{column.key}")
    address = addresses.here(sort=ways[1] if sort == ways[0] else ways[0])
    return f'<a href="{escape(address)}#{anchor}">{words}</a>'


def _arrow(order: str) -> str:
    return f' <i class="fa fa-arrow-{_ORDERS[order]}" aria-hidden="true"></i>' if order else ""
