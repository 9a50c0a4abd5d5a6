"""A published file by what its bytes are; what can't be read as records is compared by its bytes."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ckanext.roadmap.domain.content import Content, of_bytes, together
from ckanext.roadmap.domain.errors import RoadmapError

from .columnar import parquet_content
from .kinds import kind_of
from .records import json_content
from .sheets import book_content, csv_content, is_delimited
from .tree import xml_content

MOST_BYTES = 256 * 2**20
MOST_MEMBERS = 200
_TABLES = ("csv", "tsv", "txt", "tab")
_READERS: dict[str, Callable[[bytes, frozenset[str]], Content]] = {
    "book": book_content,
    "json": json_content,
    "xml": xml_content,
    "parquet": parquet_content,
}


def measure_file(path: Path, kind: str, asked: Iterable[str] = ()) -> tuple[str, Content]:
    """Measure a file.

    :param kind: its format or the ending of its name, for example `csv`; it only decides whether lines of
        words are a table
    :param asked: columns whose values are wanted (regions)
    :returns: the SHA-256 of the bytes, and the content
    :raises OSError: it can't be read
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if path.stat().st_size > MOST_BYTES:
        return digest, of_bytes(digest)
    return digest, _measured(path.read_bytes(), kind, frozenset(asked))


def _measured(content: bytes, called: str, asked: frozenset[str], is_inside: bool = False) -> Content:
    kind = kind_of(content)
    if kind in ("zip", "gz"):
        return of_bytes(_digest(content)) if is_inside else _unpacked(content, kind, called, asked)
    try:
        if kind == "text":
            return _text(content, called, asked)
        if kind in _READERS:
            return _READERS[kind](content, asked)
    except (RoadmapError, ValueError, RecursionError):
        pass  # not what it looks like: the bytes speak
    return of_bytes(_digest(content))


def _text(content: bytes, called: str, asked: frozenset[str]) -> Content:
    """Lines of words are compared like a table of one column, but are none."""
    found = csv_content(content, asked)
    if any(one in called.lower() for one in _TABLES) or is_delimited(content):
        return found
    return replace(found, rows=None, columns=None, codes={})


def _unpacked(content: bytes, kind: str, called: str, asked: frozenset[str]) -> Content:
    """What is in an archive, whatever the times, order and compression of its members."""
    try:
        if kind == "gz":
            return _measured(_gunzipped(content), called, asked, is_inside=True)
        with ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            size = sum(member.file_size for member in members)
            if members and len(members) <= MOST_MEMBERS and size <= MOST_BYTES:
                return together(
                    [_measured(archive.read(member), member.filename, asked, True) for member in members]
                )
    except (BadZipFile, zlib.error, EOFError, RuntimeError, OSError):
        pass  # broken, encrypted or of a kind that cannot be unpacked
    return of_bytes(_digest(content))


def _gunzipped(content: bytes) -> bytes:
    """The bytes within; a file may be packed in several parts, one behind the other.

    :raises OSError: they are too many
    """
    found, rest = bytearray(), content
    while rest:
        machine = zlib.decompressobj(16 + zlib.MAX_WBITS)
        found += machine.decompress(rest, MOST_BYTES + 1 - len(found))
        if len(found) > MOST_BYTES or not machine.eof:
            raise OSError
        rest = machine.unused_data.lstrip(b"\0")
    return bytes(found)


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
