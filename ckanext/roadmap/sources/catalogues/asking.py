"""Questions to a catalogue: no faster than agreed, with patience, and only for answers that are data."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from typing import Any, cast
from urllib.parse import urlencode, urljoin

from ckanext.roadmap.sources.api.client import Answer, Client
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import Question
from ckanext.roadmap.sources.places import Way

from .pace import Pace

RENEWED = 50
"""A client has the time and the bytes of one load; a catalogue is more than that."""
_HTML = (b"<!doctype html", b"<html", b"<head", b"<body")


class Asker:
    """Asks one catalogue."""

    def __init__(self, way: Way, base: str, sleep: Callable[[float], None] = time.sleep) -> None:
        self._way, self._base, self._sleep = way, base, sleep
        self._pace = Pace(base, way.reach.pause)
        self._asked = 0
        self._client: Client | None = None

    def get(self, path: str, parameters: Mapping[str, object] | None = None) -> Answer:
        """A good answer that is no page for people.

        :raises SourceError: there is none
        """
        url = urljoin(self._base, path)
        return self._ask(f"{url}?{urlencode(parameters)}" if parameters else url, None)

    def json(self, path: str, parameters: Mapping[str, object] | None = None) -> Any:
        """The document that a question gets."""
        return parsed(self.get(path, parameters))

    def post(self, path: str, parameters: Mapping[str, object], document: Mapping[str, object]) -> Any:
        """The document that a question with a document gets."""
        question = Question("POST", json.dumps(document).encode(), {"Content-Type": "application/json"})
        return parsed(self._ask(f"{urljoin(self._base, path)}?{urlencode(parameters)}", question))

    def _ask(self, url: str, question: Question | None) -> Answer:
        self._pace.wait(self._sleep)
        if self._client is None or self._asked % RENEWED == 0:
            self._client = Client(self._way, self._base, self._sleep)
        self._asked += 1
        answer = self._client.get(url, question)
        start = answer.body[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
        if start.startswith(_HTML):
            raise SourceError(
                "catalogue_page", "In the place of the catalogue came a page for people (HTML).",
                "A login, a firewall or a fault may stand before it; ask its keeper to let the portal in.",
            )  # fmt: skip
        return answer


def parsed(answer: Answer) -> Any:
    """The document of an answer.

    :raises SourceError: it is no JSON
    """
    try:
        return json.loads(answer.body)
    except (ValueError, RecursionError):
        raise SourceError(
            "catalogue_not_json", "The catalogue gave something that is not JSON.",
            "It may be disturbed: harvest again later, and ask its keeper if it lasts.",
        ) from None  # fmt: skip


def entry(document: object, name: str) -> Any:
    """A value of an object; None where there is no object or no such value."""
    return cast("Mapping[str, Any]", document).get(name) if isinstance(document, Mapping) else None


def unknown_form(name: str) -> SourceError:
    """The error of an answer in another form than the catalogue's own."""
    return SourceError(
        "catalogue_form", f"The answer lacks {name}.",
        "The catalogue may have changed its interface, or the connection names another kind of catalogue.",
        name=name,
    )  # fmt: skip
