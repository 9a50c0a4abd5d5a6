"""What a table's columns are like, in counts alone: no value of a source leaves it here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from .arrow import compute as pc
from .arrow import csv as arrow_csv
from .arrow import pa
from .database import explain
from .table import SourceTable

AS_TEXT = ("JSON", "XML", "POINT", "LINE", "BOX", "POLYGON", "CIRCLE")
"""Types of PostgreSQL that know no equality."""
LARGE = (sa.types.LargeBinary, sa.types.Text, sa.types.JSON)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many cells of a column are empty, and how many different values there are; None: not counted."""

    nulls: int
    distinct: int | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The counts of a table's first rows.

    :ivar rows: how many were looked at
    :ivar whole: whether these are all
    """

    rows: int
    whole: bool
    columns: Mapping[str, Counts]


def of_database(
    connection: Connection, url: str, source: SourceTable, names: list[str], most: int
) -> Profile:
    """Counted by the database itself: one question, over a bounded number of rows.

    :param names: columns; none: only the rows are counted
    :raises SourceError: it gives no answer
    """
    cells = [_comparable(source, name).label(name) for name in names]
    first = sa.select(*(cells or [sa.literal(1).label("one")]))
    rows = first.select_from(source.table).limit(most + 1).subquery()
    known = [name for name in names if _is_countable(source, name)]
    asked = [sa.func.count()] + [sa.func.count(rows.c[name]) for name in names]
    asked += [sa.func.count(sa.distinct(rows.c[name])) for name in known]
    try:
        found = connection.execute(sa.select(*asked).select_from(rows)).one()
    except SQLAlchemyError as error:
        raise explain(error, url) from None
    total, filled, distinct = found[0], found[1 : len(names) + 1], found[len(names) + 1 :]
    values = dict(zip(known, distinct, strict=True))
    counts = {name: Counts(total - some, values.get(name)) for name, some in zip(names, filled, strict=True)}
    return Profile(total, total <= most, counts)


def of_records(records: bytes, names: list[str], most: int) -> Profile:
    """Counted here, of whole records in PostgreSQL's CSV."""
    if not records:
        return Profile(0, True, {name: Counts(0, 0) for name in names})
    table = arrow_csv.read_csv(
        pa.BufferReader(records),
        read_options=arrow_csv.ReadOptions(block_size=len(records) + 1, column_names=names),
        parse_options=arrow_csv.ParseOptions(newlines_in_values=True, ignore_empty_lines=False),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.large_string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )
    seen = table.slice(0, most)
    counts = {name: _counted(seen[name]) for name in names}
    return Profile(seen.num_rows, table.num_rows <= most, counts)


def _counted(column: Any) -> Counts:
    return Counts(column.null_count, pc.count_distinct(column, mode="only_valid").as_py())


def _comparable(source: SourceTable, name: str) -> sa.ColumnElement[Any]:
    column = source.table.columns[name]
    if source.database == "postgresql" and source.columns[name].upper().startswith(AS_TEXT):
        return sa.cast(column, sa.Text())
    return column


def _is_countable(source: SourceTable, name: str) -> bool:
    """Oracle and SQL Server do not compare what is large."""
    kind = source.table.columns[name].type
    return source.database not in ("oracle", "mssql") or not isinstance(kind, LARGE)
