"""The files of a resource: written while its rows are staged, put in their place once the table is live."""

from __future__ import annotations

import json
import os
import shutil
from contextlib import suppress
from pathlib import Path

from ckanext.roadmap.loading.plan import LoadPlan
from ckanext.roadmap.loading.report import FileReport

from .csv_file import CsvFile
from .errors import PublishError
from .others import others
from .places import CURRENT, HELD, NAME, PLAN, RUN_ID, held_folder, part_folder, version_folder


class Files:
    """What a run writes; nobody sees it before it is published."""

    def __init__(self, folder: Path, plan: LoadPlan) -> None:
        self._folder, self._plan = folder, plan
        self._part = part_folder(folder, plan.resource_id, plan.run_id)
        self._part.mkdir(parents=True, exist_ok=True)
        self._csv = self._begun()

    def restart(self) -> None:
        """Begins anew."""
        self._csv.close()
        self._csv = self._begun()

    @property
    def records(self) -> int:
        """How many were taken."""
        return self._csv.records

    def write(self, batch: bytes) -> None:
        """Takes a batch of the stream."""
        self._csv.write(batch)

    def finish(self, types: list[str]) -> list[FileReport]:
        """Ends them, and notes what the other files are made of: a crash may come between."""
        found = {"names": self._plan.names, "types": types, "formats": self._plan.formats}
        with (self._part / PLAN).open("w", encoding="utf-8") as note:
            json.dump(found, note)
            note.flush()
            os.fsync(note.fileno())
        return [self._csv.finish()]

    def settle(self) -> None:
        """Waits until they are on the disk: from then on a crash cannot lose them."""
        self._csv.settle()

    def keep(self) -> None:
        """Puts them aside, out of everybody's reach, until people have decided."""
        self.settle()
        place = held_folder(self._folder, self._plan.run_id)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        self._part.replace(place)
        self.discard()

    def discard(self) -> None:
        """Takes them away."""
        self._csv.close()
        shutil.rmtree(self._part, ignore_errors=True)
        with suppress(OSError):  # it holds the files of other runs
            self._part.parent.rmdir()

    def _begun(self) -> CsvFile:
        return CsvFile(self._part / f"{NAME}.csv", self._plan.names)


def publish_files(folder: Path, resource_id: str, run_id: str, serve: bool = True) -> list[FileReport]:
    """Makes the further files from the stream's own, then shows all of them at once.

    Readers see the old files or the new ones.

    :param serve: whether they are those of the rows that are live
    :returns: the further files
    """
    part = part_folder(folder, resource_id, run_id)
    try:
        made = others(part, *_noted(part))
        part.replace(version_folder(folder, resource_id, run_id))
        if serve:
            _point(folder / resource_id, run_id)
    except OSError as error:
        raise PublishError(
            "file_refused",
            f"The files could not be put in their place ({error.strerror}).",
            "Check the rights and the room of the portal's storage folder.",
            detail=error.strerror,
        ) from None
    return made


def finish_files(folder: Path, resource_id: str, run_id: str, serve: bool = True) -> list[FileReport]:
    """What a crash left undone after the swap: publishes the run's files if they still wait.

    :param serve: whether they are those of the rows that are live
    :returns: the further files that were made now
    """
    if part_folder(folder, resource_id, run_id).exists():
        return publish_files(folder, resource_id, run_id, serve)
    if serve and version_folder(folder, resource_id, run_id).exists():
        _point(folder / resource_id, run_id)
    return []


def remove_version(folder: Path, resource_id: str, run_id: str) -> bool:
    """Takes the files of an old version away; those that are served now stay.

    :returns: whether they are gone
    """
    place = version_folder(folder, resource_id, run_id)
    if not RUN_ID.fullmatch(run_id) or (folder / resource_id / CURRENT).resolve() == place.resolve():
        return False
    if place.exists():
        shutil.rmtree(place)
    return True


def forget_held(folder: Path, run_id: str) -> bool:
    """Takes away what was kept of a held run; whether there was anything."""
    place = held_folder(folder, run_id)
    if not RUN_ID.fullmatch(run_id) or not place.exists():
        return False
    shutil.rmtree(place)
    return True


def held_runs(folder: Path) -> list[str]:
    """The runs of which something is kept."""
    return sorted(place.name for place in (folder / HELD).glob("*"))


def _noted(part: Path) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    noted = json.loads((part / PLAN).read_text(encoding="utf-8"))
    return tuple(noted["names"]), tuple(noted["types"]), tuple(noted["formats"])


def _point(home: Path, run_id: str) -> None:
    """`current` is a link to the served version; it is exchanged in one step and written to the disk."""
    beside = home / f".{run_id}.link"
    beside.unlink(missing_ok=True)
    beside.symlink_to(run_id)
    beside.replace(home / CURRENT)
    directory = os.open(home, os.O_RDONLY)
    try:
        os.fsync(directory)
    finally:
        os.close(directory)
