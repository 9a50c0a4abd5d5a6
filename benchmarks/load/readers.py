"""Fifty connections that read a table without pause while it is exchanged."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

import psycopg2
from psycopg2 import sql

COUNT = 50


@dataclass
class Readers:
    """What they met.

    :ivar longest: seconds of the slowest statement begun in the given time
    """

    url: str
    table: str
    errors: list[str] = field(default_factory=list)
    waits: list[tuple[float, float]] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)
    _threads: list[threading.Thread] = field(default_factory=list)

    def __enter__(self) -> Readers:
        self._threads = [threading.Thread(target=self._read) for _ in range(COUNT)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _read(self) -> None:
        query = sql.SQL("SELECT * FROM {} ORDER BY _id LIMIT 10").format(sql.Identifier(self.table))
        connection = psycopg2.connect(self.url)
        connection.autocommit = True
        with connection.cursor() as cursor:
            while not self._stop.wait(0.05):
                begun = time.perf_counter()
                try:
                    cursor.execute(query)
                    if len(cursor.fetchall()) != 10:
                        self.errors.append("fewer rows than there are")
                except psycopg2.Error as error:
                    self.errors.append(str(error))
                self.waits.append((begun, time.perf_counter() - begun))
        connection.close()
