"""What a publication holds, less what saving it anew changes: the order of rows, encoding, looks."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum

_SUM = 1 << 512
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)\.[0-9]+")
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00(?::?00)?)?")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(.*)")
_TRUTHS = {"true": "true", "false": "false", "истина": "true", "ложь": "false"}
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʻʼ`´"), "'")
_STAMPS = re.compile(
    r"(?:(?:last|row|record|date|time)_)?(?:updated?|modified|changed|refreshed|exported|downloaded|generated|timestamp)"
    r"(?:_(?:at|on|date|time))?"
    r"|(?:oxirgi_|so'nggi_)?(?:yangilangan|o'zgartirilgan|yuklangan)_(?:vaqti|sanasi|sana|vaqt)"
    r"|(?:охирги_|сўнгги_)?(?:янгиланган|ўзгартирилган|юкланган)_(?:вақти|санаси)"
    r"|(?:дата|время)_(?:(?:последнего|последней)_)?(?:обновления|изменения|выгрузки)"
)


class Label(StrEnum):
    """What is odd in a content, beside the one before it."""

    resaved = "resaved"
    timestamps_only = "timestamps_only"
    flip_flop = "flip_flop"
    fewer_rows = "fewer_rows"
    part_removed = "part_removed"
    public_again = "public_again"


@dataclass(frozen=True, slots=True)
class Content:
    """What was measured in a file, a table, or several of them.

    `core_hash` leaves out the columns that only tell when a row was written. `codes` holds the values of the
    columns that were asked for. None: not to be measured in such a file.
    """

    content_hash: str
    core_hash: str
    rows: int | None = None
    columns: frozenset[str] | None = None
    codes: Mapping[str, frozenset[str]] = field(default_factory=dict[str, frozenset[str]])


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the content counts as changed, and what is odd in it."""

    is_changed: bool
    label: Label | None = None


def judge(now: Content, last: Content | None, earlier: frozenset[str]) -> Verdict:
    """What a content is beside the last one and all that were published before.

    A content that differs only in stamps of time is not new (DESIGN section 4.4), neither beside the last one
    nor beside any before it; one that was published before is told as changed with its label, and the status
    rule refuses it.

    :param earlier: the hashes, and the core hashes, of all that were published before
    """
    if last is not None and now.content_hash == last.content_hash:
        return Verdict(is_changed=False, label=Label.resaved)
    if now.content_hash in earlier:
        return Verdict(is_changed=True, label=Label.flip_flop)
    if last is not None and now.core_hash == last.core_hash:
        return Verdict(is_changed=False, label=Label.timestamps_only)
    if now.core_hash in earlier:
        return Verdict(is_changed=False, label=Label.flip_flop)
    if last is not None and now.rows is not None and last.rows is not None and now.rows < last.rows:
        return Verdict(is_changed=True, label=Label.fewer_rows)
    return Verdict(is_changed=True)


def is_stamp(column: str) -> bool:
    """Whether a column's name says that it only tells when a row was written."""
    name = re.sub(r"[\s-]+", "_", column.strip().lower().translate(_APOSTROPHES))
    return _STAMPS.fullmatch(name) is not None


def cell(value: object) -> str:
    """One cell as every format would write it: NFC, one apostrophe, no padding, plain numbers, ISO days."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(int(value)) if value.is_integer() and abs(value) < 1e15 else _plain(repr(value))
    if isinstance(value, datetime | date | time):
        return _plain(value.isoformat())
    if isinstance(value, Decimal):
        return _plain(format(value, "f"))
    return _plain(str(value))


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text).strip().replace("\r\n", "\n").translate(_APOSTROPHES)
    if _NUMBER.fullmatch(text):
        text = text.rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text
    if found := _MIDNIGHT.fullmatch(text):
        return found[1]
    if found := _MOMENT.fullmatch(text):
        return "T".join(found.group(1, 2)) + found[3].strip()
    return _TRUTHS.get(text.lower(), text) if len(text) < 7 else text


class Fingerprint:
    """Takes a table row by row; neither the order of rows nor that of columns counts, doubled rows do.

    The rows' digests are added (an incremental multiset hash: Bellare & Micciancio, 1997; 512 bits).
    """

    def __init__(self, header: Sequence[object], asked: Iterable[str] = ()) -> None:
        self._names = _named([cell(name) for name in header])
        self._order = sorted((name, place) for place, name in enumerate(self._names))
        self._core = [(name, place) for name, place in self._order if not is_stamp(name)] or self._order
        self._codes: dict[str, set[str]] = {name: set() for name in asked if name in self._names}
        self._places = {name: self._names.index(name) for name in self._codes}
        self.rows = self._whole_sum = self._core_sum = 0

    def add(self, row: Sequence[object]) -> None:
        """Take one row; an empty one does not count."""
        cells = [cell(value) for value in row]
        if not any(cells):
            return
        cells += [""] * (len(self._names) - len(cells))
        self.rows += 1
        beyond = "\x1f".join(cells[len(self._names) :]).rstrip("\x1f")
        self._whole_sum = (self._whole_sum + _digest(cells, self._order, beyond)) % _SUM
        self._core_sum = (self._core_sum + _digest(cells, self._core, beyond)) % _SUM
        for name, place in self._places.items():
            if cells[place]:
                self._codes[name].add(cells[place])

    def content(self) -> Content:
        """What was taken so far."""
        return Content(
            _hashed("table", *(name for name, _ in self._order), str(self.rows), str(self._whole_sum)),
            _hashed("core", *(name for name, _ in self._core), str(self.rows), str(self._core_sum)),
            self.rows,
            frozenset(name for name in self._names if "\x1f" not in name),
            {name: frozenset(values) for name, values in self._codes.items()},
        )


def of_bytes(digest: str) -> Content:
    """The content of a file that is no table: its bytes are all that can be compared."""
    return Content(_hashed("bytes", digest), _hashed("bytes", digest))


def together(parts: Sequence[Content]) -> Content:
    """Several files, sheets or tables as one content; their order does not count."""
    if len(parts) == 1:
        return parts[0]
    rows = [part.rows for part in parts if part.rows is not None]
    columns = [part.columns for part in parts if part.columns is not None]
    codes: dict[str, frozenset[str]] = {}
    for part in parts:
        for name, values in part.codes.items():
            codes[name] = codes.get(name, frozenset()) | values
    return Content(
        _hashed("parts", *sorted(part.content_hash for part in parts)),
        _hashed("parts", *sorted(part.core_hash for part in parts)),
        sum(rows) if rows else None,
        frozenset[str]().union(*columns) if columns else None,
        codes,
    )


def _named(header: list[str]) -> list[str]:
    """The names of columns; one without a name, or a second one of the same name, tells itself apart."""
    seen: dict[str, int] = {}
    names: list[str] = []
    for name in header:
        seen[name] = seen.get(name, 0) + 1
        names.append(name if name and seen[name] == 1 else f"{name}\x1f{seen[name]}")
    return names


def _digest(cells: list[str], order: list[tuple[str, int]], beyond: str) -> int:
    """The digest of one row; `beyond` are its cells that have no column."""
    text = "\x1e".join([*(f"{name}\x1f{cells[place]}" for name, place in order), beyond])
    return int.from_bytes(hashlib.sha512(text.encode("utf-8", "surrogatepass")).digest(), "big")


def _hashed(*parts: str) -> str:
    return hashlib.sha256("\x1d".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
