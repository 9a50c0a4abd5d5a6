"""What a publication holds, less what saving it anew changes: the order of rows, encoding, looks."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Context, Decimal
from enum import StrEnum

_SUM = 1 << 512
_NUMBER = re.compile(r"([+-]?)(\d{1,3}(?: \d{3})+|\d*)(?:[.,](\d+))?(?:[eE]([+-]?\d{1,3}))?")
_DIGITS = Context(prec=15)
_MIDNIGHT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|\+00(?::?00)?)?")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(?::00(?:\.0+)?|(:\d\d(?:\.\d+)?))?(.*)")
_DAY = re.compile(
    r"(0?[1-9]|[12]\d|3[01])\.(0?[1-9]|1[0-2])\.(\d{4})(?: г\.?)?(?:,? (\d\d?)(:\d\d(?::\d\d)?))?"
)
_UTC = frozenset({"Z", "+00", "+0000", "+00:00"})
_TRUTHS = {"true": "true", "false": "false", "истина": "true", "ложь": "false"}
_MARKS = dict.fromkeys(map(ord, "’‘ʻʼ`´"), "'") | dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad")
)
_MINUS = "−"
_DONE = r"updated?|modified|changed|refreshed|exported|loaded|downloaded|generated|inserted|synced"
_DOING = r"update|modification|change|refresh|export|load|download|generation|sync|etl"
_STAMPS = re.compile(
    rf"(?:(?:last|row|record|date|time|etl|sys)_)*(?:{_DONE}|timestamp|mtime)(?:_(?:at|on|date|time|timestamp))*"
    rf"|(?:(?:last|row|record|sys)_)*(?:{_DOING})_(?:date|time|datetime|timestamp|ts|at)"
    r"|(?:oxirgi_|so'nggi_)?(?:yangilan(?:gan|ish)|o'zgartirilgan|o'zgartirish|yuklan(?:gan|ish))_(?:vaqti|sanasi|sana|vaqt)"
    r"|(?:oxirgi_|so'nggi_)(?:yangilanish|o'zgarish)|yangilandi|yangilangan"
    r"|(?:охирги_|сўнгги_)?(?:янгилан(?:ган|иш)|ўзгартирилган|ўзгартириш|юклан(?:ган|иш))_(?:вақти|санаси|сана|вақт)"
    r"|(?:охирги_|сўнгги_)(?:янгиланиш|ўзгариш)|янгиланди|янгиланган"
    r"|(?:дата|время)_(?:и_время_)?(?:последнего_|последней_)?"
    r"(?:обновления|изменения|выгрузки|загрузки|актуализации|формирования|экспорта)(?:_данных|_записи)?"
    r"|(?:последнее_)?(?:обновление|изменение)|(?:дата_)?(?:обновлено|изменено|выгружено)"
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
    name = re.sub(r"[\s-]+", "_", column.rpartition(".")[2].strip().lower().translate(_MARKS))
    return _STAMPS.fullmatch(name.replace("`", "'")) is not None


def cell(value: object) -> str:
    """One cell as every format would write it: NFC, one apostrophe and space, plain numbers, ISO days."""
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
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_MARKS)
    text = " ".join(text.replace("`", "'").split())
    if text.isdigit() or not text:
        return text
    if text[0] in "+-−.0123456789":
        return _number(text.replace(_MINUS, "-")) or _moment(text)
    return _TRUTHS.get(text.lower(), text) if len(text) < 7 else text


def _number(text: str) -> str | None:
    """A number without the marks of a language and without digits that no program keeps; None: it is none."""
    found = _NUMBER.fullmatch(text)
    if found is None or not (found[2] or found[3]):
        return None
    sign, whole, fraction, power = found.groups()
    whole = whole.replace(" ", "")
    if fraction is None and power is None:
        return f"{sign.strip('+')}{whole}"
    number = _DIGITS.create_decimal(f"{sign}{whole or 0}.{fraction or 0}e{power or 0}")
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _moment(text: str) -> str:
    """A day or an instant in ISO's form, also where it stood as a day of this country is written."""
    if found := _DAY.fullmatch(text):
        day, month, year, hour, rest = found.groups()
        text = f"{year}-{month:0>2}-{day:0>2}" + (f" {hour:0>2}{rest}" if hour else "")
    if found := _MIDNIGHT.fullmatch(text):
        return found[1]
    if found := _MOMENT.fullmatch(text):
        zone = found[4].strip()
        return f"{found[1]}T{found[2]}{found[3] or ''}{'' if zone in _UTC else zone}"
    return text


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
            frozenset(_kept(name) for name in self._names if "\x1f" not in name),
            {_kept(name): frozenset(map(_kept, values)) for name, values in self._codes.items()},
        )


def _kept(text: str) -> str:
    """A text without what no database keeps: NUL, and halves of letters."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode()


def of_bytes(digest: str) -> Content:
    """The content of a file that is no table: its bytes are all that can be compared."""
    return Content(_hashed("bytes", digest), _hashed("bytes", digest))


def of_document(digest: str, core: str) -> Content:
    """The content of a document that is no table; `core` leaves out what only tells when it was written."""
    return Content(_hashed("document", digest), _hashed("document", core))


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
