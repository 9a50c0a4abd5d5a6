"""What a technical guide says: a system of the register, the tables mapped from it, the scripts for both."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.domain.system import WAY_OF, Network, Way
from ckanext.roadmap.model import ItemRevision, System
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services.mappings import formats_of
from ckanext.roadmap.sources.grants import Grants, View, Wish, grants_for

EXAMPLE = View("open_data", "<VIEW>", ("<COLUMN-1>", "<COLUMN-2>"))


def guide(session: Session, system: System) -> dict[str, Any]:
    """Plain values; nothing of the connection but its name."""
    way = WAY_OF[Network(system.network)]
    tables = [_table(row) for row in _mappings(session, system)]
    dbms = grants_for(system.dbms)
    codes = sorted({*system.items, *(table["item"] for table in tables)})
    return {
        "way": str(way),
        "dbms": dbms.code if dbms else None,
        "address": dbms.address if dbms else None,
        "scripts": _scripts(dbms, tables, way),
        "tables": tables,
        "items": [{"code": code, "title": _title(session, code)} for code in codes],
    }


def _mappings(session: Session, system: System) -> Iterable[Mapping]:
    """Those of the system's connection; a system without one has none."""
    return session.scalars(Mapping.of_connection(system.connection)).all() if system.connection else []


def _table(row: Mapping) -> dict[str, Any]:
    definition = row.definition
    told = ("key", "period_column", "region_column", "watermark_column")
    return {
        "mapping": row.name,
        "item": row.item_code,
        "title": definition["dataset"]["title"],
        "schema": row.source_schema,
        "table": row.source_table,
        "columns": definition["columns"],
        "formats": list(formats_of(definition)),
        "schedule": definition.get("schedule"),
        **{name: definition[name] for name in told},
    }


def _title(session: Session, code: str) -> dict[str, Any]:
    """What the newest approved list calls an item."""
    found = session.execute(ItemRevision.approved_of_item(code)).tuples().all()
    return found[-1][0].title if found else {}


def _scripts(dbms: Grants | None, tables: list[dict[str, Any]], way: Way) -> list[dict[str, str]]:
    if dbms is None:
        return []
    wish = Wish(_views(tables) or (EXAMPLE,), tls=way is not Way.push)
    return [{"step": one.step, "text": one.text} for one in dbms.scripts(wish)]


def _views(tables: list[dict[str, Any]]) -> tuple[View, ...]:
    """One view a table, with the columns of every mapping that reads it."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for table in tables:
        columns = found.setdefault((table["schema"], table["table"]), {})
        columns.update(dict.fromkeys(column["source"] for column in table["columns"]))
    return tuple(View(schema, name, tuple(columns)) for (schema, name), columns in found.items())
