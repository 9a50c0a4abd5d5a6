"""All records of an interface, one after another, page by page."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, cast
from urllib.parse import quote, urljoin

from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http.login import without_login
from ckanext.roadmap.sources.places import Way
from ckanext.roadmap.sources.tabular.normal import Record
from ckanext.roadmap.sources.tabular.records_xml import read_xml

from .client import Answer, Client
from .errors import ApiError, CountError
from .paging import Page, at, style_of, with_parameters

MOST_PAGES = 100_000
LISTS = ("data", "records", "results", "result", "items", "rows", "value", "features")
HTML = (b"<!doctype html", b"<html")


def read_records(
    way: Way, path: str, read: Mapping[str, Any], client: Client | None = None
) -> Iterator[Record]:
    """Every record.

    :param path: what comes after the connection's address
    :param read: `record`, `parameters`, `paging` of the mapping
    :raises SourceError: an answer is missing, is none, or the pages do not add up
    """
    url = with_parameters(address_of(way, path), read.get("parameters") or {})
    client = client or Client(way, url)
    style = style_of(read.get("paging") or {})
    next_url: str | None = style.first(url)
    taken, total, before = 0, None, b""
    for _ in range(MOST_PAGES):
        if next_url is None:
            break
        answer = client.get(next_url)
        digest = hashlib.sha256(answer.body).digest()
        document, records = _parsed(answer, str(read.get("record") or ""))
        if records and digest == before:
            raise ApiError("api_repeats")
        yield from records
        taken, before = taken + len(records), digest
        page = Page(answer.url, answer.headers, document, len(records), taken)
        total = style.total(page) if total is None else total
        next_url = style.next(page)
    else:
        raise ApiError("api_endless")
    if total is not None and total != taken:
        raise CountError(total, taken)


def address_of(way: Way, path: str) -> str:
    """The address of a path of an interface."""
    base = without_login(way.url)
    return urljoin(base, quote(path, "/?&=%*,+:")) if base.endswith("/") else base


def _parsed(answer: Answer, record: str) -> tuple[Any, Sequence[Record]]:
    start = answer.body[:512].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith(HTML):
        raise SourceError(
            "file_page", "In the place of the interface came a page for people (HTML).",
            "The address may ask for a login or show an error.", name=answer.url.rpartition("/")[2][:80],
        )  # fmt: skip
    if start.startswith(b"<"):
        return None, list(read_xml(io.BytesIO(answer.body), record, "XML"))
    try:
        document = json.loads(answer.body, parse_float=Decimal)
    except (ValueError, RecursionError):
        raise ApiError("api_not_json") from None
    return document, _records(document, record)


def _records(document: Any, record: str) -> Sequence[Record]:
    found: object = at(document, record) if record else _first_list(document)
    if found is None and record and isinstance(document, Mapping):
        found = [] if _is_empty_page(cast("Record", document), record) else None
    if not isinstance(found, list):
        raise ApiError("api_no_records")
    rows = cast("list[Any]", found)
    if not all(isinstance(row, Mapping) for row in rows):
        raise ApiError("api_no_records")
    return rows


def _is_empty_page(document: Record, record: str) -> bool:
    """Some interfaces write nothing, or null, in the place of an empty list."""
    name = record.rpartition(".")[2]
    inside = at(document, record.rpartition(".")[0]) if "." in record else document
    return isinstance(inside, Mapping) and name in inside


def _first_list(document: Any) -> Any:
    if not isinstance(document, Mapping):
        return document
    known = cast("Mapping[str, object]", document)
    lists = [known[name] for name in LISTS if name in known] + list(known.values())
    return next((one for one in lists if isinstance(one, list)), None)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
