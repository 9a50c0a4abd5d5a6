"""The new table, made ready in staging: rows, search vectors, indexes, key, column comments."""

from __future__ import annotations

import re
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from psycopg2 import errors, sql

from ckanext.roadmap.loading.datastore import STAGING, field_list, fresh, index_name, quoted, raw
from ckanext.roadmap.loading.plan import FullText, LoadPlan

from .beside import Beside
from .diff import table_columns
from .errors import ApplyError
from .gin import gin_memory
from .vector import vector

KEY = re.compile(r"\((.*?)\)=\(")
"""The columns of a broken key, as the DataStore names them; the value behind them is told to nobody."""
NEXT_ID = """
    SELECT setval(pg_get_serial_sequence(%s, '_id'), GREATEST(max(_id), 1), max(_id) IS NOT NULL) FROM {}"""
FILL = """
    DROP TABLE IF EXISTS {table};
    CREATE TABLE {table} AS SELECT _id, {vector} AS _full_text, {names} FROM {staged} n;
    CREATE SEQUENCE {sequence} AS integer OWNED BY {table}._id;
    ALTER TABLE {table} ALTER _id SET DEFAULT nextval({next}), ALTER _full_text SET DEFAULT {default}"""
INDEXES = """
    SELECT c.relname, x.indisunique,
        replace(pg_get_indexdef(c.oid), format(' ON %%I.%%I ', 'public', t.relname),
                format(' ON %%I.%%I ', %(schema)s, %(fresh)s)),
        ARRAY(SELECT a.attname::text FROM pg_depend d
              JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
              WHERE d.objid = c.oid AND d.refobjid = t.oid AND d.refobjsubid > 0)
    FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.oid = %(oid)s AND NOT x.indisprimary AND x.indisvalid"""
COMMENTS = """
    SELECT a.attname, col_description(a.attrelid, a.attnum) FROM pg_attribute a
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped
      AND col_description(a.attrelid, a.attnum) IS NOT NULL"""


def fill(cursor: Any, plan: LoadPlan) -> None:
    """The rows of the raw table in a new table of CKAN's form, with their search vectors.

    A new table's rows may come of a parallel plan, an INSERT's may not: the vectors are most of the work.
    """
    table, staged = fresh(plan.resource_id), raw(plan.resource_id)
    values = vector(plan.full_text, table_columns(cursor, staged), "n")
    if plan.full_text is FullText.LATER:
        values = sql.SQL("NULL::tsvector")
    for name, value in (("parallel_setup_cost", "0"), ("parallel_tuple_cost", "0"), ("jit", "off")):
        cursor.execute("SELECT set_config(%s, %s, true)", (name, value))
    parts = {"table": table, "names": field_list(plan.names), "staged": staged, "vector": values}
    parts["sequence"] = sql.Identifier(STAGING, f"{table.strings[1]}__id_seq")
    parts["next"] = sql.Literal(parts["sequence"].as_string(cursor))
    parts["default"] = sql.SQL("''" if plan.full_text is FullText.OFF else "NULL")
    cursor.execute(sql.SQL(FILL).format(**parts))


def number_index(plan: LoadPlan) -> sql.Composed:
    """The index of `_id`, which becomes the primary key's; it can be made as soon as the rows are there."""
    return sql.SQL("CREATE UNIQUE INDEX {} ON {} (_id)").format(_number(plan), fresh(plan.resource_id))


def key_index(plan: LoadPlan) -> sql.Composed:
    """The index of the mapping's key; the gate has made it where it saw the very table."""
    name = sql.Identifier(index_name(plan.resource_id, ", ".join(map(quoted, plan.key))))
    return sql.SQL("CREATE UNIQUE INDEX IF NOT EXISTS {} ON {} ({})").format(
        name, fresh(plan.resource_id), field_list(plan.key)
    )


def build(cursor: Any, plan: LoadPlan, oid: int | None, beside: Beside) -> None:
    """Makes the filled table ready to take the live one's place, with all that the live one carries.

    :param beside: makes the indexes of `_id` and of the key meanwhile
    """
    table = fresh(plan.resource_id)
    sequence = sql.Identifier(STAGING, f"{table.strings[1]}__id_seq")
    cursor.execute(sql.SQL("ALTER SEQUENCE {} CACHE 1").format(sequence))
    search = index_name(plan.resource_id, quoted("_full_text"))
    if plan.full_text is FullText.ON:  # later: once there are vectors; off: there are none
        with gin_memory(cursor, table):
            cursor.execute(
                sql.SQL("CREATE INDEX {} ON {} USING gin (_full_text)").format(sql.Identifier(search), table)
            )
    with _unique():
        beside.end()
    cursor.execute(
        sql.SQL("ALTER TABLE {} ADD CONSTRAINT {name} PRIMARY KEY USING INDEX {name}").format(
            table, name=_number(plan)
        )
    )
    cursor.execute(sql.SQL(NEXT_ID).format(table), (table.as_string(cursor),))  # by the key's index
    with _unique():
        _indexes(cursor, plan, oid, search)
    _comments(cursor, plan, oid)


def _number(plan: LoadPlan) -> sql.Identifier:
    return sql.Identifier(f"{fresh(plan.resource_id).strings[1]}_pkey")


def _indexes(cursor: Any, plan: LoadPlan, oid: int | None, search: str) -> None:
    """The key's, and those that the live table has besides."""
    made = {search}
    if plan.key:
        cursor.execute(key_index(plan))
        made.add(index_name(plan.resource_id, ", ".join(map(quoted, plan.key))))
    for name, unique, definition, columns in _live_indexes(cursor, plan, oid):
        kept = set(columns) <= {*plan.names, "_id", "_full_text"} and not (unique and plan.key)
        if kept and name not in made:
            cursor.execute(definition)


def _live_indexes(cursor: Any, plan: LoadPlan, oid: int | None) -> list[tuple[str, bool, str, list[str]]]:
    if oid is None:
        return []
    cursor.execute(INDEXES, {"schema": STAGING, "fresh": f"new_{plan.resource_id}", "oid": oid})
    return cursor.fetchall()


@contextmanager
def _unique() -> Generator[None]:
    try:
        yield
    except errors.UniqueViolation as error:
        found = KEY.search(error.diag.message_detail or "")
        columns = found[1] if found else "-"
        raise ApplyError(
            "not_unique",
            f"The new rows break a unique key of the table: {columns}.",
            "Mend the rows at the source, or change the key in the mapping.",
            columns=columns,
        ) from None


def _comments(cursor: Any, plan: LoadPlan, oid: int | None) -> None:
    """People's data dictionary first; the mapping's titles where they wrote none."""
    comments = {column.name: column.comment for column in plan.columns if column.comment}
    if oid is not None:
        cursor.execute(COMMENTS, (oid,))
        comments |= dict(cursor.fetchall())
    for name in plan.names:
        if name in comments:
            cursor.execute(
                sql.SQL("COMMENT ON COLUMN {}.{} IS {}").format(
                    fresh(plan.resource_id), sql.Identifier(name), sql.Literal(comments[name])
                )
            )
