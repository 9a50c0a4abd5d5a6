"""Answers that say *well* and hold an error: an API's words of a fault are no data.

They differ at each look (a time, the number of the request), so they would pass for new data for ever.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

from .kinds import kind_of
from .records import json_value, rows_of
from .sheets import csv_content
from .tree import xml_value

MOST_BYTES = 64 * 1024
"""No fault is told at greater length."""
_MOST_FAULTS = 3
_FAULTS = frozenset(
    {
        "error",
        "errors",
        "err",
        "exception",
        "exceptions",
        "exceptionreport",
        "serviceexceptionreport",
        "fault",
    }
    | {"traceback", "stacktrace", "errorcode", "errormessage", "errordescription", "xatolik", "ошибка"}
)
_WORDS = _FAULTS | {
    "message", "msg", "detail", "details", "description", "title", "type", "status", "statuscode", "code",
    "path", "timestamp", "time", "date", "instance", "requestid", "traceid", "id", "url", "method", "help",
    "success", "ok", "hint", "reason", "result", "data", "version", "service", "host",
}  # fmt: skip
_SAID = frozenset({"message", "msg", "detail", "reason"})
_BAD = frozenset({"error", "fail", "failed", "failure", "exception", "fault"})
_LINE = re.compile(
    r"error|exception|not found|forbidden|denied|unauthori[sz]ed|unavailable|bad gateway|timed? ?out"
    r"|ошибк|не найден|запрещ|недоступ|xatolik|topilmadi|taqiqlan|хатолик|топилмади",
    re.IGNORECASE,
)


def tells_fault(path: Path) -> bool:
    """Whether a file holds nothing but the words of a fault.

    :raises OSError: it can't be read
    """
    return path.stat().st_size <= MOST_BYTES and is_fault(path.read_bytes())


def is_fault(content: bytes) -> bool:
    """Whether these bytes hold nothing but the words of a fault."""
    kind = kind_of(content)
    try:
        if kind == "json":
            return _is_fault(json_value(content))
        if kind == "xml":
            return _is_fault(xml_value(content))
        return kind == "text" and _is_line(content)
    except (ValueError, RecursionError):
        return False


def _is_fault(value: Any) -> bool:
    if isinstance(value, list):
        parts = cast("list[Any]", value)
        return 0 < len(parts) <= _MOST_FAULTS and all(map(_names_fault, parts))
    if not isinstance(value, dict):
        return False
    parts = {_plain(name): part for name, part in cast("dict[str, Any]", value).items()}
    if rows_of(value):
        return False
    if len(parts) == 1 and isinstance(inner := next(iter(parts.values())), dict):
        return bool(parts.keys() & _FAULTS) or _is_fault(inner)
    return _says_so(parts)


def _names_fault(part: Any) -> bool:
    if not isinstance(part, dict):
        return False
    parts = {_plain(name): value for name, value in cast("dict[str, Any]", part).items()}
    return any(isinstance(parts.get(name), str) for name in _FAULTS) and _is_bare(parts)


def _says_so(parts: Mapping[str, Any]) -> bool:
    if any(parts.get(name) for name in _FAULTS):
        return _is_bare(parts)
    is_bad = any(parts.get(name) in (False, "false") for name in ("success", "ok")) or any(
        _is_bad(parts.get(name)) for name in ("status", "statuscode", "code", "type")
    )
    if is_bad:
        return _is_bare(parts)
    return bool(parts.keys() & _SAID) and parts.keys() <= _WORDS and not any(map(_is_full, parts.values()))


def _is_bare(parts: Mapping[str, Any]) -> bool:
    """Whether there is nothing beside the fault that could be data."""
    return not any(_is_full(part) for name, part in parts.items() if name not in _WORDS)


def _is_full(part: Any) -> bool:
    return isinstance(part, list | dict) and part not in ([], {})


def _is_bad(value: Any) -> bool:
    if isinstance(value, str) and not value.isdigit():
        return value.lower() in _BAD
    return isinstance(value, str | int) and not isinstance(value, bool) and 400 <= int(value) <= 599


def _is_line(content: bytes) -> bool:
    """A few lines of words, the first of which tells a fault."""
    taken = csv_content(content, frozenset())
    lines = content[:1024].decode("utf-8-sig", "replace").split("\n")
    is_narrow = len(taken.columns or ()) <= 1 and (taken.rows or 0) < 10
    return is_narrow and _LINE.search(lines[0]) is not None


def _plain(name: str) -> str:
    return name.lower().rpartition(":")[2].replace("_", "").replace("-", "").replace(" ", "")
