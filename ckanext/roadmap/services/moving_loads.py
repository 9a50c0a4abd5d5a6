"""The rows of a dataset that moves here, for the load engine."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from ckanext.roadmap import config
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.domain.origin import RowsState
from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan
from ckanext.roadmap.loading.report import LoadReport, Outcome
from ckanext.roadmap.loading.strictness import GateSettings
from ckanext.roadmap.model import MovedDataset
from ckanext.roadmap.services.mappings import column_info
from ckanext.roadmap.services.moving_readings import rows_stamp
from ckanext.roadmap.sources.catalogues.base import RowColumn

MOST_BYTES = 63
_REFUSED = re.compile(r'["%\x00-\x1f]')


def columns_of(found: Sequence[RowColumn]) -> list[dict[str, Any]]:
    """Columns as they will be called here: as there, but for what the DataStore cannot hold in a name."""
    taken, columns = set[str](), list[dict[str, Any]]()
    for place, column in enumerate(found, 1):
        name = _safe(column.name) or f"column {place}"
        if name in taken:
            name = f"{name[:40]} {place}"
        taken.add(name)
        columns.append({"name": name, "source": column.name, "title": column.title.to_dict()})
    return columns


def plan_of(row: MovedDataset, run_id: str) -> LoadPlan:
    """What the load engine has to do for the rows of a dataset."""
    return LoadPlan(
        run_id=run_id,
        mapping_id=row.id,
        resource_id=row.resource_id,
        schema="",
        table=row.key,
        columns=tuple(_column(column) for column in row.columns or []),
        gates=GateSettings(**{**config.gates(), "two_keys": False}),
        approved=frozenset(row.approved or ()),
    )


def note(row: MovedDataset, report: LoadReport) -> None:
    """Write down how a load ended."""
    row.rows_digest, row.rows_run, row.rows_reason = rows_stamp(row), None, None
    if report.outcome == Outcome.HELD:
        row.rows_state, row.rows_reason = str(RowsState.held), {"findings": report.findings}
    else:
        row.rows_state, row.rows = str(RowsState.loaded), report.rows_in


def note_failure(row: MovedDataset, error: RoadmapError) -> None:
    """Write down why the rows could not be loaded; the next harvest tries again."""
    row.rows_state, row.rows_digest = str(RowsState.failed), None
    row.rows_reason = {"code": error.code, "message": str(error), "params": dict(error.params)}


def _column(column: dict[str, Any]) -> ColumnPlan:
    info, comment = column_info(column), None
    if info:  # the form in which the DataStore keeps its data dictionary; the blank marks its version
        comment = " " + json.dumps({"_info": info}, ensure_ascii=False, separators=(",", ":"))
    return ColumnPlan(column["name"], column["source"], None, comment)


def _safe(name: str) -> str:
    plain = _REFUSED.sub(" ", name).strip().lstrip("_")
    return plain.encode()[:MOST_BYTES].decode(errors="ignore").strip()
