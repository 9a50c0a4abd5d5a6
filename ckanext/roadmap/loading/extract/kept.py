"""The rows of a held load, read back from what was kept of it: the source is not asked again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO
from urllib.parse import parse_qs, unquote, urlsplit

from ckanext.roadmap.loading.publish.places import NAME, PLAN
from ckanext.roadmap.sources.errors import SourceError

from .base import Extractor, Probe, extractor

PIECE = 1 << 20


@extractor
class KeptExtractor(Extractor):
    """`kept:///folder?sha256=…`: a file whose bytes are those that were shown to whoever agreed."""

    kind = "kept"
    schemes = ("kept",)

    @contextmanager
    def opened(self) -> Generator[KeptExtract]:
        """The file, once its hash and its columns are found to be the ones that were held."""
        parts = urlsplit(self.access.url)
        folder = Path(unquote(parts.path))
        (expected,) = parse_qs(parts.query)["sha256"]
        try:
            noted = json.loads((folder / PLAN).read_text(encoding="utf-8"))
            with (folder / f"{NAME}.csv").open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != expected:
                    raise _refused("held_changed")
                if tuple(noted["names"]) != self.plan.names:
                    raise _refused("held_outdated")
                file.seek(0)
                yield KeptExtract(file, tuple(noted["types"]))
        except OSError:
            raise _refused("held_gone") from None


@dataclass(frozen=True, slots=True)
class KeptExtract:
    """The kept file."""

    file: BinaryIO
    types: tuple[str, ...]

    def probe(self) -> Probe | None:
        """Nothing is known of the source as it is now."""
        return None

    def batches(self) -> Iterator[bytes]:
        """The stream as it was first read: the header is left out, and records end in LF again."""
        pieces = _unfolded(iter(lambda: self.file.read(PIECE), b""))
        yield from _headless(pieces)


def _unfolded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """CRLF between records becomes LF; a line break inside quotes stays as it is."""
    inside, rest = False, b""
    for piece in pieces:
        whole = rest + piece
        rest = b"\r" if whole.endswith(b"\r") else b""
        parts = whole.removesuffix(rest).split(b'"') if rest else whole.split(b'"')
        for number, part in enumerate(parts):
            inside = inside != bool(number)
            if not inside:
                parts[number] = part.replace(b"\r\n", b"\n")
        yield b'"'.join(parts)
    if rest:
        yield rest


def _headless(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Without the first record."""
    head, quotes = b"", 0
    for piece in pieces:
        head += piece
        end = -1
        while (end := head.find(b"\n", end + 1)) >= 0:
            quotes = head.count(b'"', 0, end)
            if quotes % 2 == 0:
                yield head[end + 1 :]
                yield from pieces
                return


def _refused(code: str) -> SourceError:
    message, remedy = _WORDS[code]
    return SourceError(code, message, remedy)


_WORDS = {
    "held_changed": ("What was kept of the held load is not what was shown.", "Load the table anew."),
    "held_outdated": ("The mapping was changed after the load was held.", "Load the table anew."),
    "held_gone": ("Nothing is kept of the held load any more.", "Load the table anew."),
}
