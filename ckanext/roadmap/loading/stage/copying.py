"""COPY of a stream into the staging table."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from typing import Any, cast

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.loading.datastore import field_list
from ckanext.roadmap.sources.scrub import without_values

from .errors import StageError, ValueRefusedError
from .pipe import Pipe, StoppedError

BUFFER = 1 << 20
PLACE = re.compile(r"^COPY .*?, line (\d+)(?:, column (.*?))?(?:: |$)", re.MULTILINE)
"""Where COPY stood; the value behind it is told to nobody."""


def copy_in(
    connection: Connection,
    table: sql.Identifier,
    names: tuple[str, ...],
    pipe: Pipe,
    batches: Iterator[bytes],
) -> int:
    """Runs both ends of the pipe; the transaction, in which the table was made, is left open.

    :returns: number of rows staged
    """
    source = threading.Thread(target=pipe.fill, args=(batches,), daemon=True)
    source.start()
    try:
        return _copy(connection, table, names, pipe)
    except (psycopg2.Error, StoppedError) as error:
        if pipe.failure and not isinstance(pipe.failure, StoppedError):
            raise pipe.failure from None
        raise _refused(error) from None
    finally:
        pipe.stop()
        source.join(timeout=30)


def _copy(connection: Connection, table: sql.Identifier, names: tuple[str, ...], pipe: Pipe) -> int:
    statement = sql.SQL("COPY {} ({}) FROM STDIN WITH (FORMAT csv, ENCODING 'UTF8', FREEZE)").format(
        table, field_list(names)
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(statement.as_string(cursor), cast(Any, pipe), size=BUFFER)
        return cursor.rowcount


def _refused(error: Any) -> StageError:
    detail = error.diag.message_primary or type(error).__name__
    if not str(error.pgcode or "").startswith("22"):
        return StageError(
            "staging_refused",
            f"The rows could not be staged: {detail}.",
            "Check the DataStore's disk and rights.",
            detail=detail,
        )
    row, column = (PLACE.findall(error.diag.context or "") or [("-", "-")])[-1]
    detail = without_values(detail)
    return ValueRefusedError(
        "value_refused",
        f"A value does not fit its column's type: row {row}, column {column or '-'} ({detail}).",
        "Correct the value at the source, or declare the column as text in the mapping.",
        row=row,
        column=column or "-",
        detail=detail,
    )
