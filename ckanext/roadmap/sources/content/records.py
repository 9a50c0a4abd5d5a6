"""Records in JSON: a list of objects is a table, anything else is compared as a canonical document."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal
from typing import Any, cast

from ckanext.roadmap.domain.content import Content, Fingerprint, cell, of_bytes

_LISTS = ("data", "records", "result", "results", "rows", "items", "features")


def json_content(content: bytes, asked: frozenset[str]) -> Content:
    """The content of a JSON or JSON Lines file.

    :raises ValueError: it is neither
    """
    text = content.decode("utf-8-sig")
    try:
        value: Any = json.loads(text, parse_float=Decimal)
    except json.JSONDecodeError:
        value = [json.loads(line, parse_float=Decimal) for line in text.splitlines() if line.strip()]
    rows = _rows(value)
    if rows is None:
        return of_bytes(hashlib.sha256(_canonical(value).encode()).hexdigest())
    names = sorted({name for row in rows for name in row})
    taken = Fingerprint(names, asked)
    for row in rows:
        taken.add([_cell(row.get(name)) for name in names])
    return taken.content()


def _rows(value: Any) -> list[dict[str, Any]] | None:
    if isinstance(value, dict):
        document = cast("dict[str, Any]", value)
        lists = [document[name] for name in _LISTS if isinstance(document.get(name), list)]
        return _rows(lists[0]) if len(lists) == 1 else None
    if not isinstance(value, list):
        return None
    rows = cast("list[Any]", value)
    return rows if rows and all(isinstance(row, dict) for row in rows) else None


def _cell(value: Any) -> object:
    return _canonical(value) if isinstance(value, dict | list) else value


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=cell)
