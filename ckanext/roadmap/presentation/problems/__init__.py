"""Texts for the codes of errors, in the reader's language: the border translates what `tell` finds here.

A code is looked up as `code:column` first (an item's column, a mapping's field), then as `code`.
A new code gets its entry in the file of its topic, and its Uzbek and Russian in `i18n/`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import Any, cast

from ckanext.roadmap.presentation import contract
from ckanext.roadmap.presentation.marks import Message, Places
from ckanext.roadmap.presentation.marks import mark as _

from .acts import ACTS
from .bodies import BODIES
from .checks import CHECKS
from .dockets import DOCKETS
from .fetches import FETCHES
from .files import FILES
from .gates import GATES
from .links import LINKS
from .lists import LISTS
from .loads import LOADS
from .mappings import MAPPINGS
from .portals import PORTALS
from .problem import CELL, EMPTY_CELL, Problem
from .sheets import SHEETS
from .suggestions import SUGGESTIONS
from .systems import SYSTEMS
from .takedowns import TAKEDOWNS

PROBLEMS: dict[str, Problem] = {
    **SHEETS,
    **BODIES,
    **LISTS,
    **MAPPINGS,
    **LOADS,
    **GATES,
    **ACTS,
    **DOCKETS,
    **SUGGESTIONS,
    **FETCHES,
    **FILES,
    **CHECKS,
    **LINKS,
    **SYSTEMS,
    **TAKEDOWNS,
    **PORTALS,
}
ROW = _("Row {row}, column {column}:")
FIELD = _("Mapping {mapping}, field {field}:")


@dataclass(frozen=True, slots=True)
class Told:
    """An error in words still to be translated: where (if the error names a place), what, what to do."""

    place: Message | None
    problem: tuple[Message, ...]
    remedy: Message | None


def tell(code: str, params: Mapping[str, object]) -> Told | None:
    """The words of an error; None where the code has none, or lacks a value that they name."""
    values = {name: _written(value) for name, value in params.items()}
    if regions := params.get("regions"):
        values["named"] = Places(tuple(cast("Iterable[str]", regions)))
    found = _entry(code, values)
    if found is None or not _is_filled(found.problem + found.remedy, values):
        return None
    text = EMPTY_CELL if found.problem == CELL and not values["value"] else found.problem
    problem = [Message(text, params=values)]
    if found.hint and _is_filled(found.hint, {name: value for name, value in values.items() if value}):
        problem.append(Message(found.hint, params=values))
    problem += _broken(params)
    remedy = Message(found.remedy, params=values) if found.remedy else None
    return Told(_place(values), tuple(problem), remedy)


def names_in(text: str) -> frozenset[str]:
    """The params that a text names."""
    return frozenset(name for _text, name, _form, _conversion in Formatter().parse(text) if name)


def _entry(code: str, values: Mapping[str, object]) -> Problem | None:
    column = values.get("column") or values.get("field")
    return PROBLEMS.get(f"{code}:{column}") or PROBLEMS.get(code)


def _is_filled(text: str, values: Mapping[str, object]) -> bool:
    return names_in(text) <= values.keys()


def _place(values: Mapping[str, object]) -> Message | None:
    text = next((text for text in (ROW, FIELD) if _is_filled(text, values)), None)
    return Message(text, params=values) if text else None


def _broken(params: Mapping[str, object]) -> list[Message]:
    """The rules of a quality contract that an error names, each with what was found."""
    rules = cast("Iterable[Mapping[str, Any]]", params.get("broken") or ())
    return [message for one in rules if (message := contract.words(one))]


def _written(value: object) -> object:
    """Names of a list side by side; nothing is written as nothing."""
    if isinstance(value, list | tuple):
        return ", ".join(map(str, cast("Iterable[object]", value)))
    return "" if value is None else value
