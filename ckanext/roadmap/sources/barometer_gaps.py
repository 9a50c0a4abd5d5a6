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
        rows = csv.DictReader(io.StringIO(content.decode("utf-8-sig").replace("\0", ""), newline=""))
        assessed = [_gap(row, year) for row in rows if _is_assessed(row)]
    except (ValueError, TypeError, AttributeError, csv.Error) as error:
        raise _no_sheet() from error
    if not assessed:
        raise _no_sheet()
    return [gap for gap in assessed if is_gap(gap.mark, gap.full, partly=partly)]


def _is_assessed(row: dict[str, str]) -> bool:
    is_whole = row["pillar"] == "Availability" and row["question_type"] == "main question"
    return is_whole and bool(row["score"])


def _gap(row: dict[str, str], year: int) -> Gap:
    asked = row["question_text"].strip()
    title = row["indicator_name"].rpartition(": ")[2].strip()
    return Gap(row["indicator_id"], title, year, float(row["score"]), FULL, criterion=asked, what=asked)


def _no_sheet() -> RoadmapError:
    text = "The file is no answer sheet of the Barometer. Give its CSV of the country."
    return RoadmapError("barometer_file", text)
