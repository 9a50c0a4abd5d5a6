"""ZIP and gzip: one member, unpacked within bounds into the scratch folder."""

from __future__ import annotations

import fnmatch
import gzip
import zlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Protocol
from zipfile import BadZipFile, ZipFile, ZipInfo

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.places.base import too_large

from .base import Ask, Tabular, opener_of, refuse_bomb, table_format, unreadable
from .opening import open_file

PIECE = 256 * 1024
FAULTS = (BadZipFile, zlib.error, EOFError, RuntimeError, OSError)
NESTED = ("zip", "gz")


class _Source(Protocol):
    """What is unpacked."""

    def read(self, size: int = -1, /) -> bytes:
        """The next bytes."""
        ...


@table_format("zip")
def open_zip(path: Path, ask: Ask) -> Tabular:
    """The member that the mapping names (`member: schools.csv`, or a pattern), else the only table in it."""
    unpacked = ask.scratch / "member"
    try:
        with ZipFile(path) as archive:
            member = _member(archive.infolist(), ask)
            with archive.open(member) as file:
                _unpack(file, unpacked, member.compress_size, ask)
    except FAULTS as error:
        raise unreadable("ZIP", ask.name, type(error).__name__) from None
    return _inside(unpacked, PurePosixPath(member.filename).name, ask)


@table_format("gz")
def open_gzip(path: Path, ask: Ask) -> Tabular:
    """The one file in it."""
    unpacked = ask.scratch / "member"
    try:
        with gzip.open(path) as file:
            _unpack(file, unpacked, path.stat().st_size, ask)
    except FAULTS as error:
        raise unreadable("gzip", ask.name, type(error).__name__) from None
    return _inside(unpacked, ask.name.removesuffix(".gz"), ask)


def _inside(path: Path, name: str, ask: Ask) -> Tabular:
    kind = PurePosixPath(name).suffix.lower().lstrip(".")
    if kind in NESTED:
        raise _no_member(ask, [name])
    options = {key: value for key, value in ask.options.items() if key != "format" or value not in NESTED}
    return open_file(path, replace(ask, name=name, options=options))


def _member(found: Sequence[ZipInfo], ask: Ask) -> ZipInfo:
    """Names are only compared; none of them becomes a path here."""
    files = [one for one in found if not one.is_dir() and not one.filename.startswith("__MACOSX/")]
    if asked := ask.options.get("member"):
        fitting = sorted(
            (one for one in files if fnmatch.fnmatchcase(one.filename, str(asked))),
            key=lambda one: one.filename,
        )[-1:]
    else:
        fitting = [one for one in files if _is_table(one.filename)]
    if len(fitting) != 1:
        raise _no_member(ask, [one.filename for one in files])
    if fitting[0].file_size > ask.bytes:
        raise too_large(fitting[0].filename, ask.bytes)
    return fitting[0]


def _is_table(name: str) -> bool:
    kind = PurePosixPath(name).suffix.lower().lstrip(".")
    return kind not in NESTED and opener_of(kind) is not None


def _no_member(ask: Ask, names: Sequence[str]) -> SourceError:
    told = ", ".join(names)[:300]
    return SourceError(
        "archive_member", f"Which file of the archive {ask.name} is meant cannot be told.",
        f"Name it in the mapping (read: {{member: NAME}}). It holds: {told or 'nothing'}.",
        name=ask.name, found=told or "-",
    )  # fmt: skip


def _unpack(file: _Source, into: Path, packed: int, ask: Ask) -> None:
    """What the archive says of its sizes is not believed: the bytes are counted as they come."""
    size = 0
    with into.open("wb") as out:
        while piece := file.read(PIECE):
            size += len(piece)
            if size > ask.bytes:
                raise too_large(ask.name, ask.bytes)
            refuse_bomb(size, packed, ask)
            out.write(piece)
