"""SDMX-CSV, 1.0 and 2.0: a line an observation, components by their ids, in any size."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from ckanext.roadmap.sources.tabular.base import unreadable

from .errors import SdmxError
from .structure import MEASURE

FIRST = ("DATAFLOW", "STRUCTURE")
LABELLED = re.compile(r"\s*([^:\s]+)\s*:\s(.*)", re.DOTALL)
"""Where a service writes names beside ids, a header and its cells are `ID: name`."""


def observations(file: IO[bytes], name: str, measure: str = MEASURE) -> Iterator[dict[str, str]]:
    """Each observation.

    :raises SourceError: it is no SDMX-CSV, or broken
    """
    lines = csv.reader(io.TextIOWrapper(file, encoding="utf-8-sig", newline=""), strict=True)
    try:
        header = next(lines, list[str]())
        names = [_id(cell).removesuffix("[]") for cell in header]
        if not names or names[0].partition("[")[0] not in FIRST or measure not in names:
            raise unreadable("SDMX-CSV", name, "header")
        labelled = {_id(cell) for cell in header if LABELLED.fullmatch(cell)}
        for cells in filter(None, lines):
            if len(cells) != len(names):
                raise unreadable("SDMX-CSV", name, f"line {lines.line_num}")
            found = dict(zip(names, cells, strict=True))
            if found.get("ACTION") == "D":
                raise SdmxError("sdmx_delete")
            found[MEASURE] = found.pop(measure)
            yield {key: _id(cell) if key in labelled else cell for key, cell in found.items() if cell}
    except (csv.Error, UnicodeDecodeError) as error:
        raise unreadable("SDMX-CSV", name, type(error).__name__) from None


def _id(cell: str) -> str:
    found = LABELLED.fullmatch(cell)
    return found.group(1) if found else cell.strip()
