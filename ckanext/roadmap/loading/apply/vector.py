"""The search vector of a row: its text columns."""

from __future__ import annotations

from collections.abc import Mapping

from psycopg2 import sql

from ckanext.roadmap.loading.plan import FullText

LONGEST_TEXT = 250_000


def vector(policy: FullText, columns: Mapping[str, str], alias: str) -> sql.Composable:
    """The expression; nothing to search gives an empty vector, which CKAN's trigger leaves alone."""
    texts = [sql.Identifier(alias, name) for name, kind in columns.items() if kind == "text"]
    if policy is FullText.OFF or not texts:
        return sql.SQL("''::tsvector")
    return sql.SQL("to_tsvector(left(concat_ws(' ', {}), {}))").format(
        sql.SQL(", ").join(texts), sql.Literal(LONGEST_TEXT)
    )
