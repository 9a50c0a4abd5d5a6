"""A file on the web, by the guarded session."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from urllib.parse import quote, unquote, urljoin, urlsplit

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import Fetched, FetchError, Guard, Limits, Question, Session
from ckanext.roadmap.sources.http.certificate import require_lasting
from ckanext.roadmap.sources.http.glance import Asked, glance
from ckanext.roadmap.sources.http.login import bare_credentials, credentials_of, without_login
from ckanext.roadmap.sources.look import Answer, Clock
from ckanext.roadmap.sources.standing import ELSEWHERE, is_settled

from .base import Brought, Look, Place, Way, place
from .resuming import Transfer
from .settling import changed

READ_SECONDS = 60.0
SIGNS = ("etag", "last-modified", "content-length")


@place
class WebPlace(Place):
    """`https://host/folder/file.csv`, or `https://host/folder/` and the file's name in the mapping."""

    schemes = ("https", "http")
    sleep = staticmethod(time.sleep)

    def __init__(self, way: Way, name: str) -> None:
        super().__init__(way, name)
        base = without_login(way.url)
        self._url = urljoin(base, quote(name, "/?&=%*,+")) if base.endswith("/") else base
        self._session = session_for(way)
        self._credentials = credentials_of(way.url, way.options)
        self._seen: dict[str, str] | None = None
        self._told: Mapping[str, str] = {}

    def look(self) -> Look | None:
        """What the headers tell; a server that won't say anything reliable is read each time."""
        with explained():
            answer = self._session.fetch(
                self._url,
                BytesIO(),
                {"Accept-Encoding": "identity"},
                None,
                self._credentials,
                Question("HEAD"),
            )
        self._told = answer.headers if answer.status == 200 else {}
        self._seen = _signs(answer) if answer.status == 200 else None
        if not self._seen or not (self._seen.get("etag") or self._seen.get("last-modified")):
            return None
        return dict(self._seen) if _is_old(answer, time.time()) else None

    def check(self, clock: Clock) -> Answer:
        """Whether it answers, takes the login, and how good its certificate is; no file is read."""
        own = require_lasting(self.way.options.get("certificate_file", ""), clock())
        bare = bare_credentials(self.way.options)
        is_folder = not self.name and self._url.endswith("/")
        with explained():
            answer = glance(
                self._session, Asked(self._url, self._url, self._credentials, bare, is_folder), clock
            )
        return replace(answer, signs=(*own, *answer.signs))

    def bring(self, into: Path) -> Brought:
        """The file, compared with what the headers told before."""
        path = into / "file"
        transfer = Transfer(self._session, self._url, limits_of(self.way), self._credentials, self.sleep)
        with explained():
            answer = transfer.bring(path, self._told)
        if answer.status not in (200, 206):
            raise refused(answer.status)
        etag = self._seen.get("etag") if self._seen else None
        name = unquote(PurePosixPath(urlsplit(self._url).path).name)
        if etag and answer.headers.get("etag", etag) != etag and not answer.headers.get("content-encoding"):
            raise changed(name)
        return Brought(path, name, answer.headers.get("content-type", ""))


def session_for(way: Way) -> Session:
    """The one session, within the bounds of this source."""
    return Session(Guard(way.reach.networks), way.reach.agent, limits_of(way))


def limits_of(way: Way) -> Limits:
    """The bounds of one fetch from this source."""
    return Limits(
        bytes=way.reach.bytes,
        seconds=float(way.limits.statement),
        connect_seconds=float(way.limits.connect),
        read_seconds=min(READ_SECONDS, float(way.limits.statement)),
        ratio=way.reach.ratio,
    )


def refused(status: int) -> SourceError:
    """The error of an answer that is no success."""
    return SourceError(
        "source_status", f"The source answered with the status {status}.",
        "401 and 403: check the connection's secret. 404: check the name in the mapping. 5xx: ask the "
        "keeper of the source.", status=status,
    )  # fmt: skip


@contextmanager
def explained() -> Generator[None]:
    """Faults of the session as faults of a source."""
    try:
        yield
    except FetchError as error:
        told = error.code.removeprefix("fetch_").replace("_", " ")
        params = {name: value for name, value in error.params.items() if name != "host"}
        raise SourceError(error.code, f"Nothing was fetched: {told}.", "", **params) from None


def _is_old(answer: Fetched, now: float) -> bool:
    """Whether a change that came after this answer would show in it: it tells times in whole seconds.

    Many servers make the ETag of that time too.
    """
    changed, asked = (_moment(answer.headers.get(name, "")) for name in ("last-modified", "date"))
    return changed is None or is_settled(changed, now if asked is None else asked, ELSEWHERE)


def _moment(text: str) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp()
    except ValueError:
        return None


def _signs(answer: Fetched) -> dict[str, str]:
    return {name: answer.headers[name] for name in SIGNS if answer.headers.get(name)}
