"""Stopping a load from outside: between two batches, and at once in the middle of a long statement."""

from __future__ import annotations

import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Any

from .errors import LoadError

PAUSE = 1.0


class CancelledError(LoadError):
    """Somebody cancelled the load; nothing was changed."""

    phase = "start"

    def __init__(self) -> None:
        super().__init__(
            "cancelled", "The load was cancelled.", "Nothing was changed. Load again when it is wanted."
        )


class Control:
    """Asks now and then whether the load is still wanted, and ends what it is doing if not.

    :param asked: whether the load is to end; called from a thread of its own, every *pause* seconds
    """

    def __init__(self, asked: Callable[[], bool], pause: float = PAUSE) -> None:
        self._asked, self._pause = asked, pause
        self._over, self._cancelled = threading.Event(), threading.Event()
        self._busy: list[Any] = []
        self._lock = threading.Lock()
        self._final = False

    @property
    def cancelled(self) -> bool:
        """Whether somebody asked for the end in time."""
        return self._cancelled.is_set() and not self._final

    def check(self) -> None:
        """Between two steps.

        :raises CancelledError: it is to end
        """
        if self.cancelled:
            raise CancelledError

    def no_return(self) -> None:
        """From here on the load is finished whatever is asked."""
        with self._lock:
            self._final = True

    @contextmanager
    def watch(self, connection: Any) -> Generator[None]:
        """While inside, a cancelled load also ends the statement that this connection is at."""
        with self._lock:
            self._busy.append(connection)
        try:
            yield
        finally:
            with self._lock:
                self._busy.remove(connection)

    @contextmanager
    def looking(self) -> Generator[None]:
        """Asks in the background until the load is over."""
        thread = threading.Thread(target=self._look, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._over.set()
            thread.join(timeout=10)

    def _look(self) -> None:
        while not self._over.wait(self._pause):
            if not self._cancelled.is_set() and self._asked():
                self._cancelled.set()
            if self.cancelled:
                self._cut_short()

    def _cut_short(self) -> None:
        """A connection that is between two statements takes no notice."""
        with self._lock:
            for connection in [] if self._final else self._busy:
                if cancel := getattr(connection, "cancel", None):
                    cancel()
