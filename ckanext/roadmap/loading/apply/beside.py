"""What is made on a second connection while the load's own is at work: an index takes one core of several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager

from psycopg2 import sql
from psycopg2.extensions import connection as Connection  # noqa: N812

Second = Callable[[], AbstractContextManager[Connection]]
"""Opens the second connection; a cancelled load cuts it short like the first."""


class Beside:
    """Statements that run on a thread of their own; each is committed by itself.

    No lock of theirs and of the first connection, which has committed, exclude each other.
    """

    def __init__(self, second: Second) -> None:
        self._second = second
        self._made: Future[None] | None = None

    @property
    def begun(self) -> bool:
        """Whether it was set to work."""
        return self._made is not None

    def begin(self, statements: Sequence[sql.Composable]) -> None:
        """Sets it to work."""
        pool = ThreadPoolExecutor(1)
        self._made = pool.submit(self._run, statements)
        pool.shutdown(wait=False)

    def end(self) -> None:
        """Waits until all is made.

        :raises psycopg2.Error: it could not be
        """
        if self._made is not None:
            self._made.result()

    def leave(self) -> None:
        """Waits, whatever becomes of it."""
        if self._made is not None:
            wait([self._made])

    def _run(self, statements: Sequence[sql.Composable]) -> None:
        with self._second() as store, store.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                store.commit()
