"""A published file by its format; what can't be read as a table is compared by its bytes."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from ckanext.roadmap.domain.content import Content, of_bytes, together
from ckanext.roadmap.domain.errors import RoadmapError

from .records import json_content
from .sheets import book_content, csv_content

MOST_BYTES = 256 * 2**20
MOST_MEMBERS = 200
_READERS: dict[str, Callable[[bytes, frozenset[str]], Content]] = {
    "csv": csv_content,
    "tsv": csv_content,
    "txt": csv_content,
    "xlsx": book_content,
    "xls": book_content,
    "ods": book_content,
    "json": json_content,
    "jsonl": json_content,
    "ndjson": json_content,
    "geojson": json_content,
}


def measure_file(path: Path, kind: str, asked: Iterable[str] = ()) -> tuple[str, Content]:
    """Measure a file.

    :param kind: its format or the ending of its name, for example `csv`
    :param asked: columns whose values are wanted (regions)
    :returns: the SHA-256 of the bytes, and the content
    :raises OSError: it can't be read
    """
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    if path.stat().st_size > MOST_BYTES:
        return digest, of_bytes(digest)
    return digest, _measured(path.read_bytes(), kind, frozenset(asked))


def _measured(content: bytes, kind: str, asked: frozenset[str]) -> Content:
    kind = kind.strip().lower().lstrip(".")
    if kind == "zip":
        return _archive(content, asked)
    reader = _READERS.get(kind)
    if reader is not None:
        try:
            return reader(content, asked)
        except (RoadmapError, ValueError, RecursionError):
            pass  # not what its name says: the bytes speak
    return of_bytes(hashlib.sha256(content).hexdigest())


def _archive(content: bytes, asked: frozenset[str]) -> Content:
    """The members of an archive, whatever their times, order and compression."""
    raw = of_bytes(hashlib.sha256(content).hexdigest())
    try:
        with ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            size = sum(member.file_size for member in members)
            if not members or len(members) > MOST_MEMBERS or size > MOST_BYTES:
                return raw
            return together([_member(archive.read(member), member.filename, asked) for member in members])
    except (BadZipFile, zlib.error, EOFError, RuntimeError, OSError):
        return raw


def _member(content: bytes, name: str, asked: frozenset[str]) -> Content:
    kind = Path(name).suffix
    if kind.lower() == ".zip":
        return of_bytes(hashlib.sha256(content).hexdigest())
    return _measured(content, kind, asked)
