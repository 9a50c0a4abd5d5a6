"""Before and after: that a rehearsal changed no table of the DataStore."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from typing import Any

from psycopg2 import errors, sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from .datastore import live, one, open_datastore

BY_CONTENT = 256 * 1024 * 1024
"""Tables up to this size are read whole; of larger ones files, sizes and counters of writes are compared."""
ALL_CONTENT = 4 * 1024**3
"""So much is read whole in all, the smallest tables first: a rehearsal doesn't read a whole portal twice."""
WHOLE = "content "
TABLES = """
    SELECT c.relname, c.oid::bigint, pg_relation_filenode(c.oid)::bigint, pg_relation_size(c.oid),
        (SELECT md5(string_agg(
                a.attname || ' ' || format_type(a.atttypid, a.atttypmod), ',' ORDER BY a.attnum))
            FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
        coalesce(s.n_tup_ins + s.n_tup_upd + s.n_tup_del, 0), has_table_privilege(c.oid, 'SELECT')
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_stat_all_tables s ON s.relid = c.oid
    WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND left(c.relname, 1) <> '_' ORDER BY c.relname"""
CONTENT = """
    SELECT count(*)::text || ':' || coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM {} t"""

Prints = Mapping[str, str]
"""What each table looks like; those whose names begin with _ are the portal's own memory and left out."""


def prints(
    url: str, like: Prints | None = None, by_content: int = BY_CONTENT, all_content: int = ALL_CONTENT
) -> Prints:
    """Looks at every table of the DataStore, each in a transaction of its own, so no load has to wait.

    :param like: an earlier look: each table is looked at in the same way as then
    """
    with closing(open_datastore(url, read_only=True)) as store:
        with store.cursor() as cursor:
            cursor.execute(TABLES)
            tables = cursor.fetchall()
        store.commit()
        if like is None:
            whole = _whole({name: size for name, _, _, size, *_ in tables}, by_content, all_content)
        else:
            whole = {name for name, text in like.items() if text.startswith(WHOLE)}
        found = {name: _print(store, name, name in whole, *rest) for name, *rest in tables}
    return {name: text for name, text in found.items() if text is not None}


def _whole(sizes: Mapping[str, int], by_content: int, all_content: int) -> set[str]:
    """The tables that are read whole."""
    found, left = set[str](), all_content
    for name, size in sorted(sizes.items(), key=lambda one: (one[1], one[0])):
        left -= size
        if size > by_content or left < 0:
            break
        found.add(name)
    return found


def compared(before: Prints, after: Prints) -> dict[str, Any]:
    """The proof: how many tables were looked at and how, and the names of those that differ."""
    names = before.keys() | after.keys()
    return {
        "tables": len(names),
        "by_content": sum(text.startswith(WHOLE) for text in before.values()),
        "changed": sorted(name for name in names if before.get(name) != after.get(name)),
        "loads": {},
    }


def _print(
    store: Connection, name: str, whole: bool, oid: int, node: int, size: int, columns: str, writes: int,
    may_read: bool,
) -> str | None:  # fmt: skip
    if not (whole and may_read):
        return f"counters {columns} {oid} {node} {size} {writes}"
    try:
        with store.cursor() as cursor:
            cursor.execute(sql.SQL(CONTENT).format(live(name)))
            content = one(cursor)[0]
    except errors.UndefinedTable:  # it went while others were looked at
        store.rollback()
        return None
    store.commit()
    return f"{WHOLE}{columns} {content}"
