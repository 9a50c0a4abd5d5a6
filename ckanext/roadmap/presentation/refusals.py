"""The error of something that is refused; its words stand with those of all errors."""

from __future__ import annotations

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.presentation.problems import PROBLEMS


def refusal(code: str, **params: str) -> RoadmapError:
    """The error of a refusal; the border puts it into the reader's language."""
    told = PROBLEMS[code]
    return RoadmapError(code, f"{told.problem} {told.remedy}".format(**params).strip(), **params)
