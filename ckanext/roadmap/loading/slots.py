"""Slots: how many loads may work on the DataStore at once, over all workers on all hosts.

A slot is an advisory lock in the DataStore itself, so a killed worker gives it back with its connection.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from contextlib import closing, contextmanager
from typing import Any

from .datastore import one, open_datastore

SLOT_SPACE = 0x0510
STEP = 0.5


@contextmanager
def slot(url: str, slots: int, bulk: bool, waiting: Callable[[], None]) -> Generator[int]:
    """Holds one of the slots; one is kept from bulk loads, so that a small load need not wait for them all.

    :param waiting: is called twice a second while none is free; what it raises ends the waiting
    """
    numbers = range(min(1, slots - 1) if bulk else 0, slots)
    with closing(open_datastore(url)) as store:
        store.autocommit = True
        while (got := _take(store, numbers)) is None:
            waiting()
            time.sleep(STEP)
        yield got


def _take(store: Any, numbers: range) -> int | None:
    with store.cursor() as cursor:
        for number in numbers:
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", (SLOT_SPACE, number))
            if one(cursor)[0]:
                return number
    return None
