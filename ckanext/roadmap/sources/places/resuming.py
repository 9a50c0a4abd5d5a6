"""A large file whose transfer breaks off is fetched on from where it stopped, if it surely is the same one.

Only by a strong ETag (`If-Range`): without one, halves of the old file and the new could be put together.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from ckanext.roadmap.sources.http import Credentials, Fetched, FetchError, Limits, Session

FLEETING = frozenset({"fetch_no_answer", "fetch_silent", "fetch_broken_off"})
PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)
LARGE = 4 * 2**20
"""Bytes from which on a file is asked for as it lies there, not packed, so that its parts can be counted."""


@dataclass(frozen=True, slots=True)
class Transfer:
    """How one file is fetched."""

    session: Session
    url: str
    limits: Limits
    credentials: Credentials
    sleep: Callable[[float], None] = time.sleep

    def bring(self, path: Path, seen: Mapping[str, str]) -> Fetched:
        """The whole file, in as many parts as it takes.

        :param seen: headers that told of it before
        :returns: the answer of the last part
        :raises FetchError: it broke off for good, is too large, or changed on the way
        """
        tag, until = _resumable(seen), time.monotonic() + self.limits.seconds
        with path.open("wb") as file:
            for pause in PAUSES:
                try:
                    return self._part(file, tag, until)
                except FetchError as error:
                    if not tag or error.code not in FLEETING or time.monotonic() + pause > until:
                        raise
                self.sleep(pause)
            return self._part(file, tag, until)

    def _part(self, file: BinaryIO, tag: str, until: float) -> Fetched:
        have = file.tell()
        asked = {"Accept-Encoding": "identity"} if tag else {}
        if have:
            asked |= {"Range": f"bytes={have}-", "If-Range": tag}

        def began(answer: Fetched) -> None:
            if answer.status == 206 and not _goes_on(answer, have, tag):
                raise FetchError("fetch_broken_off")
            if answer.status == 200:  # another file by now, or a server that knows no parts after all
                file.seek(0)
                file.truncate()

        limits = replace(self.limits, seconds=max(until - time.monotonic(), 1.0))
        answer = self.session.fetch(self.url, file, asked, limits, self.credentials, began=began)
        if file.tell() > self.limits.bytes:
            raise FetchError("fetch_too_large", most=self.limits.bytes)
        return answer


def _resumable(seen: Mapping[str, str]) -> str:
    """The ETag of a file whose parts can be asked for, and are worth it."""
    tag, size = seen.get("etag", ""), seen.get("content-length", "")
    large = size.isdigit() and int(size) >= LARGE
    return tag if large and tag.startswith('"') and seen.get("accept-ranges", "").lower() == "bytes" else ""


def _goes_on(answer: Fetched, have: int, tag: str) -> bool:
    """Whether a part begins where the last one ended, and is one of the same file."""
    told = answer.headers.get("content-range", "")
    return told.startswith(f"bytes {have}-") and answer.headers.get("etag", tag) == tag
