"""Datasets as another catalogue describes them, and what may be done with them here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from ckanext.roadmap.domain.text import Text


class OriginState(StrEnum):
    """What a catalogue says of a dataset; `unsaid`: nothing, `other`: something nobody here understands."""

    new = "new"
    updated = "updated"
    rejected = "rejected"
    approved = "approved"
    outdated = "outdated"
    draft = "draft"
    unsaid = "unsaid"
    other = "other"

    @property
    def is_public(self) -> bool:
        """Whether it is shown to everybody here: never what was not approved, nor what is not understood."""
        return self in _PUBLIC


_PUBLIC = (OriginState.updated, OriginState.approved, OriginState.outdated, OriginState.unsaid)


class MoveState(StrEnum):
    """How far the move of one dataset has come."""

    waiting = "waiting"
    moved = "moved"
    failed = "failed"
    vanished = "vanished"


class RowsState(StrEnum):
    """How far the rows of one dataset have come; `none`: its catalogue gives files only."""

    none = "none"
    waiting = "waiting"
    loaded = "loaded"
    held = "held"
    failed = "failed"


@dataclass(frozen=True, slots=True)
class Publisher:
    """Who publishes a dataset there; `name` is what a CKAN calls it."""

    key: str = ""
    title: Text = Text()
    stir: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class OriginFile:
    """A file or service of a dataset."""

    url: str
    name: str = ""
    format: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that was not taken over as it stands, or not understood."""

    code: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """One dataset there.

    :ivar key: what the catalogue itself knows it by; it never changes
    :ivar rows: how many rows it says it has (None: it does not say)
    """

    key: str
    title: Text
    identifier: str = ""
    slug: str = ""
    notes: Text = Text()
    publisher: Publisher = Publisher()
    spheres: tuple[Text, ...] = ()
    state: OriginState = OriginState.unsaid
    created: datetime | None = None
    updated: datetime | None = None
    rows: int | None = None
    files: tuple[OriginFile, ...] = ()
    tags: tuple[str, ...] = ()
    licence: str = ""
    frequency: str = ""
    contact: Mapping[str, str] = field(default_factory=dict[str, str])
    url: str = ""
    remarks: tuple[Remark, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As JSON can hold it."""
        return json.loads(json.dumps(asdict(self), default=datetime.isoformat, ensure_ascii=False))

    @classmethod
    def from_dict(cls, stored: Mapping[str, Any]) -> Origin:
        """What *to_dict* gave."""
        values = dict(stored)
        publisher: dict[str, Any] = dict(values["publisher"])
        publisher["title"] = Text(**publisher["title"])
        values["publisher"] = Publisher(**publisher)
        values["title"], values["state"] = Text(**values["title"]), OriginState(values["state"])
        notes = values["notes"]  # readings kept before descriptions had languages
        values["notes"] = Text(uz=notes) if isinstance(notes, str) else Text(**notes)
        values["spheres"] = tuple(Text(**one) for one in values["spheres"])
        values["files"] = tuple(OriginFile(**one) for one in values["files"])
        values["remarks"] = tuple(Remark(**one) for one in values["remarks"])
        values["tags"] = tuple(values["tags"])
        for name in ("created", "updated"):
            values[name] = datetime.fromisoformat(values[name]) if values[name] else None
        return cls(**values)

    def digest(self) -> str:
        """Changes when anything changes that is taken over."""
        written = json.dumps(self.to_dict(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(written.encode()).hexdigest()


def scripts_in_place(text: Text) -> tuple[Text, bool]:
    """The text with its two Uzbek scripts where they belong, and whether they had been exchanged."""
    latin, cyrillic = _is_cyrillic(text.uz), _is_cyrillic(text.uz_Cyrl)
    if latin is True and cyrillic is False:
        return Text(text.uz_Cyrl, text.uz, text.ru, text.en), True
    if latin is True and cyrillic is None:
        return Text("", text.uz, text.ru, text.en), True
    return text, False


def _is_cyrillic(text: str) -> bool | None:
    """Whether most letters of a text are Cyrillic; None: it has none of either."""
    cyrillic = sum("\u0400" <= sign <= "\u04ff" for sign in text)
    latin = sum(sign.isascii() and sign.isalpha() for sign in text)
    return None if not cyrillic + latin else cyrillic > latin


def may_vanish(known: int, gone: int, most_percent: int) -> bool:
    """Whether so many datasets may have gone since the last reading; more look like a fault of the catalogue.

    A handful always may.
    """
    return gone <= max(5, known * most_percent // 100)


def differing(before: Mapping[str, Any] | None, now: Mapping[str, Any]) -> dict[str, Any]:
    """The values that the origin itself has changed; what people edited here since is left alone."""
    if before is None:
        return dict(now)
    emptied = {name: _empty(value) for name, value in before.items() if name not in now}
    return {name: value for name, value in now.items() if before.get(name) != value} | emptied


def _empty(value: object) -> Any:
    if isinstance(value, list):
        return cast("list[Any]", [])
    return {} if isinstance(value, dict) else ""


def counted(remarks: Sequence[Remark]) -> list[dict[str, Any]]:
    """Remarks with how often each was made, the most frequent first."""
    tally: dict[tuple[str, str], int] = {}
    for one in remarks:
        tally[one.code, one.value] = tally.get((one.code, one.value), 0) + 1
    ordered = sorted(tally.items(), key=lambda pair: (-pair[1], pair[0]))
    return [{"code": code, "value": value, "times": times} for (code, value), times in ordered]
