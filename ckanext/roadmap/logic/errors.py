"""Turns the domain's errors into CKAN's, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.domain.errors import ListError, RoadmapError
from ckanext.roadmap.presentation import problems
from ckanext.roadmap.services.speaking import say


@contextmanager
def as_validation_error(field: str) -> Iterator[None]:
    """Undo what a use case began when it refuses its input, and say why under *field*."""
    try:
        yield
    except RoadmapError as error:
        model.Session.rollback()
        raise tk.ValidationError({field: [in_words(error)]}) from error


def in_words(error: RoadmapError) -> str:
    """Where, what, and what to do; an error without an entry speaks English."""
    told = problems.tell(error.code, error.params)
    if told is None:
        return str(error)
    parts = [told.place, *told.problem, told.remedy]
    return " ".join(say(part) for part in parts if part)


def cell_in_words(fault: ListError) -> str:
    """What is wrong with a cell of the one thing at hand: it has no row."""
    params = {name: value for name, value in fault.params.items() if name != "row"}
    return in_words(RoadmapError(fault.code, str(fault).partition(": ")[2], **params))


def run_in_words(error: Mapping[str, Any]) -> dict[str, str]:
    """The error of a run as `problem` and `remedy`; one without an entry speaks English, as it is stored."""
    told = problems.tell(error["code"], error.get("params") or {})
    if told is None:
        return {"problem": error.get("message") or error["code"], "remedy": error.get("remedy", "")}
    problem = " ".join(map(say, told.problem))
    return {"problem": problem, "remedy": say(told.remedy) if told.remedy else ""}
