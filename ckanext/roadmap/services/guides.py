"""What a technical guide says: a system of the register, its connections, what is mapped from each."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.domain.system import WAY_OF, Network, Way
from ckanext.roadmap.model import Body, ItemRevision, System
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.presentation.guides.kinds import Kind, kind_for, kind_of, named
from ckanext.roadmap.services import connections
from ckanext.roadmap.services.mappings import formats_of
from ckanext.roadmap.sources.grants import Grants, View, Wish, grants_for

EXAMPLE = View("open_data", "<VIEW>", ("<COLUMN-1>", "<COLUMN-2>"))


def guide(session: Session, system: System, body: Body) -> dict[str, Any]:
    """Plain values; nothing of a connection but its name and kind."""
    parts = list(_parts(session, system, body))
    codes = sorted({*system.items, *(table["item"] for part in parts for table in part["tables"])})
    return {
        "parts": parts,
        "items": [{"code": code, "title": _title(session, code)} for code in codes],
    }


def _parts(session: Session, system: System, body: Body) -> Iterable[dict[str, Any]]:
    """One a connection; before any is named, one for each kind that the register speaks of."""
    way = WAY_OF[Network(system.network)]
    found = _mapped(session, system, body)
    if not found:
        kinds = named(system.dbms) or [kind_for("database")]
        yield from (_part("", kind, way, system, []) for kind in kinds)
    for name, rows in found.items():
        scheme = connections.scheme(name)
        pushed = scheme == connections.SCHEME
        tables = [_table(row) for row in rows]
        mapped = [(table["table"], table["read"]) for table in tables]
        kind = kind_of("" if pushed else scheme, system.dbms, mapped)
        if pushed and kind.is_put:  # the agent reads the file where it is made
            kind = kind_for("file")
        yield _part(name, kind, Way.push if pushed else way, system, tables)


def _mapped(session: Session, system: System, body: Body) -> dict[str, list[Mapping]]:
    """The system's own connection; then others, of no other system, that fill its items for its body."""
    if not system.connection:
        return {}
    found: dict[str, list[Mapping]] = {system.connection: []}
    own = Mapping.connection == system.connection
    taken = sa.select(System.connection).where(System.connection.is_not(None))
    further = sa.and_(
        Mapping.body_name == body.name, Mapping.item_code.in_(system.items), Mapping.connection.not_in(taken)
    )
    for row in session.scalars(Mapping.select_all().where(sa.or_(own, further))):
        found.setdefault(row.connection, []).append(row)
    return found


def _part(name: str, kind: Kind, way: Way, system: System, tables: list[dict[str, Any]]) -> dict[str, Any]:
    dbms = grants_for(system.dbms) if kind.code == "database" else None
    return {
        "connection": name,
        "kind": kind.code,
        "way": str(way),
        "dbms": dbms.code if dbms else None,
        "address": dbms.address
        if dbms
        else kind.address or (kind.pushed_address if way is Way.push else None),
        "scripts": _scripts(dbms, tables, way),
        "tables": tables,
    }


def _table(row: Mapping) -> dict[str, Any]:
    definition = row.definition
    told = ("key", "period_column", "region_column", "watermark_column")
    return {
        "mapping": row.name,
        "item": row.item_code,
        "title": definition["dataset"]["title"],
        "schema": row.source_schema,
        "table": row.source_table,
        "read": definition.get("read") or {},
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
