"""Empties tables between tests: CKAN's, ours, and the append-only ones, as only the owner of the database can: by DDL."""

from __future__ import annotations

import functools
import graphlib
from collections.abc import Iterable

import sqlalchemy as sa

from ckan import model

from ckanext.roadmap.model import DeadlineRow
from ckanext.roadmap.services.ledger import TABLES

REFERENCES = """
SELECT referring.relname, referred.relname FROM pg_constraint
JOIN pg_class referring ON referring.oid = conrelid JOIN pg_class referred ON referred.oid = confrelid
WHERE contype = 'f'
"""
# what is empty already is left alone: most tables are, at the end of most tests
EMPTY = """
DO $$
DECLARE
    name text;
    filled boolean;
    refuses boolean;
BEGIN
    FOREACH name IN ARRAY '{{{names}}}'::text[] LOOP
        CONTINUE WHEN to_regclass(quote_ident(name)) IS NULL;
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', name) INTO filled;
        CONTINUE WHEN NOT filled;
        refuses := name = ANY ('{{{ledger}}}'::text[]);
        IF refuses THEN
            EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', name);
        END IF;
        EXECUTE format('DELETE FROM %I', name);
        IF refuses THEN
            EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', name);
            EXECUTE format('ALTER TABLE %1$I ENABLE ALWAYS TRIGGER %2$I', name, name || '_rows');
            EXECUTE format('ALTER TABLE %1$I ENABLE ALWAYS TRIGGER %2$I', name, name || '_all');
        END IF;
    END LOOP;
END $$
"""


def reset_ledger() -> None:
    """Empty the append-only tables; the triggers that refuse this are off inside the transaction only."""
    _ledger.cache_clear()  # the tables may have been made anew
    if sa.inspect(model.meta.engine).has_table(DeadlineRow.__tablename__):
        _empty(_ledger())


def reset_tables() -> None:
    """Empty the append-only tables and all that CKAN's own fixture empties, which takes it a statement each."""
    model.Session.remove()
    known = [table.name for table in reversed(model.repo.metadata.sorted_tables)]
    _empty([*_ledger(), *(name for name in known if name != "alembic_version")])


@functools.cache
def _ledger() -> list[str]:
    """The append-only tables, each before those it refers to; only the database knows all it refers to."""
    own = {table.__tablename__ for table in TABLES}
    with model.meta.engine.connect() as connection:
        referring = connection.execute(sa.text(REFERENCES)).all()
    sorter = graphlib.TopologicalSorter({name: set() for name in own})
    for referring_table, table in referring:
        if own.issuperset((referring_table, table)) and referring_table != table:
            sorter.add(table, referring_table)
    return list(sorter.static_order())


def _empty(names: Iterable[str]) -> None:
    with model.meta.engine.begin() as connection:
        # a request that ended badly may hold a table: a failure tells more than a suite that stands still
        connection.execute(sa.text("SET LOCAL lock_timeout = '60s'"))
        block = EMPTY.format(names=",".join(names), ledger=",".join(_ledger()))
        connection.execute(sa.text(block))
