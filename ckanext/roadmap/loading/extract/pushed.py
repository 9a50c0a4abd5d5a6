"""Rows that are read on a thread of their own, while those before them are worked on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Generator, Iterator
from typing import Generic, TypeVar

from ckanext.roadmap.sources.flat import Flat

DEPTH = 8
SIZE = 256 * 1024
STEP = 1.0

Item = TypeVar("Item")
Push = Callable[[Callable[[bytes], object]], None]


class _GoneError(Exception):
    """Nobody pulls any more."""


class _Bridge(Generic[Item]):
    """What one thread puts into a bounded queue, another pulls out of it."""

    def __init__(self, source: Callable[[Callable[[Item], None]], None], depth: int) -> None:
        self._source = source
        self._items: queue.Queue[Item | None] = queue.Queue(depth)
        self._gone = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        """The source's thread."""
        try:
            self._source(self._offer)
        except _GoneError:
            return
        except BaseException as error:  # noqa: BLE001  # carried over to the thread that pulls
            self.failure = error
        if not self._gone.is_set():
            self._put(None)

    def pull(self) -> Iterator[Item]:
        """The items; a fault of the source comes out here."""
        while (item := self._items.get()) is not None:
            yield item
        if self.failure:
            raise self.failure

    def leave(self) -> None:
        """The puller has gone."""
        self._gone.set()

    def _offer(self, item: Item) -> None:
        self._put(item)
        if self._gone.is_set():
            raise _GoneError

    def _put(self, item: Item | None) -> None:
        while not self._gone.is_set():
            try:
                self._items.put(item, timeout=STEP)
            except queue.Full:
                continue
            return


class _Gathered:
    """Records that are pushed, one at a call, as batches."""

    def __init__(self, put: Callable[[bytes], None]) -> None:
        self._put = put
        self._records: list[bytes] = []
        self._size = 0

    def write(self, record: bytes) -> None:
        """Takes a record."""
        self._records.append(record)
        self._size += len(record)
        if self._size >= SIZE:
            self.flush()

    def flush(self) -> None:
        """Passes on what was gathered."""
        count, batch = len(self._records), b"".join(self._records)
        self._records, self._size = [], 0
        if batch:
            self._put(Flat(batch) if batch.count(b"\n") == count else batch)


def pulled(push: Push) -> Iterator[bytes]:
    """Batches of whole records of what *push* writes.

    :param push: calls the function that it is given with whole records
    """

    def source(put: Callable[[bytes], None]) -> None:
        gathered = _Gathered(put)
        push(gathered.write)
        gathered.flush()

    yield from _bridged(source, DEPTH)


def ahead(items: Iterator[Item], depth: int = 2) -> Generator[Item]:
    """The same items, of which the next ones are fetched while one is worked on."""

    def source(put: Callable[[Item], None]) -> None:
        for item in items:
            put(item)

    yield from _bridged(source, depth)


def _bridged(source: Callable[[Callable[[Item], None]], None], depth: int) -> Iterator[Item]:
    bridge = _Bridge(source, depth)
    thread = threading.Thread(target=bridge.run, daemon=True)
    thread.start()
    try:
        yield from bridge.pull()
    finally:
        bridge.leave()
        thread.join(timeout=10)
