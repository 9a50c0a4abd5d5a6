"""Reads the Global Data Barometer's own file of a country for the data that it did not find open."""

from __future__ import annotations

import csv
import io

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.rating import Gap, is_gap

COLUMNS = frozenset({"pillar", "indicator_id", "indicator_name", "question_type", "question_text", "score"})
FULL = 100.0


def is_own_file(content: bytes) -> bool:
    """Whether the header is that of the Barometer's own file."""
    header = content[:4096].decode("utf-8-sig", "replace").partition("\n")[0]
    return set(header.strip().split(",")) >= COLUMNS


def read_barometer(content: bytes, year: int, *, partly: bool = False) -> list[Gap]:
    """The datasets of the pillar of availability that got no points, in the file's order.

    :param year: the round; the file does not tell it
    :param partly: take datasets with at most half of the points for gaps too
    :raises RoadmapError: the file can't be read
    """
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig").replace("\0", ""), newline="")))
        return [
            Gap(
                key=row["indicator_id"],
                title=row["indicator_name"].rpartition(": ")[2].strip(),
                year=year,
                mark=float(row["score"]),
                full=FULL,
                criterion=row["question_text"].strip(),
                what=row["question_text"].strip(),
            )
            for row in rows
            if row["pillar"] == "Availability" and row["question_type"] == "main question" and row["score"]
            if is_gap(float(row["score"]), FULL, partly=partly)
        ]
    except (ValueError, TypeError, AttributeError, csv.Error) as error:
        text = "The file is no answer sheet of the Barometer. Give its CSV of the country."
        raise RoadmapError("barometer_file", text) from error
