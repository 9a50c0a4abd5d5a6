"""Whether a file in a folder is whole: uploads take time, and a half of one must never be read.

Three signs, any of which makes the portal wait: a name of an unfinished upload beside it (`x.part`), a marker
that the operator demands and that is not there yet (`x.done`), a size or time that still changes.
"""

from __future__ import annotations

import fnmatch
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass

from ckanext.roadmap.sources.errors import SourceError

UNFINISHED = (".part", ".partial", ".filepart", ".crdownload", ".tmp", ".temp", ".upload", ".swp")
MOST_LOOKS = 5
WILD = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class State:
    """Size and time of change of a file, and what else its disk tells of it."""

    size: int
    changed: float
    more: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Settling:
    """How long a file must have rested, and the ending of the marker that tells that it is whole."""

    seconds: float = 60.0
    marker: str = ""

    def choose(self, name: str, names: Collection[str]) -> str:
        """The file to read; of a pattern (`schools-*.csv`) the last one by name that is whole.

        :raises SourceError: there is none, or it is still being written
        """
        fitting = [name] if not WILD & set(name) else sorted(fnmatch.filter(names, name))
        there = [one for one in fitting if one in names and not one.endswith(UNFINISHED)]
        whole = [one for one in there if not self._is_open(one, names)]
        if whole:
            return whole[-1]
        if there or any(f"{name}{ending}" in names for ending in UNFINISHED):
            raise unfinished(name)
        raise SourceError(
            "file_missing", f"There is no file {name}.",
            "Check the name in the mapping (capitals count), or put the file there.", name=name,
        )  # fmt: skip

    def whole(self, names: Collection[str]) -> list[str]:
        """The files that are whole as far as their names tell, by name; markers are none."""
        marks = tuple(filter(None, (self.marker, *UNFINISHED)))
        return sorted(one for one in names if not one.endswith(marks) and not self._is_open(one, names))

    def _is_open(self, name: str, names: Collection[str]) -> bool:
        if self.marker and f"{name}{self.marker}" not in names:
            return True
        return any(f"{name}{ending}" in names for ending in UNFINISHED)

    def rest(
        self,
        name: str,
        state: Callable[[], State],
        now: Callable[[], float] = time.time,
        sleep: Callable[[float], None] = time.sleep,
    ) -> State:
        """Wait until the file has not changed for long enough.

        :raises SourceError: it does not come to rest
        """
        found = state()
        if self.marker or now() - found.changed >= self.seconds:
            return found
        for _ in range(MOST_LOOKS):
            sleep(self.seconds)
            later = state()
            if later == found:
                return found
            found = later
        raise unfinished(name)


def unfinished(name: str) -> SourceError:
    """The error of a file that is still being written."""
    return SourceError(
        "file_unfinished", f"The file {name} is still being written.",
        "Nothing was read. Write it under another name and rename it when it is whole; it is read at the "
        "next harvest.", name=name,
    )  # fmt: skip


def changed(name: str) -> SourceError:
    """The error of a file that changed under the reader's hands."""
    return SourceError(
        "file_changed", f"The file {name} changed while it was read.",
        "Write it beside and rename it.", name=name,
    )  # fmt: skip
