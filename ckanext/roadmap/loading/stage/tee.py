"""Source and staging table tied together by a bounded pipe: memory stays small at any size."""

from __future__ import annotations

import hashlib
import queue
import threading
import time
from collections.abc import Callable
from typing import Any

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckanext.roadmap.loading.datastore import field_list, raw
from ckanext.roadmap.loading.plan import LoadPlan

from .csv_file import CsvFile
from .errors import StageError

DEPTH = 64
STEP = 1.0


class _StoppedError(Exception):
    """The other end of the pipe has gone."""


class Tee:
    """Takes the stream in pieces: hashes it, writes the file, hands it to the staging table."""

    def __init__(self, header: bytes, file: CsvFile, overall: float) -> None:
        self._digest = hashlib.sha256(header)
        self._file = file
        self._pieces: queue.Queue[bytes | None] = queue.Queue(DEPTH)
        self._until = time.monotonic() + overall
        self._stopped = threading.Event()
        self._rest = b""
        self.failure: BaseException | None = None
        self.bytes = 0

    @property
    def content_hash(self) -> str:
        """SHA-256 of names, types and every row, in order."""
        return self._digest.hexdigest()

    def write(self, piece: bytes) -> int:
        """The source's end."""
        data = bytes(piece)
        self._digest.update(data)
        self._file.write(data)
        self.bytes += len(data)
        self._offer(data)
        return len(data)

    def close(self, failure: BaseException | None = None) -> None:
        """No more will come: the stream is whole, or it broke off."""
        self.failure = failure
        self._offer(None)

    def stop(self) -> None:
        """The reader has gone."""
        self._stopped.set()

    def read(self, size: int) -> bytes:
        """The staging table's end."""
        while not self._rest:
            piece = self._take()
            if piece is None:
                if self.failure:
                    raise _StoppedError from self.failure
                return b""
            self._rest = piece
        given, self._rest = self._rest[:size], self._rest[size:]
        return given

    def _offer(self, piece: bytes | None) -> None:
        while not self._stopped.is_set():
            try:
                self._pieces.put(piece, timeout=STEP)
            except queue.Full:
                continue
            return
        if piece is not None:
            raise _StoppedError

    def _take(self) -> bytes | None:
        while True:
            try:
                return self._pieces.get(timeout=STEP)
            except queue.Empty:
                if time.monotonic() > self._until:
                    raise StageError(
                        "too_long",
                        "The load took longer than its limit.",
                        "Raise ckanext.roadmap.load.overall_timeout, or load a smaller view.",
                    ) from None


def stream(
    connection: Connection, plan: LoadPlan, tee: Tee, produce: Callable[[Callable[[bytes], object]], None]
) -> int:
    """Runs both ends; the transaction is left open.

    :param produce: reads the source and writes its pieces into the function it is given
    :returns: number of rows staged
    """
    source = threading.Thread(target=_pump, args=(tee, produce), daemon=True)
    source.start()
    try:
        return _copy_in(connection, plan, tee)
    except psycopg2.Error as error:
        if tee.failure:
            raise tee.failure from None
        raise _refused(error) from None
    finally:
        tee.stop()
        source.join(timeout=10)


def _pump(tee: Tee, produce: Callable[[Callable[[bytes], object]], None]) -> None:
    try:
        produce(tee.write)
    except BaseException as error:  # noqa: BLE001  # carried over to the thread that waits
        tee.close(error)
    else:
        tee.close()


def _copy_in(connection: Connection, plan: LoadPlan, tee: Tee) -> int:
    statement = sql.SQL("COPY {} ({}) FROM STDIN WITH (FORMAT csv, ENCODING 'UTF8')").format(
        raw(plan.resource_id), field_list(plan.names)
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(statement.as_string(cursor), tee, size=1 << 16)
        return cursor.rowcount


def _refused(error: Any) -> StageError:
    where = " ".join((error.diag.context or "").split("\n")[0].split())[:200]
    if str(error.pgcode or "").startswith("22"):
        return StageError(
            "value_refused",
            f"A value does not fit its column's type: {error.diag.message_primary} ({where}).",
            "Correct the value at the source, or declare the column as text in the mapping.",
            detail=error.diag.message_primary,
            place=where,
        )
    detail = error.diag.message_primary or type(error).__name__
    return StageError(
        "staging_refused",
        f"The rows could not be staged: {detail}.",
        "Check the DataStore's disk and rights.",
        detail=detail,
    )
