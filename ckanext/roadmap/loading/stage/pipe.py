"""Source and staging table tied together by a bounded pipe: memory stays small at any size."""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from typing import Protocol

from .errors import StageError, writing

DEPTH = 16
STEP = 0.5

Tick = Callable[[int, int], None]


class Taker(Protocol):
    """What gets every batch besides the staging table."""

    @property
    def records(self) -> int:
        """How many it got."""
        ...

    def write(self, batch: bytes) -> object:
        """Takes whole records."""
        ...


class StoppedError(Exception):
    """The other end of the pipe has gone."""


class Pipe:
    """Takes batches on one thread: hashes and files them; gives their bytes on another.

    :param tick: is told bytes and records so far, about twice a second, on the reading thread; what it raises
        ends the load
    """

    def __init__(self, header: bytes, taker: Taker, overall: float, tick: Tick) -> None:
        self._digest = hashlib.sha256(header)
        self._taker, self._tick = taker, tick
        self._batches: queue.Queue[bytes | None] = queue.Queue(DEPTH)
        self._until = time.monotonic() + overall
        self._told = time.monotonic()
        self._stopped = threading.Event()
        self._rest = b""
        self.failure: BaseException | None = None
        self.bytes = 0

    @property
    def content_hash(self) -> str:
        """SHA-256 of names, types and every row, in order."""
        return self._digest.hexdigest()

    def fill(self, batches: Iterator[bytes]) -> None:
        """The source's thread."""
        try:
            for batch in batches:
                self._digest.update(batch)
                with writing():
                    self._taker.write(batch)
                self.bytes += len(batch)
                self._offer(batch)
        except StoppedError:
            return
        except BaseException as error:  # noqa: BLE001  # carried over to the thread that waits
            self.failure = self.failure or error
        self._offer(None)

    def read(self, size: int) -> bytes:
        """The staging table's end."""
        try:
            return self._read(size)
        except BaseException as error:
            self.failure = self.failure or error  # the driver would hide it behind an error of its own
            raise

    def stop(self) -> None:
        """The reader has gone."""
        self._stopped.set()

    def _read(self, size: int) -> bytes:
        if not self._rest:
            batch = self._take()
            if batch is None:
                if self.failure:
                    raise StoppedError
                return b""
            self._rest = batch
        given, self._rest = self._rest[:size], self._rest[size:]
        return given

    def _offer(self, batch: bytes | None) -> None:
        while not self._stopped.is_set():
            try:
                self._batches.put(batch, timeout=STEP)
            except queue.Full:
                continue
            return
        if batch is not None:
            raise StoppedError

    def _take(self) -> bytes | None:
        while True:
            self._tell()
            try:
                return self._batches.get(timeout=STEP)
            except queue.Empty:
                continue

    def _tell(self) -> None:
        now = time.monotonic()
        if now > self._until:
            raise StageError(
                "too_long",
                "The load took longer than its limit.",
                "Raise ckanext.roadmap.load.overall_timeout, or load a smaller view.",
            )
        if now - self._told >= STEP:
            self._told = now
            self._tick(self.bytes, self._taker.records)
