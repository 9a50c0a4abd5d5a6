"""One look at an address: does it answer, is the login taken, how good is the way there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from io import BytesIO
from urllib.parse import urlsplit

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.look import Answer, Clock, Sign, between

from .certificate import SOON
from .errors import FetchError
from .question import Credentials, Question, origin_of
from .session import Fetched, Session

FOLDER = frozenset({400, 403, 404, 405})
UNASKED = {"Accept-Encoding": "identity"}


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """An address, with what its connection shows there and what anybody may show.

    :ivar url: as it is asked with the login; it may hold a key
    :ivar bare_url: the same without
    :ivar is_folder: whether files lie below it, so that its own status tells little
    :ivar methods: how it is asked, the next one where the first is not taken
    """

    url: str
    bare_url: str
    own: Credentials
    bare: Credentials
    is_folder: bool = False
    methods: tuple[str, ...] = ("HEAD", "GET")

    @property
    def has_login(self) -> bool:
        """Whether a secret is shown."""
        return bool(self.own.headers) or self.url != self.bare_url or self.own.has_certificate


def glance(session: Session, asked: Asked, clock: Clock) -> Answer:
    """Asks for the head of the answer alone.

    :raises FetchError: it can't be reached
    :raises SourceError: it refuses the login, or has no such thing
    """
    before = clock()
    answer = _ask(session, asked.url, asked.own, asked.methods)
    after = clock()
    signs = [*_way(asked, answer, after), *_status(asked, answer.status)]
    if asked.has_login and answer.status < 400:
        signs.append(_login(session, asked))
    version = answer.headers.get("server", "")[:80]
    return Answer(version, _time(answer), (), tuple(signs), between(before, after))


def _ask(session: Session, url: str, shown: Credentials, methods: tuple[str, ...]) -> Fetched:
    answer = Fetched(url, 405)
    for method in methods:
        answer = session.fetch(url, BytesIO(), UNASKED, None, shown, Question(method, is_glance=True))
        if answer.status < 400 or answer.status == 401:
            break
    return answer


def _status(asked: Asked, status: int) -> Iterator[Sign]:
    if status < 400:
        return
    if status == 401 or (status == 403 and not asked.is_folder):
        raise SourceError(
            "check_login", f"The source refuses the login (status {status}).",
            "Check the connection's secret, and what its account may read.", status=status,
        )  # fmt: skip
    if not asked.is_folder or status not in FOLDER:
        raise SourceError(
            "source_status", f"The source answered with the status {status}.",
            "Ask the keeper of the source.", status=status,
        )  # fmt: skip
    yield Sign("check_folder_silent", status=status)


def _login(session: Session, asked: Asked) -> Sign:
    """Whether it is the login that opens."""
    try:
        answer = _ask(session, asked.bare_url, asked.bare, asked.methods)
    except FetchError:
        return Sign("check_login_works")
    return Sign("check_login_works") if answer.status >= 400 else Sign("check_open")


def _way(asked: Asked, answer: Fetched, now: datetime) -> Iterator[Sign]:
    begun, ended = urlsplit(asked.url), urlsplit(answer.url)
    if begun.scheme == "http":
        yield Sign("check_plain", True)
    elif ended.scheme == "http":
        yield Sign("check_redirect_plain", True)
    if origin_of(begun) != origin_of(ended):
        yield Sign("check_redirect_elsewhere", True)
    elif begun.path != ended.path:
        yield Sign("check_redirect")
    if (peer := answer.peer) is not None:
        days, is_soon = (peer.until - now).days, peer.until - now < SOON
        code = "check_certificate_ends" if is_soon else "check_certificate"
        yield Sign(code, is_soon, until=f"{peer.until:%Y-%m-%d}", days=days, protocol=peer.protocol)


def _time(answer: Fetched) -> datetime | None:
    """The server's clock when it answered; an answer out of a cache is as old as it says."""
    try:
        told = parsedate_to_datetime(answer.headers.get("date", ""))
    except ValueError:
        return None
    age = answer.headers.get("age", "")
    return told.astimezone(UTC) + timedelta(seconds=int(age) if age.isdigit() and len(age) < 9 else 0)
