"""The texts that cells of an XLSX share, on the disk: a sheet may have millions of them."""

from __future__ import annotations

import os
import re
from array import array
from functools import lru_cache
from pathlib import Path
from typing import IO

from .xlsx_xml import Reading, Told

NEAR = 1000
"""Texts that are kept in memory: those of code lists come again and again."""
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class SharedTexts:
    """Texts by their numbers.

    :param path: where they may be written
    """

    def __init__(self, path: Path) -> None:
        self._file, self._ends = path.open("wb+"), array("Q", [0])
        self.text = lru_cache(NEAR)(self._read)

    def take(self, part: IO[bytes]) -> None:
        """Writes down all texts of the part that holds them.

        :raises ValueError: it is no such part
        """
        for text in TextReading().read(part):
            self._file.write(written := text.encode("utf-8", "surrogatepass"))
            self._ends.append(self._ends[-1] + len(written))
        self._file.flush()

    def _read(self, number: int) -> str:
        if not 0 <= number < len(self._ends) - 1:
            raise ValueError("a text that is not there")
        first, end = self._ends[number], self._ends[number + 1]
        return os.pread(self._file.fileno(), end - first, first).decode("utf-8", "surrogatepass")


class TextReading(Reading[str]):
    """Texts made of runs; how an Eastern word is read aloud does not belong to it."""

    def __init__(self) -> None:
        super().__init__()
        self._runs: list[str] = []
        self._aloud = False
        self.begins |= {"t": self.hear, "rPh": self._aside}
        self.ends |= {"t": self._end_run, "rPh": self._back, "si": self._end_text}

    def _end_run(self) -> None:
        text = self.heard()
        if not self._aloud:
            self._runs.append(text)

    def _aside(self, _told: Told) -> None:
        self._aloud = True

    def _back(self) -> None:
        self._aloud = False

    def _end_text(self) -> None:
        self.found.append(unescaped("".join(self._runs)))
        self._runs.clear()


def unescaped(text: str) -> str:
    """A text with its signs that XML has no room for."""
    return ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text) if "_x" in text else text
