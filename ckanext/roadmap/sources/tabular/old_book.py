"""How large the sheets of an old workbook (XLS) are, told before its reader lays them out whole.

A cell at the end of the world costs its reader gigabytes, and one beyond it ends the process.
"""

from __future__ import annotations

import mmap
from array import array
from collections.abc import Iterator
from pathlib import Path

HEAD, ENTRY, IN_HEAD = 512, 128, 109
MOST_ROWS, MOST_COLUMNS = 65_536, 256
BOUNDS, BEGIN = 0x0200, (0x0009, 0x0209, 0x0409, 0x0809)
CELLS = frozenset(
    {0x02, 0x03, 0x04, 0x05, 0x06, 0xD6, 0xFD, 0x0201, 0x0203, 0x0204, 0x0205, 0x0206, 0x0406, 0x027E}
)
SEVERAL = frozenset({0xBD, 0xBE})
"""Records of several cells in a row: their last column ends them."""


def laid_out(path: Path) -> int:
    """Cells of all rectangles up to the last cell of a sheet.

    :raises ValueError: it is no such workbook, or names a place that no sheet has
    """
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as book:
        records = _records(_Container(book).stream())
        return sum(rows * columns for rows, columns in _corners(records))


def _corners(records: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, int]]:
    rows = columns = 0
    for kind, body in records:
        if kind in BEGIN:
            yield rows, columns
            rows = columns = 0
        elif kind == BOUNDS:
            wide = len(body) >= 14
            _refuse_beyond(_int(body, 4, 4) if wide else _int(body, 2), _int(body, 10 if wide else 6))
        elif kind in CELLS or kind in SEVERAL:
            last = _int(body, len(body) - 2) if kind in SEVERAL else _int(body, 2)
            rows, columns = max(rows, _int(body, 0) + 1), max(columns, last + 1)
            _refuse_beyond(rows, columns)
    yield rows, columns


def _refuse_beyond(rows: int, columns: int) -> None:
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise ValueError("a place that no sheet has")


def _records(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Kind and body, one after another."""
    rest = b""
    for piece in pieces:
        rest, at = rest + piece, 0
        while len(rest) - at >= 4 and len(rest) - at - 4 >= (size := _int(rest, at + 2)):
            yield _int(rest, at), rest[at + 4 : at + 4 + size]
            at += 4 + size
        rest = rest[at:]


def _int(data: bytes | mmap.mmap, at: int, size: int = 2) -> int:
    return int.from_bytes(data[at : at + size], "little") if at >= 0 else 0


class _Container:
    """The file as a disk of its own: sectors, the chains they make, and the names of what they hold."""

    def __init__(self, book: mmap.mmap) -> None:
        self._book = book
        self._size, self._small = 1 << min(_int(book, 30), 16), 1 << min(_int(book, 32), 16)
        self._next = array("I", b"".join(map(self._sector, self._tables())))

    def stream(self) -> Iterator[bytes]:
        """The bytes of the workbook."""
        entries = b"".join(map(self._sector, self._chain(_int(self._book, 48, 4), self._next)))
        found: dict[str, tuple[int, int]] = {}
        for at in range(0, len(entries), ENTRY):
            name = entries[at : at + 64].decode("utf-16-le", "replace").partition("\0")[0].lower()
            found[name] = (_int(entries, at + 116, 4), _int(entries, at + 120, 4))
        if not found.keys() & {"workbook", "book"}:
            raise ValueError("no workbook")
        for name in ("workbook", "book"):
            if name in found:
                yield from self._content(*found[name], found["root entry"][0])

    def _content(self, first: int, size: int, root: int) -> Iterator[bytes]:
        if size >= _int(self._book, 56, 4):
            yield from map(self._sector, self._chain(first, self._next))
            return
        small = b"".join(map(self._sector, self._chain(root, self._next)))
        table = array("I", b"".join(map(self._sector, self._chain(_int(self._book, 60, 4), self._next))))
        for number in self._chain(first, table):
            yield small[number * self._small : (number + 1) * self._small]

    def _tables(self) -> Iterator[int]:
        """The sectors that hold the chains: the head names the first, sectors of their own the others."""
        numbers = [_int(self._book, 76 + 4 * at, 4) for at in range(IN_HEAD)]
        more, per = _int(self._book, 68, 4), self._size // 4 - 1
        for _ in range(len(self._book) // self._size):
            if not self._is_there(more):
                break
            told = array("I", self._sector(more))
            numbers += told[:per]
            more = told[per] if len(told) > per else len(self._book)
        return filter(self._is_there, numbers)

    def _chain(self, first: int, following: array[int]) -> Iterator[int]:
        at = first
        for _ in range(len(following)):
            if at >= len(following):
                return
            yield at
            at = following[at]

    def _is_there(self, number: int) -> bool:
        return HEAD + number * self._size < len(self._book)

    def _sector(self, number: int) -> bytes:
        at = max(HEAD, self._size) + number * self._size
        return self._book[at : at + self._size].ljust(self._size, b"\0")
