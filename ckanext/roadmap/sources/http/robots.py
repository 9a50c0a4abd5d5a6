"""What sites ask of robots (RFC 9309), and how often one may come."""

from __future__ import annotations

import io

from protego import Protego

from .errors import FetchError
from .question import parts_of
from .session import Limits, Session

LIMITS = Limits(bytes=500 * 1024, seconds=20.0)
LONGEST_DELAY = 60.0
_EVERYTHING = ""
_NOTHING = "User-agent: *\nDisallow: /"


class Robots:
    """Reads each site's robots.txt once."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._known: dict[str, Protego] = {}

    def allows(self, url: str) -> bool:
        """Whether a site lets us fetch an address.

        :raises FetchError: the site can't be asked, or the address is none
        """
        return bool(self._of(url).can_fetch(url, self._session.agent))

    def delay(self, url: str) -> float:
        """Seconds that a site asks to be left in peace between two questions; 0: it does not say."""
        try:
            rules = self._known.get(_origin(url))
        except FetchError:
            return 0.0
        asked = rules.crawl_delay(self._session.agent) if rules else None
        return min(float(asked or 0), LONGEST_DELAY)

    def _of(self, url: str) -> Protego:
        origin = _origin(url)
        if origin not in self._known:
            self._known[origin] = Protego.parse(self._read(origin))
        return self._known[origin]

    def _read(self, origin: str) -> str:
        """Without the file everything is allowed; while a site can't give it, nothing is."""
        into = io.BytesIO()
        try:
            answer = self._session.fetch(f"{origin}/robots.txt", into, limits=LIMITS)
        except FetchError as error:
            if error.code in ("fetch_too_large", "fetch_redirects"):
                return _cut(into) if into.tell() else _EVERYTHING
            raise
        if answer.status >= 500 or answer.status == 429:
            return _NOTHING
        return _cut(into) if answer.status < 300 else _EVERYTHING


def _cut(into: io.BytesIO) -> str:
    return into.getvalue().decode("utf-8", errors="replace")


def _origin(url: str) -> str:
    parts = parts_of(url)
    return f"{parts.scheme}://{parts.netloc}"
