"""The search index takes each moved dataset at once, and shows what it took from time to time.

Each showing opens the index anew; ten thousand datasets need it some hundred times, not ten thousand.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager

import ckan.plugins.toolkit as tk
from ckan.lib import search

log = logging.getLogger(__name__)

EVERY = 10.0
SHOWS = "ckan.search.solr_commit"


class Showing:
    """What the index has taken and does not show yet.

    A worker begins with something to show: one that was killed may have left it.
    """

    def __init__(self) -> None:
        self._since: float | None = time.monotonic() - EVERY

    @contextmanager
    def later(self) -> Iterator[None]:
        """Within it, what the index takes is not shown."""
        before = tk.config[SHOWS]
        tk.config[SHOWS] = False
        try:
            yield
        finally:
            tk.config[SHOWS] = before
            self._since = self._since or time.monotonic()

    def show(self, idle: bool = False) -> None:
        """Show what was taken, if it has waited long enough, or if nothing more comes now."""
        if self._since is None or not (idle or time.monotonic() - self._since >= EVERY):
            return
        try:
            search.commit()
        except search.SearchIndexError:
            log.warning("The search index does not answer; what it took is shown later")
            self._since = time.monotonic()
        else:
            self._since = None


SHOWING = Showing()
