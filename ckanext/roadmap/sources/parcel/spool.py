"""The agent's queue on disk: the newest reading of each mapping, until the portal has it."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from .manifest import Manifest
from .pieces import SIZE, Content, packed, pieces

MANIFEST = "manifest.json"
Room = Callable[[int, str], None]


class Spool:
    """A folder with one folder a parcel; one without a manifest was not finished and counts for nothing.

    :ivar room: is asked before a piece is kept, with its size and the mapping; it raises where there is none
    """

    def __init__(self, folder: Path, size: int = SIZE, room: Room = lambda _size, _mapping: None) -> None:
        self.folder, self.size, self.room = folder, size, room

    def write(
        self,
        mapping: str,
        columns: Sequence[str],
        types: Sequence[str],
        batches: Iterable[bytes],
        at: datetime,
    ) -> Manifest:
        """Keep a reading in the place of the one that waits."""
        part = self.folder / f"{mapping}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True, mode=0o700)
        content, chunks = Content(columns, types), list[str]()
        for number, piece in enumerate(pieces(_counted(batches, content), self.size), 1):
            chunk = packed(piece)
            self.room(len(chunk), mapping)
            chunks.append(hashlib.sha256(chunk).hexdigest())
            (part / f"{number:06d}").write_bytes(chunk)
        manifest = Manifest(
            mapping,
            tuple(columns),
            tuple(types),
            content.lines,
            content.size,
            content.hash,
            tuple(chunks),
            at,
        )
        written(part / MANIFEST, manifest)
        self.drop(mapping)
        part.rename(self.folder / mapping)
        return manifest

    def waiting(self) -> list[Manifest]:
        """The readings that wait, in the order in which they were made."""
        found = [read(one) for one in self.folder.glob(f"*/{MANIFEST}") if one.parent.suffix != ".part"]
        return sorted(found, key=lambda one: (one.read_at, one.mapping))

    def chunk(self, manifest: Manifest, number: int) -> bytes:
        """A piece by its number, from 1."""
        return (self.folder / manifest.mapping / f"{number:06d}").read_bytes()

    def drop(self, mapping: str) -> None:
        """Forget the reading of a mapping."""
        shutil.rmtree(self.folder / mapping, ignore_errors=True)

    def abandon(self, mapping: str) -> None:
        """Forget what was begun and not finished; the reading before it still waits."""
        shutil.rmtree(self.folder / f"{mapping}.part", ignore_errors=True)

    def held(self) -> int:
        """Bytes on the disk."""
        return sum(one.stat().st_size for one in self.folder.glob("*/*"))


def written(path: Path, manifest: Manifest) -> None:
    """Write a manifest whole or not at all."""
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(json.dumps(manifest.to_dict(), ensure_ascii=False), encoding="utf-8")
    os.replace(beside, path)


def read(path: Path) -> Manifest:
    """A manifest from its file."""
    return Manifest.from_dict(json.loads(path.read_text(encoding="utf-8")))


def _counted(batches: Iterable[bytes], content: Content) -> Iterable[bytes]:
    for batch in batches:
        content.add(batch)
        yield batch
