"""The new table, made ready in staging: rows, search vectors, indexes, key, column comments."""

from __future__ import annotations

from typing import Any

from psycopg2 import errors, sql

from ckanext.roadmap.loading.datastore import STAGING, field_list, fresh, index_name, quoted, raw
from ckanext.roadmap.loading.plan import FullText, LoadPlan

from .errors import ApplyError

LONGEST_TEXT = 250_000
NEXT_ID = """
    SELECT setval(pg_get_serial_sequence(%s, '_id'), GREATEST(max(_id), 1), max(_id) IS NOT NULL) FROM {}"""
INDEXES = """
    SELECT c.relname, x.indisunique,
        replace(pg_get_indexdef(c.oid), format(' ON %%I.%%I ', 'public', t.relname),
                format(' ON %%I.%%I ', %(schema)s, %(fresh)s)),
        ARRAY(SELECT a.attname::text FROM pg_depend d
              JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid
              WHERE d.objid = c.oid AND d.refobjid = t.oid AND d.refobjsubid > 0)
    FROM pg_index x JOIN pg_class c ON c.oid = x.indexrelid JOIN pg_class t ON t.oid = x.indrelid
    WHERE t.oid = %(oid)s AND NOT x.indisprimary"""
COMMENTS = """
    SELECT a.attname, col_description(a.attrelid, a.attnum) FROM pg_attribute a
    WHERE a.attrelid = %s AND a.attnum > 0 AND NOT a.attisdropped
      AND col_description(a.attrelid, a.attnum) IS NOT NULL"""


def build(cursor: Any, plan: LoadPlan, types: tuple[str, ...], oid: int | None) -> None:
    """Makes the table that will take the live one's place, with all that the live one carries."""
    _fill(cursor, plan, types)
    _indexes(cursor, plan, oid)
    _comments(cursor, plan, oid)
    cursor.execute(sql.SQL("ANALYZE {}").format(fresh(plan.resource_id)))


def _fill(cursor: Any, plan: LoadPlan, types: tuple[str, ...]) -> None:
    table, columns = fresh(plan.resource_id), list(zip(plan.names, types, strict=True))
    default = sql.SQL(" DEFAULT ''") if plan.full_text is FullText.OFF else sql.SQL("")
    typed = sql.SQL(", ").join(
        sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in columns
    )
    cursor.execute(sql.SQL("DROP TABLE IF EXISTS {}").format(table))
    cursor.execute(
        sql.SQL("CREATE TABLE {} (_id serial PRIMARY KEY, _full_text tsvector{}, {})").format(
            table, default, typed
        )
    )
    cursor.execute(
        sql.SQL(
            "INSERT INTO {} (_id, _full_text, {names}) SELECT _id, {}, {names} FROM {} ORDER BY _id"
        ).format(table, _vector(plan, columns), raw(plan.resource_id), names=field_list(plan.names))
    )
    cursor.execute(sql.SQL(NEXT_ID).format(table), (table.as_string(cursor),))


def _vector(plan: LoadPlan, columns: list[tuple[str, str]]) -> sql.Composable:
    texts = [name for name, kind in columns if kind == "text"]
    if plan.full_text is FullText.OFF or not texts:
        return sql.SQL("''::tsvector")
    return sql.SQL("to_tsvector(left(concat_ws(' ', {}), {}))").format(
        field_list(texts), sql.Literal(LONGEST_TEXT)
    )


def _indexes(cursor: Any, plan: LoadPlan, oid: int | None) -> None:
    table = fresh(plan.resource_id)
    search = index_name(plan.resource_id, quoted("_full_text"))
    cursor.execute(
        sql.SQL("CREATE INDEX {} ON {} USING gin (_full_text)").format(sql.Identifier(search), table)
    )
    made = {search}
    if plan.key:
        name = index_name(plan.resource_id, ", ".join(map(quoted, plan.key)))
        _unique(cursor, sql.SQL("CREATE UNIQUE INDEX {} ON {} ({})").format(
            sql.Identifier(name), table, field_list(plan.key)))  # fmt: skip
        made.add(name)
    for name, unique, definition, columns in _live_indexes(cursor, plan, oid):
        kept = set(columns) <= {*plan.names, "_id", "_full_text"} and not (unique and plan.key)
        if kept and name not in made:
            _unique(cursor, sql.SQL(definition))


def _live_indexes(cursor: Any, plan: LoadPlan, oid: int | None) -> list[tuple[str, bool, str, list[str]]]:
    if oid is None:
        return []
    cursor.execute(INDEXES, {"schema": STAGING, "fresh": f"new_{plan.resource_id}", "oid": oid})
    return cursor.fetchall()


def _unique(cursor: Any, statement: sql.Composable) -> None:
    try:
        cursor.execute(statement)
    except errors.UniqueViolation as error:
        raise ApplyError(
            "not_unique",
            f"The new rows break a unique key of the table: {error.diag.message_detail}.",
            "Mend the rows at the source, or change the key in the mapping.",
            detail=error.diag.message_detail,
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
