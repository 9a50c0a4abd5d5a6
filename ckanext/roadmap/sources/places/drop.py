"""A folder of the operator's, into which a ministry's files are put by whatever means."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.look import Answer, Clock, Sign
from ckanext.roadmap.sources.standing import signs_of, standing

from .base import Brought, Look, Place, Way, place, too_large
from .settling import Settling, State, changed


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
                _require_readable(self._path())
        powers = ("WRITE",) if os.access(self._folder, os.W_OK) else ()
        return Answer("", None, powers, (Sign("check_folder", count=count),))

    def bring(self, into: Path) -> Brought:
        """A copy of the file, made once it has come to rest."""
        with _told(self.name):
            path = self._path()
            before = self._settling.rest(path.name, lambda: _state(path))
            if before.size > self.way.reach.bytes:
                raise too_large(path.name, self.way.reach.bytes)
            copied = Path(shutil.copyfile(path, into / "file"))
            if _state(path) != before or copied.stat().st_size != before.size:
                raise changed(path.name)
        return Brought(copied, path.name)

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


def _require_readable(path: Path) -> None:
    with path.open("rb"):
        pass


def _state(path: Path) -> State:
    found = standing(path)
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
