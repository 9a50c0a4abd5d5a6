"""A driver that pushes its rows into a function, turned into batches that are pulled."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator

DEPTH = 8
SIZE = 256 * 1024
STEP = 1.0

Push = Callable[[Callable[[bytes], object]], None]


class _GoneError(Exception):
    """Nobody pulls any more."""


class _Bridge:
    """Gathers the records that are pushed, one at a call, into batches in a bounded queue."""

    def __init__(self, push: Push) -> None:
        self._push = push
        self._batches: queue.Queue[bytes | None] = queue.Queue(DEPTH)
        self._gathered: list[bytes] = []
        self._size = 0
        self._gone = threading.Event()
        self.failure: BaseException | None = None

    def run(self) -> None:
        """The driver's thread."""
        try:
            self._push(self._write)
            self._flush()
        except _GoneError:
            return
        except BaseException as error:  # noqa: BLE001  # carried over to the thread that pulls
            self.failure = error
        self._offer(None)

    def pull(self) -> Iterator[bytes]:
        """The batches; a fault of the driver comes out here."""
        while (batch := self._batches.get()) is not None:
            yield batch
        if self.failure:
            raise self.failure

    def leave(self) -> None:
        """The puller has gone."""
        self._gone.set()

    def _write(self, record: bytes) -> None:
        self._gathered.append(record)
        self._size += len(record)
        if self._size >= SIZE:
            self._flush()

    def _flush(self) -> None:
        batch, self._gathered, self._size = b"".join(self._gathered), [], 0
        if batch:
            self._offer(batch)

    def _offer(self, batch: bytes | None) -> None:
        while not self._gone.is_set():
            try:
                self._batches.put(batch, timeout=STEP)
            except queue.Full:
                continue
            return
        if batch is not None:
            raise _GoneError


def pulled(push: Push) -> Iterator[bytes]:
    """Batches of whole records of what *push* writes.

    :param push: calls the function that it is given with whole records
    """
    bridge = _Bridge(push)
    thread = threading.Thread(target=bridge.run, daemon=True)
    thread.start()
    try:
        yield from bridge.pull()
    finally:
        bridge.leave()
        thread.join(timeout=10)
