"""Files of a declared table, written whole on the disk before their first byte is sent.

So a file takes no more memory the longer it is. What goes wrong while it is written leaves no part of it
behind, and since its length is known, whoever downloads it sees when a transfer broke off.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import ExitStack
from datetime import tzinfo
from tempfile import TemporaryFile
from typing import IO

from . import csv_file, json_file, xlsx_file
from .tables import Row, Table

MIMETYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def spooled(
    kind: str, table: Table, rows: Iterable[Row], tz: tzinfo, say: Callable[[str], str] = str
) -> IO[bytes]:
    """A file of one of these kinds, read from its beginning; it is gone once it is closed.

    :param tz: of the local times in a workbook
    :param say: a word in the reader's language, for the head of a workbook
    :raises TooManyRowsError: they don't fit in a workbook
    """
    with ExitStack() as unfinished:
        file = unfinished.enter_context(TemporaryFile())
        if kind == "xlsx":
            xlsx_file.write(file, table, rows, tz, say)
        else:
            lines = csv_file.lines if kind == "csv" else json_file.lines
            file.writelines(line.encode() for line in lines(table, rows))
        file.seek(0)
        unfinished.pop_all()
    return file
