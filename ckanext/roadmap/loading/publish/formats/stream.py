"""A text file that grows by joined lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ckanext.roadmap.loading.publish.arrow import Column, pa, pc
from ckanext.roadmap.loading.publish.decode import Schema

STEP = 1 << 13


class TextFile:
    """What formats of lines have in common."""

    def __init__(self, path: Path, schema: Schema) -> None:
        self.path, self.schema = path, schema
        self._file = path.open("wb")

    def put(self, text: str) -> None:
        """Writes a piece."""
        self._file.write(text.encode())

    def put_lines(self, lines: Column, between: str, before: str = "") -> None:
        """Writes lines with a mark before the first, between, and after the last if it ends lines."""
        for begin in range(0, len(lines), STEP):
            some: Any = lines.slice(begin, STEP)
            joined = pc.binary_join(pa.ListArray.from_arrays([0, len(some)], some), between)
            self._file.write((between if begin and before else before).encode())
            self._file.write(joined[0].as_buffer())
            if not before:
                self._file.write(between.encode())

    def close(self) -> None:
        """Ends the file."""
        self._file.close()

    def abandon(self) -> None:
        """Lets it go."""
        self._file.close()
