"""What is made on a second connection while the load's own is at work: an index takes one core of several."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

Second = Callable[[], AbstractContextManager[Connection]]
"""Opens the second connection; a cancelled load cuts it short like the first."""


class Beside:
    """Statements that run on their own thread; each is committed by itself.

    No lock of theirs and of the first connection, which has committed, exclude each other.
    """

    def __init__(self, second: Second) -> None:
        self._second = second
        self._thread: threading.Thread | None = None
        self._fault: BaseException | None = None

    @property
    def begun(self) -> bool:
        """Whether it was set to work."""
        return self._thread is not None

    def begin(self, statements: Sequence[sql.Composable]) -> None:
        """Sets it to work, behind what it was given before."""
        self.end()
        self._thread = threading.Thread(target=self._run, args=(statements,), daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Waits until all is made.

        :raises psycopg2.Error: it could not be
        """
        self.leave()
        if fault := self._fault:
            self._fault = None
            raise fault

    def leave(self) -> None:
        """Waits, whatever became of it."""
        if self._thread is not None:
            self._thread.join()

    def _run(self, statements: Sequence[sql.Composable]) -> None:
        try:
            with self._second() as store, store.cursor() as cursor:
                for statement in statements:
                    cursor.execute(statement)
                    store.commit()
        except BaseException as fault:  # noqa: BLE001  # carried over to the thread that waits
            self._fault = fault
