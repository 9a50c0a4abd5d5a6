"""Asks an interface, patiently: what may pass is tried again, later each time, as late as the server asks."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import BinaryIO
from urllib.parse import urlsplit

from ckanext.roadmap.domain.link import retry_after
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import FetchError, Limits, Question
from ckanext.roadmap.sources.http.question import origin_of
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.places.web import explained, refused, session_for

from .errors import ApiError
from .logins import login_for

PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
FLEETING = frozenset({"fetch_no_answer", "fetch_silent", "fetch_broken_off"})
PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
LONGEST = 300.0
ACCEPTED = {"Accept": "application/json, application/xml;q=0.9, */*;q=0.5"}
MOST_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Answer:
    """A good answer."""

    url: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict[str, str])


class Client:
    """Asks one interface within the time of one load.

    :param sleep: how to wait
    """

    def __init__(self, way: Way, base: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._way, self._base, self._sleep = way, base, sleep
        self._session = session_for(way)
        self._login = login_for(way.url, way.options, self._session)
        self._until = time.monotonic() + way.limits.statement
        self._bytes = 0

    def get(self, url: str, question: Question | None = None) -> Answer:
        """A good answer.

        :raises SourceError: there is none, even after some patience
        """
        into = io.BytesIO()
        headers = self.bring(url, into, question, MOST_BYTES)
        return Answer(url, into.getvalue(), headers)

    def bring(
        self, url: str, into: BinaryIO, question: Question | None = None, most: int | None = None
    ) -> Mapping[str, str]:
        """A good answer, written into a file of our own.

        :param most: the largest that is taken; none: what the operator lets a source have
        :returns: its headers
        :raises SourceError: there is none, even after some patience
        """
        if origin_of(urlsplit(url)) != origin_of(urlsplit(self._base)):
            raise ApiError("api_elsewhere")
        for pause in (*PAUSES, None):
            into.seek(0)
            into.truncate()
            status, headers, asked = self._once(url, into, question, most)
            if headers is not None:
                return headers
            if status == 401 and self._login.renew():
                continue
            wait = max(pause or 0.0, min(asked, LONGEST))
            if status not in PASSING or pause is None or time.monotonic() + wait > self._until:
                raise refused(status)
            self._sleep(wait)
        raise refused(401)

    def _once(
        self, url: str, into: BinaryIO, question: Question | None, most: int | None
    ) -> tuple[int, Mapping[str, str] | None, float]:
        """Status, the headers of a good answer, and the seconds that the server asks to wait."""
        with explained():
            try:
                answer = self._session.fetch(
                    self._login.address(url), into, ACCEPTED,
                    self._limits(most), self._login.credentials(), question,
                )  # fmt: skip
            except FetchError as error:
                if error.code in FLEETING and time.monotonic() < self._until:
                    return 503, None, 0.0
                raise
        self._count(answer.size)
        if answer.status == 200:
            return 200, answer.headers, 0.0
        later = retry_after(answer.headers.get("retry-after"), datetime.now(UTC))
        return answer.status, None, later.total_seconds() if later else 0.0

    def _limits(self, most: int | None) -> Limits:
        limits, left = self._way.limits, max(self._until - time.monotonic(), 1.0)
        whole = self._way.reach.bytes
        return Limits(
            min(most or whole, whole), left, float(limits.connect), min(60.0, left), 5, self._way.reach.ratio,
        )  # fmt: skip

    def _count(self, size: int) -> None:
        self._bytes += size
        if self._bytes > self._way.reach.bytes:
            most = self._way.reach.bytes
            raise SourceError("fetch_too_large", f"All pages are larger than {most} bytes.", "", most=most)
