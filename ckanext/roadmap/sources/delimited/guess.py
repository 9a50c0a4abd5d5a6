"""The types of a file's columns, by every value: a type is taken only if nothing of a value's text is lost.

So `007`, `+1`, `1e5` and `-0` are text, and a column of digits is a number only if none begins with a zero.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ckanext.roadmap.sources.arrow import compute, pa

from .layout import Layout
from .reading import text_columns

DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
TIME = r"[ T][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?"


@dataclass(frozen=True, slots=True)
class _Kind:
    """A type, the form of its texts, and what must be able to read them."""

    name: str
    form: str
    arrow: Any = None


KINDS = (
    _Kind("int8", r"0|-?[1-9][0-9]{0,17}"),
    _Kind("numeric", r"0(\.[0-9]{1,99})?|-0\.0{0,90}[1-9][0-9]{0,9}|-?[1-9][0-9]{0,99}(\.[0-9]{1,99})?"),
    _Kind("bool", "true|false"),
    _Kind("date", DAY, pa.date32()),
    _Kind("timestamp", DAY + TIME, pa.timestamp("us")),
    _Kind("timestamptz", DAY + TIME + r"(Z|[+-][0-9]{2}:?[0-9]{2})", pa.timestamp("us", tz="UTC")),
)


class Guess:
    """What the types of some columns can be, by the values seen so far."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        self._possible: dict[str, list[_Kind]] = {name: list(KINDS) for name in names}
        self._filled: set[str] = set()

    @property
    def types(self) -> dict[str, str]:
        """The narrowest type of each that loses nothing; the DataStore's name for it."""
        return {
            name: self._possible[name][0].name if name in self._filled and self._possible[name] else "text"
            for name in self.names
        }

    @property
    def open_names(self) -> list[str]:
        """Columns of which further values can change the type: all but those that are text for good."""
        return [name for name in self.names if self._possible[name]]

    def take(self, names: Sequence[str], columns: Sequence[Any]) -> None:
        """Values of some of the columns."""
        for name, column in zip(names, columns, strict=True):
            if len(column) > column.null_count:
                self._filled.add(name)
                self._possible[name] = _still(self._possible[name], column)

    def narrow(self) -> None:
        """From here on only the types that were found count, which is cheaper to check."""
        for name in self._filled:
            self._possible[name] = self._possible[name][:1]


def guess(layout: Layout, names: Sequence[str]) -> dict[str, str]:
    """The DataStore's type of each of these columns."""
    found = Guess(names)
    for columns in text_columns(layout, names):
        found.take(names, columns)
    return found.types


def _still(kinds: list[_Kind], column: Any) -> list[_Kind]:
    """The kinds that hold for these values too; the first is the narrowest."""
    return [kind for kind in kinds if _holds(kind, column)]


def _holds(kind: _Kind, column: Any) -> bool:
    match: Callable[..., Any] = compute.match_substring_regex
    if not compute.all(match(column, pattern=f"^({kind.form})$"), min_count=0).as_py():
        return False
    if kind.arrow is None:
        return True
    try:
        return compute.min(column.cast(kind.arrow)).as_py() is not None
    except (pa.ArrowInvalid, ValueError, OverflowError):  # no such day or hour
        return False
