"""Reads the body of an answer within bounds, in pieces."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from urllib3 import BaseHTTPResponse

from .connection import Watch
from .errors import FetchError

PIECE = 64 * 1024
_FREE = 1024 * 1024
_GZIP_OR_ZLIB = 32 + zlib.MAX_WBITS
_PACKED = ("gzip", "x-gzip", "deflate")


@dataclass(frozen=True, slots=True)
class Bounds:
    """How large a body may be, as sent and unpacked, and how much it may grow when it is unpacked."""

    bytes: int
    ratio: int


def read(answer: BaseHTTPResponse, into: BinaryIO, bounds: Bounds, watch: Watch) -> tuple[int, str]:
    """Write the unpacked body of an answer.

    :returns: its size and its SHA-256
    :raises FetchError: it is larger than it may be, packed in a way nobody asked for, or too slow
    """
    announced = answer.headers.get("Content-Length", "")
    if announced.isdigit() and int(announced) > bounds.bytes:
        raise FetchError("fetch_too_large", most=bounds.bytes)
    digest, size = hashlib.sha256(), 0
    for piece in _unpacked(answer, bounds, watch):
        size += len(piece)
        if size > bounds.bytes:
            raise FetchError("fetch_too_large", most=bounds.bytes)
        digest.update(piece)
        into.write(piece)
    return size, digest.hexdigest()


def _sent(answer: BaseHTTPResponse, watch: Watch) -> Iterator[bytes]:
    while piece := answer.read1(PIECE, decode_content=False):
        watch.check()
        yield piece
    watch.check()


def _unpacked(answer: BaseHTTPResponse, bounds: Bounds, watch: Watch) -> Iterator[bytes]:
    packing = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if packing in ("", "identity"):
        yield from _sent(answer, watch)
        return
    if packing not in _PACKED:
        raise FetchError("fetch_packing")
    machine = zlib.decompressobj(_GZIP_OR_ZLIB)
    came = went = 0
    try:
        for piece in _sent(answer, watch):
            came, rest = came + len(piece), piece
            while rest:
                if machine.eof:  # a body may be packed in several parts, one behind the other
                    machine = zlib.decompressobj(_GZIP_OR_ZLIB)
                part = machine.decompress(rest, PIECE)
                rest = machine.unconsumed_tail or machine.unused_data
                went += len(part)
                if went > _FREE and went > came * bounds.ratio:
                    raise FetchError("fetch_bomb", ratio=bounds.ratio)
                yield part
        yield machine.flush()
    except zlib.error as error:
        raise FetchError("fetch_packing") from error
    if not machine.eof:
        raise FetchError("fetch_broken_off")
