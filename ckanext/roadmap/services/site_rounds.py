"""The order in which other sites are asked: one question at a time to a host, with pauses between."""

from __future__ import annotations

import heapq
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urlsplit

from ckanext.roadmap.services.site_links import Link
from ckanext.roadmap.sources.http import Sight

MOST_SILENT, MOST_WITNESSES = 3, 3
_SILENT = frozenset({"fetch_no_host", "fetch_no_answer", "fetch_silent", "fetch_too_slow"})


class Round:
    """Goes through links, hosts in turn; a host that asks for rest, or is silent, is left alone.

    :ivar left: how many links were not looked at
    """

    def __init__(
        self,
        links: Iterable[Link],
        pause: float,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._waiting: dict[str, deque[Link]] = defaultdict(deque)
        self._pause, self._clock, self._sleep = pause, clock, sleep
        self._silent: dict[str, int] = defaultdict(int)
        self.left = 0
        for link in links:
            self._waiting[host_of(link)].append(link)
        self._ready = [(self._clock(), place, host) for place, host in enumerate(self._waiting)]
        heapq.heapify(self._ready)

    def __iter__(self) -> Iterator[Link]:
        """The next link whose host may be asked; `seen` tells what came of it before the next is taken."""
        while self._ready:
            at, _, host = self._ready[0]
            if (rest := at - self._clock()) > 0:
                self._sleep(rest)
            yield self._waiting[host].popleft()

    def seen(self, link: Link, sight: Sight, delay: float = 0.0) -> None:
        """What came of the question, and how long the site's robots.txt asks to wait."""
        host = host_of(link)
        _, place, _ = heapq.heappop(self._ready)
        self._silent[host] = self._silent[host] + 1 if is_silent(sight) else 0
        if sight.is_later or self._silent[host] >= MOST_SILENT:
            self.left += len(self._waiting.pop(host))
        elif self._waiting[host]:
            heapq.heappush(self._ready, (self._clock() + max(self._pause, delay), place, host))


def is_silent(sight: Sight) -> bool:
    """Whether nobody answered at all: the site's fault, or that of the portal's own way out."""
    return sight.error in _SILENT


def witnesses(links: Iterable[Link], silent: Iterable[Link]) -> list[Link]:
    """Links of other hosts that were well at the last look, the newest first, one of each host."""
    hosts = {host_of(link) for link in silent}
    well = {
        host_of(link): link
        for link in sorted(links, key=_looked_at)
        if _was_well(link) and host_of(link) not in hosts
    }
    return sorted(well.values(), key=_looked_at, reverse=True)[:MOST_WITNESSES]


def fell_silent_together(silent: Iterable[Link]) -> bool:
    """Whether several hosts that were well are silent now: hardly by chance."""
    return len({host_of(link) for link in silent if _was_well(link)}) > 1


def _was_well(link: Link) -> bool:
    return link.last is not None and link.last.error is None


def _looked_at(link: Link) -> tuple[float, str]:
    return link.last.recorded_at.timestamp() if link.last is not None else 0.0, link.resource_id


def host_of(link: Link) -> str:
    """The host that is asked, whatever the user's name before it; what is no address is a host of its own."""
    try:
        parts = urlsplit(link.url)
        host, port = (parts.hostname or link.url).rstrip("."), parts.port
    except ValueError:
        return link.url
    return host if port in (None, 80, 443) else f"{host}:{port}"
