"""The classifier of districts, as the operator keeps it: a CSV file with the codes among its columns."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.region import DISTRICT_LENGTH, REGION_LENGTH, region_of

LIST = "districts"


class DistrictsError(RoadmapError):
    """A classifier that cannot be read."""


def read_districts(path: Path) -> tuple[str, ...]:
    """The codes of a file: its first column with nothing but codes of districts and of places on their level.

    :raises DistrictsError: there is no such file, or no such column in it
    """
    try:
        rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error):
        rows = []
    for column in zip(*rows[1:], strict=False):
        codes = {cell.strip() for cell in column}
        if all(map(is_inside, codes)) and any(len(code) == DISTRICT_LENGTH for code in codes):
            return tuple(sorted(codes))
    raise DistrictsError(
        "districts_unreadable",
        f"The classifier of districts, {path.name}, cannot be read.",
        file=path.name,
    )


def is_inside(code: str) -> bool:
    """Whether a code stands for something in a region, and not for the region."""
    return len(code) > REGION_LENGTH and region_of(code) is not None


def with_districts(contract: Iterable[Mapping[str, Any]], path: Path | None) -> tuple[Mapping[str, Any], ...]:
    """The rules of a contract; those on districts name every code, if there is a classifier.

    :raises DistrictsError: it cannot be read
    """
    rules = tuple(contract)
    if path is None or not any(one.get("list") == LIST for one in rules):
        return rules
    codes = list(read_districts(path))
    return tuple({**one, "values": codes} if one.get("list") == LIST else one for one in rules)
