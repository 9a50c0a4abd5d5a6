"""What all extractors of database tables share: matching, types, order and the probe."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.sources.table import SourceTable, probe, reflect

from .base import Probe
from .types import datastore_type

ORDERED_AS_IS = ("int2", "int4", "int8", "numeric", "date", "timestamp", "timestamptz", "bool")

Express = Callable[[sa.Column[Any], str], sa.ColumnElement[Any]]
Order = Callable[[sa.ColumnElement[Any]], sa.ColumnElement[Any]]


def find(connection: Connection, plan: LoadPlan) -> SourceTable:
    """The plan's table by the source's catalogue; raises when it or a column is gone."""
    source = reflect(connection, plan.schema, plan.table)
    source.require([column.source for column in plan.columns])
    return source


def column_types(source: SourceTable, plan: LoadPlan) -> tuple[str, ...]:
    """The DataStore's types of the plan's columns."""
    kinds = source.columns
    return tuple(datastore_type(kinds[column.source], column.type) for column in plan.columns)


def ordered(
    source: SourceTable, plan: LoadPlan, types: tuple[str, ...], express: Express, text_order: Order
) -> sa.Select[Any]:
    """The plan's columns, by the key, else by every column."""
    kinds = dict(zip(plan.names, types, strict=True))
    chosen = [
        express(source.table.columns[column.source], kinds[column.name]).label(column.name)
        for column in plan.columns
    ]
    order: list[sa.ColumnElement[Any]] = []
    for name in plan.key or plan.names:
        found = source.table.columns[plan.source_name(name)]
        as_is = kinds[name] in ORDERED_AS_IS and not isinstance(found.type, sa.types.String)
        order.append(found.asc() if as_is else text_order(found).asc())
    return sa.select(*chosen).select_from(source.table).order_by(*order)


def probe_table(connection: Connection, source: SourceTable, plan: LoadPlan) -> Probe | None:
    """Without a watermark a changed value would go unseen: then only reading tells."""
    if not plan.watermark_column:
        return None
    found = probe(connection, source, plan.source_name(plan.watermark_column))
    return {"rows": found.rows, "watermark": found.watermark, "shape": found.fingerprint}
