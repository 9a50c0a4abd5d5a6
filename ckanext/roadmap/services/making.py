"""Makes results of many obligations: the rule is pure, so several processes can apply it side by side."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from datetime import tzinfo

import sqlalchemy as sa
from sqlalchemy.orm import Session

from ckanext.roadmap.services import histories, results
from ckanext.roadmap.services.results import Told

_FEW, _MOST_HANDS, _WAITING = 2_000, 2, 2  # obligations, processes, batches made ahead


def make(session: Session, obligation_ids: Sequence[str], tz: tzinfo) -> Iterator[tuple[int, Told]]:
    """The results of these obligations, by and by, each with how many obligations it tells of.

    Other processes read by connections of their own, so they see only what was committed.
    """
    batches = list(results.batches(obligation_ids))
    hands = _hands(len(obligation_ids))
    if hands == 1:
        lists = histories.Lists(session)
        yield from ((len(batch), _make(session, lists, batch, tz)) for batch in batches)
    else:
        url = session.connection().engine.url
        yield from zip(map(len, batches), _together(url, batches, tz, hands), strict=True)


def _hands(obligations: int) -> int:
    """How many processes; a process that has threads must not be forked."""
    if obligations < _FEW or threading.active_count() > 1:
        return 1
    return min(os.cpu_count() or 1, _MOST_HANDS)


def _together(url: sa.URL, batches: Iterable[list[str]], tz: tzinfo, hands: int) -> Iterator[Told]:
    """In order; no more is made ahead than the memory of a few batches."""
    gc.collect()
    gc.freeze()  # what is shared stays shared
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(hands, context, _begin, (url, tz)) as pool:
        waiting: deque[Future[Told]] = deque()
        for batch in batches:
            waiting.append(pool.submit(_made, batch))
            if len(waiting) > hands + _WAITING:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    gc.unfreeze()


class _Worker:
    """What a process has for itself."""

    def __init__(self, url: sa.URL, tz: tzinfo) -> None:
        self.session = Session(sa.create_engine(url, poolclass=sa.pool.NullPool))
        self.tz = tz
        self.lists = histories.Lists(self.session)


_workers: list[_Worker] = []


def _begin(url: sa.URL, tz: tzinfo) -> None:
    _workers[:] = [_Worker(url, tz)]


def _made(batch: list[str]) -> Told:
    worker = _workers[0]
    told = _make(worker.session, worker.lists, batch, worker.tz)
    worker.session.rollback()
    return told


def _make(session: Session, lists: histories.Lists, batch: list[str], tz: tzinfo) -> Told:
    with no_garbage():
        return results.tell(histories.load(session, lists, batch, tz), tz)


@contextmanager
def no_garbage() -> Iterator[None]:
    """Records hold no cycles: looking for them among millions would take longer than the work."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
