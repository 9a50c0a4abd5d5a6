"""A table is a declared object: its page, its CSV file and its order are all read from the same columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ckanext.roadmap.domain.text import LANGUAGES, told

from .marks import mark as _

Row = Mapping[str, Any]
_TEXTS = {"title": _("Title"), "item_title": _("Item"), "body_title": _("Body"), "body": _("Body")}
_TEXTS["dataset_title"] = _("Dataset")
_SHARES = ("share", "plain_share", "system_share")
_NUMERIC = frozenset(
    {*_SHARES, "number", "count", "status_count", "deadline_count", "days", "late_days", "figure", "raised"}
    | {"repairs", "kind_bodies"}
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `kind` names the cell that draws it, `value` reads it from a row of an action's result."""

    key: str
    label: str
    value: Callable[[Row], Any]
    kind: str = "text"
    on_page: bool = True
    in_file: bool = True
    order: tuple[str, ...] = ()

    @property
    def is_numeric(self) -> bool:
        """Numbers are set flush right, in figures of one width."""
        return self.kind in _NUMERIC

    def sorting(self, lang: str) -> Callable[[Row], Any]:
        """What rows are ordered by, of a row; None goes last in either direction."""
        if self.kind in _SHARES:
            return lambda row: self.value(row)["percent"]
        if self.order:
            places = {value: place for place, value in enumerate(self.order)}
            return lambda row: places.get(self.value(row))
        return lambda row: _folded(self.value(row), lang)


@dataclass(frozen=True, slots=True)
class Table:
    """A named table with its columns."""

    name: str
    caption: str
    columns: tuple[Column, ...]

    @property
    def page_columns(self) -> tuple[Column, ...]:
        """The columns a reader sees on the page."""
        return tuple(column for column in self.columns if column.on_page)

    @property
    def file_columns(self) -> tuple[Column, ...]:
        """The columns of the CSV file."""
        return tuple(column for column in self.columns if column.in_file)

    def ordered(self, rows: Iterable[Row], sort: str, lang: str) -> list[Row]:
        """Rows by the column `sort` names, a leading minus turning the order round; ties keep their order."""
        column = next(column for column in self.columns if column.key == sort.removeprefix("-"))
        of = column.sorting(lang)
        keyed = [(of(row), row) for row in rows]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=sort.startswith("-"))
        return [row for _value, row in known] + [row for value, row in keyed if value is None]

    def sort_keys(self) -> frozenset[str]:
        """What `sort` accepts."""
        return frozenset(sign + column.key for column in self.page_columns for sign in ("", "-"))


def _folded(value: Any, lang: str) -> Any:
    if isinstance(value, str):
        return value.casefold()
    return told(value, lang).casefold() if isinstance(value, dict) else value  # pyright: ignore[reportUnknownArgumentType]


def at(*path: str) -> Callable[[Row], Any]:
    """A reader of one place in a row; nothing on the way gives None."""

    def read(row: Row) -> Any:
        found: Any = row
        for key in path:
            found = None if found is None else found.get(key)
        return found

    return read


def text_columns(key: str, *path: str) -> tuple[Column, ...]:
    """One file column for each language of the text at a place of the row."""
    label = _TEXTS[key]
    return tuple(Column(f"{key}_{lang}", label, at(*path, lang), on_page=False) for lang in LANGUAGES)


def share_columns(key: str, label: str, kind: str = "share") -> tuple[Column, ...]:
    """A share on the page; numerator, denominator and percent in the file."""
    shown = Column(key, label, at(key), kind=kind, in_file=False)
    parts = ("met", "of", "percent")
    return (shown, *(Column(f"{key}_{part}", label, at(key, part), on_page=False) for part in parts))
