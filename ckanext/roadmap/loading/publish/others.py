"""The further files of a run, all in one pass over the rows of the stream's own file."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from ckanext.roadmap.loading.report import FileReport

from .decode import Batch, OutgrownError, Schema, batches, measured, schema_of
from .formats import FORMATS, FileFormat, UnfitError
from .places import NAME

STREAMED = "csv"


def others(
    part: Path, names: tuple[str, ...], types: tuple[str, ...], formats: Iterable[str]
) -> list[FileReport]:
    """Makes the files that a mapping wants besides CSV; one that cannot hold the rows tells why."""
    wanted = [name for name in formats if name != STREAMED and name in FORMATS]
    if not wanted:
        return []
    stream = part / f"{NAME}.{STREAMED}"
    measure = measured(stream, names, types)
    try:
        return _written(part, wanted, measure.schema, batches(stream, measure.schema, measure))
    except OutgrownError:  # what the first rows told did not hold: all of them tell, then all are read again
        schema = schema_of(stream, names, types)
        return _written(part, wanted, schema, batches(stream, schema))


def _written(part: Path, wanted: list[str], schema: Schema, rows: Iterator[Batch]) -> list[FileReport]:
    """All files, in one pass over the rows."""
    writers = [_Writer(FORMATS[name](part / f"{NAME}.{name}", schema)) for name in wanted]
    try:
        for batch in rows:
            for writer in writers:
                writer.write(batch)
    except OutgrownError:
        for writer in writers:
            writer.abandon()
        raise
    return [writer.finish() for writer in writers]


class _Writer:
    """One file, or the reason why there is none."""

    def __init__(self, file: FileFormat) -> None:
        self._file = file
        self._unfit: UnfitError | None = None

    def write(self, batch: Batch) -> None:
        if self._unfit is not None:
            return
        try:
            self._file.write(batch)
        except UnfitError as error:
            self.abandon()
            self._unfit = error

    def abandon(self) -> None:
        """Leaves nothing of it."""
        if self._unfit is None:
            self._file.abandon()
            self._file.path.unlink(missing_ok=True)

    def finish(self) -> FileReport:
        path, label = self._file.path, self._file.label
        if self._unfit is not None:
            problem = {"code": self._unfit.code, "message": str(self._unfit), "params": self._unfit.params}
            return FileReport(label, 0, "", path.name, problem)
        self._file.close()
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            os.fsync(file.fileno())
        return FileReport(label, path.stat().st_size, digest, path.name)
