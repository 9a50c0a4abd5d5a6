"""PxWeb: limits are read, the cube is asked in pieces within them, and every cell is accounted for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Any, cast

from ckanext.roadmap.sources.api.errors import ApiError, CountError
from ckanext.roadmap.sources.errors import SourceError
from ckanext.roadmap.sources.http import Question
from ckanext.roadmap.sources.tabular.normal import Record

from .base import Ask, dialect
from .errors import unknown
from .jsonstat import cells
from .px_words import words_of

CELLS, CALLS, WINDOW = 10_000, 5, 10.0
"""What the software allows where its operator has set nothing else, or tells nothing."""
TOO_MANY = 403
"""What the server answers to a question for more cells than it gives at once."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How many cells may be asked at once, and how many questions in how many seconds."""

    cells: int = CELLS
    calls: int = CALLS
    window: float = WINDOW

    @property
    def pause(self) -> float:
        """Seconds between two questions."""
        return self.window / self.calls


@dataclass(frozen=True, slots=True)
class Variable:
    """A dimension of the cube with the values that are wanted."""

    code: str
    values: tuple[str, ...]


@dialect("pxweb")
def read_cube(ask: Ask) -> Iterator[Record]:
    """For each variable its code and, as `VARIABLE.text` or `VARIABLE.ru`, its words; and `value`.

    :raises SourceError: the cube can't be read whole
    """
    bounds = _bounds(ask)
    ask.sleep(bounds.pause)
    document = ask.json(ask.url)
    variables = _variables(document, ask.select)
    words = words_of(ask, document, bounds.pause)
    for piece in pieces(variables, bounds.cells):
        for found in _asked(ask, bounds, piece):
            yield {**found, **words.of(found)}


def _asked(ask: Ask, bounds: Bounds, piece: Sequence[Variable]) -> Iterator[Record]:
    """A piece; one that is refused though the server told no such limit, in halves."""
    expected = prod(len(one.values) for one in piece)
    ask.sleep(bounds.pause)
    try:
        found = list(cells(ask.json(ask.url, _question(piece))))
    except SourceError as error:
        if error.params.get("status") != TOO_MANY or expected < 2:
            raise
        for part in pieces(piece, expected // 2):
            yield from _asked(ask, bounds, part)
        return
    if len(found) != expected:
        raise CountError(expected, len(found))
    yield from found


def pieces(variables: Sequence[Variable], most: int) -> Iterator[tuple[Variable, ...]]:
    """The cube cut so that no piece has more than *most* cells, in the order of its variables."""
    room, steps = max(most, 1), dict[str, int]()
    for one in sorted(variables, key=lambda each: len(each.values)):
        steps[one.code] = max(1, min(len(one.values), room))
        room //= steps[one.code]
    cut = [
        [Variable(one.code, one.values[at : at + step]) for at in range(0, len(one.values), step)]
        for one in variables
        for step in [steps[one.code]]
    ]
    yield from product(*cut)


def _bounds(ask: Ask) -> Bounds:
    """What the server tells of itself; a server that does not is taken to have the usual ones."""
    try:
        found = ask.json(f"{ask.base}?config")
    except SourceError:
        return Bounds()
    told = cast("Mapping[str, Any]", found if isinstance(found, Mapping) else {})
    values = _number(told.get("maxValues"), CELLS)  # older servers tell this one alone
    return Bounds(
        _number(told.get("maxCells"), values), _number(told.get("maxCalls"), CALLS),
        float(_number(told.get("timeWindow"), int(WINDOW))),
    )  # fmt: skip


def _number(found: Any, usual: int) -> int:
    return found if isinstance(found, int) and found > 0 else usual


def _variables(document: Any, select: Mapping[str, Any]) -> list[Variable]:
    told = cast("Mapping[str, Any]", document if isinstance(document, Mapping) else {})
    try:
        found = [_variable(one, select) for one in cast("list[Any]", told.get("variables") or [])]
    except (KeyError, TypeError):
        raise ApiError("api_no_records") from None
    if not found:
        raise ApiError("api_no_records")
    for name in select:
        if name not in {one.code for one in found}:
            raise unknown(str(name), "")
    return found


def _variable(told: Mapping[str, Any], select: Mapping[str, Any]) -> Variable:
    code, listed = str(told["code"]), told["values"]
    values = tuple(map(str, listed or ()))
    if code not in select:
        if listed is None:  # a variable with more values than the server lists
            raise SourceError(
                "cube_unlisted", f"The server does not list the values of {code}: there are too many.",
                "Name those that are wanted in read.select.", variable=code,
            )  # fmt: skip
        return Variable(code, values)
    wanted = cast("list[Any]", select[code] if isinstance(select[code], list) else [select[code]])
    for one in wanted:
        if listed is not None and str(one) not in values:
            raise unknown(code, str(one))
    return Variable(code, tuple(map(str, wanted)))


def _question(piece: Sequence[Variable]) -> Question:
    asked = {
        "query": [
            {"code": one.code, "selection": {"filter": "item", "values": list(one.values)}} for one in piece
        ],
        "response": {"format": "json-stat2"},
    }
    body = json.dumps(asked, ensure_ascii=False).encode()
    return Question("POST", body, {"Content-Type": "application/json"})
