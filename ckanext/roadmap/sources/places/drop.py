"""A folder of the operator's, into which a ministry's files are put by whatever means."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.look import Answer, Clock, Sign
from ckanext.roadmap.sources.standing import signs_of, standing_of

from .base import Brought, Look, Place, Way, place, too_large
from .settling import Settling, State, changed

PIECE = 1 << 20


@place
class DropFolder(Place):
    """`drop:///folder/?settle=60&marker=.done`; the mapping names the file, or a pattern of names."""

    schemes = ("drop",)

    def __init__(self, way: Way, name: str) -> None:
        super().__init__(way, name)
        parts = urlsplit(way.url)
        self._folder = Path(unquote(parts.path))
        self._settling = settling_of(parts.query)

    def names(self) -> list[str] | None:
        """Those that are whole."""
        with _told(self._folder.name):
            return self._settling.whole(self._names())

    def look(self) -> Look | None:
        """Name, and what the disk tells of the file."""
        with _told(self.name):
            path = self._path()
            signs = signs_of(path)
        return None if signs is None else {"name": path.name, **signs}

    def check(self, clock: Clock) -> Answer:
        """Whether folder and file can be read; the portal's user should not write there."""
        with _told(self._folder.name):
            count = len(self._names())
            if self.name:
                with _opened(self._path()):
                    pass
        powers = ("WRITE",) if os.access(self._folder, os.W_OK) else ()
        return Answer("", None, powers, (Sign("check_folder", count=count),))

    def bring(self, into: Path) -> Brought:
        """A copy of the file, made once it has come to rest."""
        with _told(self.name):
            path = self._path()
            before = self._settling.rest(path.name, lambda: _state(path.lstat()))
            if before.size > self.way.reach.bytes:
                raise too_large(path.name, self.way.reach.bytes)
            with _opened(path) as file, (into / "file").open("wb") as copy:
                copied = _state(os.fstat(file.fileno())) == before and _copy(file, copy, before.size)
                if not copied or _state(os.fstat(file.fileno())) != before:
                    raise changed(path.name)
        return Brought(into / "file", path.name)

    def _path(self) -> Path:
        """Only a plain file of the folder itself: no way leads out of it."""
        if "/" in self.name or self.name in ("", ".", ".."):
            raise SourceError(
                "file_outside", f"The file {self.name} lies outside the connection's folder.",
                "Name a file inside the folder.", name=self.name,
            )  # fmt: skip
        return self._folder / self._settling.choose(self.name, self._names())

    def _names(self) -> set[str]:
        return {one.name for one in self._folder.iterdir() if one.is_file() and not one.is_symlink()}


def settling_of(query: str) -> Settling:
    """How files come to rest, as the address says."""
    asked = {name: values[-1] for name, values in parse_qs(query).items()}
    try:
        seconds = float(asked.get("settle", 60.0))
    except ValueError:
        seconds = 60.0
    return Settling(max(seconds, 0.0), asked.get("marker", ""))


@contextmanager
def _opened(path: Path) -> Generator[BinaryIO]:
    """A plain file, whatever has been put in its place since it was looked at: no link, no pipe."""
    handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(handle, "rb") as file:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise changed(path.name)
        yield file


def _copy(file: BinaryIO, copy: BinaryIO, size: int) -> bool:
    """So many bytes; whether these were all."""
    left = size
    while left and (piece := file.read(min(left, PIECE))):
        copy.write(piece)
        left -= len(piece)
    return not left and not file.read(1)


def _state(status: os.stat_result) -> State:
    found = standing_of(status)
    return State(found.size, found.changed / 1e9, (found.changed, found.noted, found.number))


@contextmanager
def _told(name: str) -> Generator[None]:
    try:
        yield
    except OSError as error:
        raise SourceError(
            "file_unreadable", f"The file {name} cannot be read ({error.strerror}).",
            "Check that it exists and that the portal's user may read it.",
            name=name, detail=error.strerror or "",
        ) from None  # fmt: skip
