"""The CSV file that is written beside the table: RFC 4180, UTF-8, from the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import threading
from pathlib import Path
from typing import BinaryIO

from ckanext.roadmap.loading.report import FileReport
from ckanext.roadmap.sources.flat import Flat


class CsvFile:
    """A file that nobody sees until it is published.

    PostgreSQL ends a record with LF and RFC 4180 wants CRLF; a line break inside quotes stays as it is.

    :ivar records: how many were written
    """

    def __init__(self, path: Path, names: tuple[str, ...]) -> None:
        self.path = path
        self._file: BinaryIO = path.open("wb")
        self._digest = hashlib.sha256()
        self._size = 0
        self._inside = False
        self.records = 0
        self._syncing = threading.Thread(target=self._sync, daemon=True)
        self._fault: OSError | None = None
        header = io.StringIO(newline="")
        csv.writer(header).writerow(names)
        self._put(header.getvalue().encode())

    def write(self, data: bytes) -> None:
        """Adds a piece of the stream, cut anywhere."""
        written = data.replace(b"\n", b"\r\n") if isinstance(data, Flat) else self._written(data)
        self.records += len(written) - len(data)
        self._put(written)

    def _written(self, data: bytes) -> bytes:
        pieces = data.split(b'"')
        begun_inside, self._inside = self._inside, self._inside ^ (len(pieces) % 2 == 0)
        if b"\n" not in b"".join(pieces[1 - begun_inside :: 2]):
            return data.replace(b"\n", b"\r\n")
        for number in range(int(begun_inside), len(pieces), 2):
            pieces[number] = pieces[number].replace(b"\n", b"\r\n")
        return b'"'.join(pieces)

    def finish(self) -> FileReport:
        """Ends it; it goes to the disk while others work."""
        self._file.flush()
        self._syncing.start()
        return FileReport("CSV", self._size, self._digest.hexdigest(), self.path.name)

    def settle(self) -> None:
        """Waits until it is on the disk.

        :raises OSError: it is not
        """
        self.close()
        if self._fault:
            raise self._fault

    def close(self) -> None:
        """Lets it go."""
        if self._syncing.ident:
            self._syncing.join()
        self._file.close()

    def _sync(self) -> None:
        try:
            os.fsync(self._file.fileno())
        except OSError as fault:
            self._fault = fault

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._size += len(data)
