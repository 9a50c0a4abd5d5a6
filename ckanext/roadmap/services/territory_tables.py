"""Opens the very tables behind an obligation and counts their rows by region."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import psycopg2
import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckan import model as core

from ckanext.roadmap import config
from ckanext.roadmap.domain.region import Spread, spread
from ckanext.roadmap.loading.datastore import DatastoreError, open_datastore
from ckanext.roadmap.model import Publication
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services.facts import Owed
from ckanext.roadmap.sources.content.codes import Codes, count_codes

_MOST_TABLES = 5


@dataclass(frozen=True, slots=True)
class Table:
    """A resource that may hold the data, and the column of its regions, if one is named."""

    resource_id: str
    name: str
    column: str | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A table as it is now."""

    table: Table
    outcome: str
    spread: Spread


def candidates(session: Session, owed: Owed) -> list[Table]:
    """The resources of the datasets that answer an obligation today.

    The column that a mapping names goes before the one that the list names.
    """
    links = session.scalars(Publication.confirmed([owed.id]).where(Publication.revoked_at.is_(None))).all()
    only = {link.resource_id for link in links if link.resource_id}
    resource = core.Resource
    query = (
        sa.select(resource.id, resource.name)
        .where(resource.package_id.in_({link.dataset_id for link in links}))
        .where(resource.state == core.State.ACTIVE)
        .order_by(resource.package_id, resource.position)
    )
    found = [row for row in session.execute(query) if not only or row.id in only][:_MOST_TABLES]
    mapped = session.scalars(sa.select(Mapping).where(Mapping.resource_id.in_([row.id for row in found])))
    columns = {mapping.resource_id: mapping.definition.get("region_column") for mapping in mapped}
    named = owed.revision.region_column
    return [Table(row.id, row.name or "", columns.get(row.id) or named) for row in found]


def open_tables(tables: Iterable[Table]) -> list[Opened]:
    """Count the rows of each table by region; whatever cannot be had says why, and counts for nothing."""
    tables = list(tables)
    if not any(table.column for table in tables):
        return [Opened(table, "no_column_named", Spread()) for table in tables]
    try:
        return list(_opened(tables))
    except (DatastoreError, psycopg2.OperationalError):
        return [Opened(table, "unreachable", Spread()) for table in tables]


def _opened(tables: Iterable[Table]) -> Iterator[Opened]:
    with closing(open_datastore(config.datastore_read_url(), read_only=True)) as store:
        for table in tables:
            codes = (
                count_codes(store, table.resource_id, table.column)
                if table.column
                else Codes("no_column_named", {})
            )
            yield Opened(table, codes.outcome, spread(codes.rows))
