"""What a load would do, without doing it; and loads of a single file into a resource."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ckanext.roadmap import config
from ckanext.roadmap.loading.datastore import live, open_datastore
from ckanext.roadmap.loading.plan import ColumnPlan, LoadPlan, SourceAccess
from ckanext.roadmap.loading.report import LoadReport
from ckanext.roadmap.model.columns import new_id
from ckanext.roadmap.sources.delimited import look
from ckanext.roadmap.sources.limits import Limits

FILE = "file"
SHAPE = """
    SELECT a.attname, format_type(a.atttypid, NULL) FROM pg_attribute a
    WHERE a.attrelid = to_regclass(%s) AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attname NOT IN ('_id', '_full_text') ORDER BY a.attnum"""


@dataclass(slots=True)
class Shape:
    """How the columns of a table would change."""

    added: list[str] = field(default_factory=list[str])
    removed: list[str] = field(default_factory=list[str])
    retyped: list[tuple[str, str, str]] = field(default_factory=list[tuple[str, str, str]])


def file_plan(path: Path, resource_id: str, key: tuple[str, ...]) -> LoadPlan:
    """A plan to load a CSV file as it is, with the types that all its rows allow."""
    columns = tuple(ColumnPlan(name, name) for name in look(path).header)
    return LoadPlan(
        run_id=new_id(), mapping_id=FILE, resource_id=resource_id, schema="", table=path.name,
        columns=columns, key=key, row_floor=0,
    )  # fmt: skip


def file_access(path: Path) -> SourceAccess:
    """The way to a file of this machine."""
    return SourceAccess(path.resolve().as_uri(), Limits(**config.load_seconds()))


def shape_change(url: str, resource_id: str, report: LoadReport) -> Shape:
    """Columns that would come, go, or get another type."""
    with closing(open_datastore(url, read_only=True)) as store, store.cursor() as cursor:
        cursor.execute(SHAPE, (live(resource_id).as_string(cursor),))
        before: dict[str, str] = dict(cursor.fetchall())
        after = {
            name: _canonical(cursor, kind) for name, kind in zip(report.columns, report.types, strict=True)
        }
    if not before:
        return Shape()
    return Shape(
        [name for name in after if name not in before],
        [name for name in before if name not in after],
        [(name, before[name], kind) for name, kind in after.items() if before.get(name, kind) != kind],
    )


def _canonical(cursor: Any, kind: str) -> str:
    cursor.execute("SELECT format_type(to_regtype(%s), NULL)", (kind.partition("(")[0],))
    return cursor.fetchone()[0] or kind
