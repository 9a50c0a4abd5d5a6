"""What every file format is: one class that knows its name, its suffix and how rows are written."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import ClassVar

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.loading.publish.decode import Batch, Schema


class UnfitError(RoadmapError):
    """The format cannot hold these rows: its file is left out and the run says why; other files are made."""


class FileFormat(ABC):
    """One file being written, batch by batch, in memory that does not grow with it.

    :cvar name: as a mapping asks for it
    :cvar label: as people know it
    :cvar mimetype: what the web server says of it
    :cvar tells_null: whether a missing value and an empty text stay apart in it
    """

    name: ClassVar[str]
    label: ClassVar[str]
    mimetype: ClassVar[str]
    tells_null: ClassVar[bool] = True

    def __init__(self, path: Path, schema: Schema) -> None:
        self.path, self.schema = path, schema

    @abstractmethod
    def write(self, batch: Batch) -> None:
        """Adds rows.

        :raises UnfitError: the format cannot hold them
        """

    @abstractmethod
    def close(self) -> None:
        """Ends the file."""

    @abstractmethod
    def abandon(self) -> None:
        """Lets the half-written file go; the caller removes it."""


FORMATS: dict[str, type[FileFormat]] = {}


def file_format(made: type[FileFormat]) -> type[FileFormat]:
    """Registers a format."""
    FORMATS[made.name] = made
    return made
