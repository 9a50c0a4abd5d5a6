"""Where the portal receives the parcels of one mapping; the newest whole one is kept for loading."""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from .errors import ParcelError
from .manifest import HASH, MOST_CHUNK, Manifest, require_whole
from .pieces import Content, plain
from .spool import MANIFEST, read, written

CURRENT = "current.json"


@dataclass(frozen=True, slots=True)
class Received:
    """A whole parcel and the file of its rows."""

    manifest: Manifest
    path: Path


class Inbox:
    """The folder of one mapping: `incoming/CONTENT/` fills up, `CONTENT.csv.gz` is whole."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def begin(self, manifest: Manifest) -> list[int] | None:
        """The numbers of the pieces that are still to come; None: these rows are here already.

        A parcel that was begun before and is another one is forgotten.
        """
        current = self.current()
        if current and current.manifest.content == manifest.content:
            return None
        place = self._place(manifest.content)
        for other in (self.folder / "incoming").glob("*"):
            if other != place:
                shutil.rmtree(other, ignore_errors=True)
        place.mkdir(parents=True, exist_ok=True)
        if not (place / MANIFEST).is_file() or read(place / MANIFEST).chunks != manifest.chunks:
            shutil.rmtree(place)
            place.mkdir()
        written(place / MANIFEST, manifest)
        return [
            number for number in range(1, len(manifest.chunks) + 1) if not _piece(place, number).is_file()
        ]

    def put(self, content: str, number: int, chunk: bytes) -> None:
        """Take one piece, if it is the one that was announced.

        :raises ParcelError: no such parcel is under way, or the piece is another
        """
        manifest, place = self._open(content)
        if not 1 <= number <= len(manifest.chunks) or len(chunk) > MOST_CHUNK:
            raise ParcelError(
                "parcel_piece",
                f"The parcel has no piece {number} of that size.",
                "Begin the parcel again.",
                number=number,
            )
        if hashlib.sha256(chunk).hexdigest() != manifest.chunks[number - 1]:
            raise ParcelError(
                "parcel_hash", f"Piece {number} arrived changed.", "Send it again.", number=number
            )
        plain(chunk)
        beside = place / f"{number:06d}.new-{os.getpid()}"
        beside.write_bytes(chunk)
        os.replace(beside, _piece(place, number))

    def finish(self, content: str, read_at: datetime) -> Received:
        """Make the parcel the one to be loaded, if it is whole.

        :param read_at: when the source was read, not later than now
        :raises ParcelError: pieces are missing, or together they are not what was announced
        """
        current = self.current()
        if current and current.manifest.content == content:
            written(self.folder / CURRENT, replace(current.manifest, read_at=read_at))
        else:
            manifest, place = self._open(content)
            self._gather(manifest, place)
            written(self.folder / CURRENT, replace(manifest, read_at=read_at))
            shutil.rmtree(place)
        for other in self.folder.glob("*.csv.gz"):
            if other.name != f"{content}.csv.gz":
                other.unlink(missing_ok=True)
        found = self.current()
        assert found is not None  # noqa: S101  # it was written above
        return found

    def current(self) -> Received | None:
        """The parcel to be loaded."""
        path = self.folder / CURRENT
        if not path.is_file():
            return None
        manifest = read(path)
        return Received(manifest, self.folder / f"{manifest.content}.csv.gz")

    def forget(self) -> None:
        """Take away what came, whole or in pieces; who wants it here must push it anew."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _gather(self, manifest: Manifest, place: Path) -> None:
        missing = [n for n in range(1, len(manifest.chunks) + 1) if not _piece(place, n).is_file()]
        if missing:
            raise ParcelError(
                "parcel_incomplete",
                f"{len(missing)} pieces of the parcel are missing.",
                "Begin the parcel again.",
                count=len(missing),
            )
        content, whole = Content(manifest.columns, manifest.types), place / "whole"
        with whole.open("wb") as file:
            for number in range(1, len(manifest.chunks) + 1):
                chunk = _piece(place, number).read_bytes()
                content.add(plain(chunk))
                file.write(chunk)
        require_whole(manifest, content.lines, content.size, content.hash)
        os.replace(whole, self.folder / f"{manifest.content}.csv.gz")

    def _open(self, content: str) -> tuple[Manifest, Path]:
        place = self._place(content)
        if not HASH.fullmatch(content) or not (place / MANIFEST).is_file():
            raise ParcelError(
                "parcel_none",
                "No such parcel is under way.",
                "Begin it; what came already is not sent again.",
            )
        return read(place / MANIFEST), place

    def _place(self, content: str) -> Path:
        return self.folder / "incoming" / content


def _piece(place: Path, number: int) -> Path:
    return place / f"{number:06d}"
