"""`_roadmap_applied`: the DataStore's own memory of what was put live, written with the swap itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.loading.plan import FullText, LoadPlan
from ckanext.roadmap.loading.report import LoadReport

TABLE = sql.Identifier("public", "_roadmap_applied")
CREATE = sql.SQL(
    """CREATE TABLE IF NOT EXISTS {} (
        seq bigserial PRIMARY KEY, run_id text NOT NULL UNIQUE, resource_id text NOT NULL,
        mapping_id text NOT NULL, content_hash text NOT NULL, shape text NOT NULL, rows bigint NOT NULL,
        watermark text, table_oid bigint NOT NULL, applied_at timestamptz NOT NULL, report jsonb NOT NULL)"""
)


@dataclass(frozen=True, slots=True)
class Applied:
    """What is live, and which run put it there."""

    run_id: str
    content_hash: str
    shape: str
    rows: int
    table_oid: int
    applied_at: datetime
    report: dict[str, Any]

    def stands(self, plan: LoadPlan, oid: int | None) -> bool:
        """Whether the live table is still the one of this entry, and in the form that the plan wants."""
        return self.table_oid == oid and self.shape == shape_of(plan)


def ensure_applied(connection: Connection, read_role: str) -> None:
    """The memory table, made if it is not there; the read role sees nothing of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public._roadmap_applied')")
        if (cursor.fetchone() or [None])[0] is None:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('_roadmap_applied'))")
            cursor.execute(CREATE.format(TABLE))
            cursor.execute(
                sql.SQL("REVOKE ALL ON {} FROM PUBLIC, {}").format(TABLE, sql.Identifier(read_role))
            )
    connection.commit()


def last_applied(cursor: Any, resource_id: str) -> Applied | None:
    """The newest entry of a resource; none before the memory is there."""
    return _find(cursor, sql.SQL("resource_id = %s"), resource_id)


def most_rows(cursor: Any, resource_id: str, since: datetime) -> int:
    """Most rows that were live since a moment, or since people agreed to have fewer."""
    cursor.execute("SELECT to_regclass('public._roadmap_applied')")
    if cursor.fetchone()[0] is None:
        return 0
    query = """SELECT rows, report->'findings' @> '[{{"code": "rows_fewer"}}]' FROM {}
        WHERE resource_id = %s AND applied_at >= %s ORDER BY seq DESC"""
    cursor.execute(sql.SQL(query).format(TABLE), (resource_id, since))
    most = 0
    for rows, agreed in cursor.fetchall():
        most = max(most, rows)
        if agreed:
            break
    return most


def of_run(cursor: Any, run_id: str) -> Applied | None:
    """The entry of a run, if it got so far."""
    return _find(cursor, sql.SQL("run_id = %s"), run_id)


def remember(cursor: Any, plan: LoadPlan, report: LoadReport, oid: int, now: datetime) -> None:
    """Adds an entry; part of the swap's transaction."""
    row = (
        plan.run_id, plan.resource_id, plan.mapping_id, report.content_hash, shape_of(plan), report.rows_in,
        report.watermark, oid, now, json.dumps(report.to_dict()),
    )  # fmt: skip
    names = (
        "run_id, resource_id, mapping_id, content_hash, shape, rows, watermark, table_oid, applied_at, report"
    )
    marks = ", ".join(["%s"] * len(row))
    cursor.execute(
        sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(TABLE, sql.SQL(names), sql.SQL(marks)), row
    )


def note(cursor: Any, run_id: str, name: str, value: dict[str, Any] | None) -> None:
    """What was measured anew of rows that stay as they are."""
    query = "UPDATE {} SET report = jsonb_set(report, %s, %s::jsonb) WHERE run_id = %s"
    cursor.execute(sql.SQL(query).format(TABLE), ([name], json.dumps(value), run_id))


def note_probe(cursor: Any, last: Applied, probe: dict[str, Any] | None) -> None:
    """What the source told of itself when its rows were read anew and found to be these."""
    if probe is None or probe == last.report.get("probe"):
        return
    note(cursor, last.run_id, "probe", probe)


def shape_of(plan: LoadPlan) -> str:
    """What of the table depends on the mapping and not on the rows."""
    searchable = FullText.OFF if plan.full_text is FullText.OFF else FullText.ON
    return json.dumps({"key": plan.key, "full_text": searchable}, sort_keys=True)


def _find(cursor: Any, condition: sql.SQL, value: str) -> Applied | None:
    cursor.execute("SELECT to_regclass('public._roadmap_applied')")
    if cursor.fetchone()[0] is None:
        return None
    cursor.execute(
        sql.SQL(
            "SELECT run_id, content_hash, shape, rows, table_oid, applied_at, report FROM {} WHERE {} "
            "ORDER BY seq DESC LIMIT 1"
        ).format(TABLE, condition),
        (value,),
    )
    row = cursor.fetchone()
    return Applied(*row) if row else None
