"""The CSV file that is written beside the table: RFC 4180, UTF-8, from the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from pathlib import Path
from typing import BinaryIO

from ckanext.roadmap.loading.report import FileReport


class CsvFile:
    """A file that nobody sees until it is published.

    PostgreSQL ends a record with LF and RFC 4180 wants CRLF; a line break inside quotes stays as it is.
    """

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self.path = path
        self._file: BinaryIO = path.open("wb")
        self._digest = hashlib.sha256()
        self._size = 0
        self._inside = False
        header = io.StringIO(newline="")
        csv.writer(header).writerow(names)
        self._put(header.getvalue().encode())

    def write(self, data: bytes) -> None:
        """Adds a piece of the stream, cut anywhere."""
        pieces = data.split(b'"')
        for number, piece in enumerate(pieces):
            if number:
                self._inside = not self._inside
            if not self._inside:
                pieces[number] = piece.replace(b"\n", b"\r\n")
        self._put(b'"'.join(pieces))

    def finish(self) -> FileReport:
        """Flushes it to the disk."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return FileReport("CSV", self._size, self._digest.hexdigest(), self.path.name)

    def close(self) -> None:
        """Lets it go."""
        self._file.close()

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._size += len(data)
