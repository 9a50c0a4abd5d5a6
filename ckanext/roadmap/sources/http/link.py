"""One look at a link: asked politely, taken only if it changed, measured canonically."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import urlsplit

from ckanext.roadmap.domain.content import Content
from ckanext.roadmap.domain.link import retry_after
from ckanext.roadmap.sources.content import measure_file, tells_fault

from .errors import FetchError
from .robots import Robots
from .session import Fetched, Session

_LATER = frozenset({429, 503})
_PAGE_TAGS = (b"<!doctype html", b"<html", b"<head>", b"<body")


@dataclass(frozen=True, slots=True)
class Known:
    """A link, what its last good answer said of itself, and the columns whose values are wanted."""

    url: str
    kind: str = ""
    etag: str | None = None
    modified: str | None = None
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sight:
    """What was there. Without `content` and `error`: what was known still stands (304)."""

    answer: Fetched | None = None
    content: Content | None = None
    error: str | None = None
    params: Mapping[str, object] = field(default_factory=dict[str, object])
    is_later: bool = False
    later: timedelta | None = None


def look(session: Session, robots: Robots, link: Known, now: datetime) -> Sight:
    """Ask for a link's data unless robots.txt forbids it; a fault is told, not raised."""
    try:
        if not robots.allows(link.url):
            return Sight(error="link_robots")
        with tempfile.TemporaryFile() as file:
            answer = session.fetch(link.url, file, _conditions(link))
            return _judged(answer, file, link, now)
    except FetchError as error:
        return Sight(error=error.code, params=error.params)


def _conditions(link: Known) -> dict[str, str]:
    conditions = {"If-None-Match": link.etag, "If-Modified-Since": link.modified}
    return {name: value for name, value in conditions.items() if value}


def _judged(answer: Fetched, file: BinaryIO, link: Known, now: datetime) -> Sight:
    if answer.status == 304 and _conditions(link):
        return Sight(answer)
    if answer.status in _LATER:
        later = retry_after(answer.headers.get("retry-after"), now)
        return Sight(answer, None, "link_later", {"status": answer.status}, True, later)
    if answer.status != 200:
        return Sight(answer, None, "link_status", {"status": answer.status})
    return _read(answer, file, link)


def _read(answer: Fetched, file: BinaryIO, link: Known) -> Sight:
    if answer.size == 0:
        return Sight(answer, None, "link_empty")
    is_named = answer.headers.get("content-type", "").lower().startswith(("text/html", "application/xhtml"))
    if _is_page(file, is_named):
        return Sight(answer, None, "link_page")
    if tells_fault(_path(file)):
        return Sight(answer, None, "link_fault")
    content = _measured(file, _kind(link, answer), link.asked)
    if is_named and not _is_table(content):
        return Sight(answer, None, "link_page")
    return Sight(answer, None, "link_empty") if content.rows == 0 else Sight(answer, content)


def _is_page(file: BinaryIO, is_named: bool) -> bool:
    """A page for people is no data, and differs at every look."""
    file.seek(0)
    start = file.read(2048).removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return start.startswith(b"<") and (is_named or any(tag in start for tag in _PAGE_TAGS))


def _is_table(content: Content) -> bool:
    """What calls itself a page may be a table that its server names wrongly; a line of words is none."""
    return bool(content.rows) and len(content.columns or ()) > 1


def _kind(link: Known, answer: Fetched) -> str:
    """The format: as the file's name ends, else as the catalogue tells."""
    for url in (answer.url, link.url):
        ending = PurePosixPath(urlsplit(url).path).suffix
        if ending:
            return ending
    return link.kind


def _measured(file: BinaryIO, kind: str, asked: frozenset[str]) -> Content:
    return measure_file(_path(file), kind, asked)[1]


def _path(file: BinaryIO) -> Path:
    file.flush()
    return Path(f"/dev/fd/{file.fileno()}")
