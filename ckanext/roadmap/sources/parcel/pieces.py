"""Rows cut into compressed pieces, and back."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from .errors import ParcelError
from .manifest import MOST_RAW

SIZE = 4 << 20


class Content:
    """Counts and hashes rows as they pass."""

    def __init__(self, columns: Sequence[str], types: Sequence[str]) -> None:
        header = json.dumps([list(columns), list(types)], ensure_ascii=False).encode()
        self._hash = hashlib.sha256(header + b"\n")
        self.lines = self.size = 0

    def add(self, rows: bytes) -> None:
        """The next part."""
        self._hash.update(rows)
        self.size += len(rows)
        self.lines += rows.count(b"\n")

    @property
    def hash(self) -> str:
        """SHA-256 of all that passed."""
        return self._hash.hexdigest()


def pieces(batches: Iterable[bytes], size: int = SIZE) -> Iterator[bytes]:
    """Batches gathered and cut anew, so that equal rows give equal pieces whatever the batches were."""
    held = bytearray()
    for batch in batches:
        held += batch
        while len(held) >= size:
            yield bytes(held[:size])
            del held[:size]
    if held:
        yield bytes(held)


def packed(piece: bytes) -> bytes:
    """One piece as a gzip member without a time in it; members after one another are a gzip file."""
    return gzip.compress(piece, 6, mtime=0)


def plain(chunk: bytes) -> bytes:
    """The piece in a member, which may not grow beyond all measure.

    :raises ParcelError: `parcel_unpack`
    """
    unpack = zlib.decompressobj(wbits=31)
    try:
        piece = unpack.decompress(chunk, MOST_RAW)
    except zlib.error:
        piece = None
    if piece is None or not unpack.eof or unpack.unused_data:
        raise ParcelError(
            "parcel_unpack", "A piece of the parcel cannot be unpacked.", "Send it with roadmap-agent."
        )
    return piece


def unpacked(file: IO[bytes], size: int = 256 * 1024) -> Iterator[bytes]:
    """The rows of a file of members, a part at a time; whole records only."""
    rest = b""
    with gzip.open(file, "rb") as rows:
        while part := rows.read(size):
            rest += part
            cut = _cut(rest)
            if cut:
                yield rest[:cut]
                rest = rest[cut:]
    if rest:
        yield rest


def _cut(rows: bytes) -> int:
    """Where the last whole record ends: an end of line with an even number of quotes before it."""
    end = rows.rfind(b"\n")
    while end >= 0 and rows.count(b'"', 0, end) % 2:
        end = rows.rfind(b"\n", 0, end)
    return end + 1
