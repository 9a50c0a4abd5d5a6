"""The files of a resource: written while its rows are staged, put in their place once the table is live."""

from __future__ import annotations

import os
from pathlib import Path

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.loading.report import FileReport

from .csv_file import CsvFile, part_path
from .errors import PublishError


class Files:
    """What a run writes; nobody sees it before it is published."""

    def __init__(self, folder: Path, plan: LoadPlan) -> None:
        self._csv = CsvFile(folder / plan.resource_id, plan.run_id, plan.names)

    def write(self, batch: bytes) -> None:
        """Takes a batch of the stream."""
        self._csv.write(batch)

    def finish(self) -> list[FileReport]:
        """Flushes them to the disk; they are still under their temporary names."""
        return [self._csv.finish()]

    def discard(self) -> None:
        """Takes them away."""
        self._csv.discard()


def public_path(folder: Path, resource_id: str) -> Path:
    """Where the CSV file of a resource lies."""
    return folder / resource_id / f"{resource_id}.csv"


def publish_files(folder: Path, resource_id: str, run_id: str) -> None:
    """Renames the run's file into its place; readers see the old file or the new one."""
    part = part_path(folder / resource_id, run_id)
    try:
        part.replace(public_path(folder, resource_id))
        directory = os.open(part.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
    except OSError as error:
        raise PublishError(
            "file_refused",
            f"The CSV file could not be put in its place ({error.strerror}).",
            "Check the rights and the room of the portal's storage folder.",
            detail=error.strerror,
        ) from None


def finish_files(folder: Path, resource_id: str, run_id: str) -> bool:
    """What a crash left undone after the swap: publishes the run's file if it still waits."""
    waits = part_path(folder / resource_id, run_id).exists()
    if waits:
        publish_files(folder, resource_id, run_id)
    return waits
