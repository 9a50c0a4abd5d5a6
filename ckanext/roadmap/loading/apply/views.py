"""Alias views of a live table: taken away and made again around a swap."""

from __future__ import annotations

from typing import Any, NamedTuple

from psycopg2 import sql

VIEWS = """
    SELECT DISTINCT v.oid::bigint, v.relname::text, pg_get_viewdef(v.oid),
        ARRAY(SELECT attname::text FROM pg_attribute a
              WHERE a.attrelid = v.oid AND a.attnum > 0 ORDER BY attnum)
      = ARRAY(SELECT attname::text FROM pg_attribute a
              WHERE a.attrelid = %(oid)s AND a.attnum > 0 AND NOT attisdropped ORDER BY attnum)
    FROM pg_depend d JOIN pg_rewrite r ON r.oid = d.objid JOIN pg_class v ON v.oid = r.ev_class
    WHERE d.refobjid = %(oid)s AND v.relkind = 'v' AND v.relnamespace = 'public'::regnamespace
    ORDER BY v.oid::bigint"""


class View(NamedTuple):
    """A view on the table.

    :ivar whole: whether it shows all columns, as CKAN's aliases do
    """

    oid: int
    name: str
    definition: str
    whole: bool

    @property
    def identifier(self) -> sql.Identifier:
        """The view's name."""
        return sql.Identifier("public", self.name)


def views_on(cursor: Any, oid: int) -> list[View]:
    """The views that read the table itself."""
    cursor.execute(VIEWS, {"oid": oid})
    return [View(*row) for row in cursor.fetchall()]


def drop_views(cursor: Any, views: list[View]) -> None:
    """They would follow the old table."""
    for view in views:
        cursor.execute(sql.SQL("DROP VIEW IF EXISTS {} CASCADE").format(view.identifier))


def create_views(cursor: Any, views: list[View], table: sql.Identifier) -> None:
    """The same views on the new table; one of all columns shows the new ones too."""
    for view in views:
        body = (
            sql.SQL("SELECT * FROM {}").format(table) if view.whole else sql.SQL(view.definition.rstrip(";"))
        )
        cursor.execute(sql.SQL("CREATE VIEW {} AS {}").format(view.identifier, body))
