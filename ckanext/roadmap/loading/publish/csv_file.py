"""The CSV file that is written beside the table: RFC 4180, UTF-8, from the same bytes."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from pathlib import Path
from typing import BinaryIO

from ckanext.roadmap.loading.report import FileReport

SUFFIX = ".part"


class CsvFile:
    """A file under a temporary name until it is published.

    PostgreSQL ends a record with LF and RFC 4180 wants CRLF; a line break inside quotes stays as it is.
    """

    def __init__(self, folder: Path, run_id: str, names: tuple[str, ...]) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.part = part_path(folder, run_id)
        self._file: BinaryIO = self.part.open("wb")
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
        """Flushes it to the disk; it is still under its temporary name."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return FileReport("CSV", self._size, self._digest.hexdigest())

    def discard(self) -> None:
        """Takes it away."""
        self._file.close()
        self.part.unlink(missing_ok=True)

    def _put(self, data: bytes) -> None:
        self._file.write(data)
        self._digest.update(data)
        self._size += len(data)


def part_path(folder: Path, run_id: str) -> Path:
    """Where a run writes before its file is published."""
    return folder / f".{run_id}.csv{SUFFIX}"
