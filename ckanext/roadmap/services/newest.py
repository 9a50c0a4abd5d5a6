"""What a process told last, in its memory: a few values by their keys, shared by its threads."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Newest(Generic[Value]):
    """At most so many values; one that is put or asked for is the newest again, the oldest one goes first.

    :param most: how many
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[str, Value] = {}
        self._lock = Lock()

    def get(self, key: str) -> Value | None:
        """The value, if it is still there."""
        with self._lock:
            if key in self._kept:
                self._kept[key] = self._kept.pop(key)
            return self._kept.get(key)

    def put(self, key: str, value: Value) -> Value:
        """Keep a value, and give it back."""
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = value
            while len(self._kept) > self._most:
                del self._kept[next(iter(self._kept))]
        return value

    def clear(self) -> None:
        """Forget all of them."""
        with self._lock:
            self._kept.clear()

    def __iter__(self) -> Iterator[str]:
        """The keys, the oldest first."""
        with self._lock:
            return iter([*self._kept])

    def __len__(self) -> int:
        return len(self._kept)
