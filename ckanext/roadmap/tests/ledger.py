"""Empties the append-only tables between tests, as only the owner of the database can: by DDL."""

from __future__ import annotations

import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.services.ledger import TABLES


def reset_ledger() -> None:
    """Switch the refusing triggers off, empty the ledger, switch them on again, in one transaction."""
    with model.meta.engine.begin() as connection:
        # a request that ended badly may hold a table: a failure tells more than a suite that stands still
        connection.execute(sa.text("SET LOCAL lock_timeout = '60s'"))
        known = set(sa.inspect(connection).get_table_names())
        names = [table.__tablename__ for table in TABLES if table.__tablename__ in known]
        for name in names:
            connection.execute(sa.text(f"ALTER TABLE {name} DISABLE TRIGGER USER"))
        if names:
            connection.execute(sa.text(f"TRUNCATE {', '.join(names)}"))
        for name in names:
            connection.execute(sa.text(f"ALTER TABLE {name} ENABLE TRIGGER USER"))
            connection.execute(sa.text(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {name}_rows"))
            connection.execute(sa.text(f"ALTER TABLE {name} ENABLE ALWAYS TRIGGER {name}_all"))
