"""Reads an ODIN assessment for what it found missing: elements of coverage without data."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, cast

from ckanext.roadmap.domain.errors import RoadmapError

COVERAGE = range(1, 6)


@dataclass(frozen=True, slots=True)
class OdinGap:
    """One element of coverage that a category lacks; `place` is the category's in the assessment."""

    place: int
    element: int
    mark: float
    year: int
    title: str
    recommended: str
    criterion: str


def read_gaps(content: bytes, *, partly: bool = False) -> list[OdinGap]:
    """The gaps of an assessment, in its order; elements that do not apply (no mark, or -1) are none.

    :param partly: take half marks for gaps too
    :raises RoadmapError: the file is no assessment
    """
    try:
        return _gaps(json.loads(content), 0.5 if partly else 0.0)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise RoadmapError(
            "odin_file", "The file is no ODIN assessment. Give its JSON with categories, criteria and marks."
        ) from error


def _gaps(told: Any, most: float) -> list[OdinGap]:
    categories = {one["categoryId"]: (place, one) for place, one in enumerate(told["categories"], start=1)}
    criteria = {one["criteriaId"]: str(one["criteria"]).strip() for one in told["criteria"]}
    found: list[OdinGap] = []
    for marks in cast("list[dict[str, Any]]", told["marks"]):
        place, category = categories[marks["categoryId"]]
        for element in COVERAGE:
            mark = marks[f"criteria{element}Val"]
            if mark is None or not 0 <= float(mark) <= most:
                continue
            found.append(
                OdinGap(
                    place=place,
                    element=element,
                    mark=float(mark),
                    year=int(told["year"]),
                    title=str(category["category1"]),
                    recommended=str(category["recommendedDisaggregation"]),
                    criterion=criteria[element],
                )
            )
    return found
