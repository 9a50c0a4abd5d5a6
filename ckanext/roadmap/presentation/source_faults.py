"""Faults of sources as somebody else tells them: their code and values, in our own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from ckanext.roadmap.domain.errors import RoadmapError

from .problems import names_in
from .problems.loads import OF_SOURCES
from .refusals import refusal

LONGEST = 200
"""Characters of a value that is taken from outside."""


class ToldError(RoadmapError):
    """What an agent found at its source."""

    def __init__(self, code: str, message: str, remedy: str, params: Mapping[str, str]) -> None:
        super().__init__(code, f"{message} {remedy}".strip(), **params)
        self.message, self.remedy = message, remedy


def fault(code: str, params: Mapping[str, object]) -> ToldError:
    """The fault of a code; of its values those alone that its words name.

    :raises RoadmapError: there is no such code for sources, or a value is missing
    """
    told = OF_SOURCES.get(code)
    if told is None:
        raise refusal("push_fault_unknown", fault=code[:LONGEST])
    named = sorted(names_in(told.problem + told.remedy))
    if missing := [name for name in named if name not in params]:
        raise refusal("push_fault_value", fault=code, names=", ".join(missing))
    values = {name: _short(params[name]) for name in named}
    return ToldError(code, told.problem.format(**values), told.remedy.format(**values), values)


def _short(value: object) -> str:
    found = cast("list[object]", value) if isinstance(value, list) else [value]
    return ", ".join(map(str, found))[:LONGEST]
