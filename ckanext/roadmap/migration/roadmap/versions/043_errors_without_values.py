"""Errors of runs that an older version kept with a value of the refused row keep their code and place only.

Revision ID: 043
Revises: 042
Create Date: 2026-11-26
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "043"
down_revision = "042"
branch_labels = None
depends_on = None

RUNS, OBJECTS = "roadmap_run", "harvest_object_error"
PLACE = re.compile(r"^COPY .*?, line (\d+)(?:, column (.*?))?(?:: |$)")
KEY = re.compile(r"\((.*?)\)=\(")
COUNTS = re.compile(r"(?:Row #\d+: )?Expected \d+ columns, got \d+|^> \d+$")
QUOTED = re.compile(r"""["'«“‘].*["'»”’]""", re.DOTALL)

Params = dict[str, Any]


def upgrade() -> None:
    bind = op.get_bind()
    has_harvest = sa.inspect(bind).has_table(OBJECTS)
    runs = sa.text(f"SELECT id, harvest_object_id, error FROM {RUNS} WHERE error->>'code' IN :codes")  # noqa: S608
    asked = runs.bindparams(sa.bindparam("codes", list(CLEAN), expanding=True))
    for run_id, object_id, error in bind.execute(asked).all():
        cleaned = without_value(error)
        if cleaned == error:
            continue
        values = {"error": json.dumps(cleaned), "id": run_id}
        bind.execute(sa.text(f"UPDATE {RUNS} SET error = CAST(:error AS jsonb) WHERE id = :id"), values)  # noqa: S608
        if has_harvest and object_id:
            told = f"{cleaned['message']} {cleaned['remedy']} (run {run_id}, phase {cleaned['phase']})"
            update = sa.text(f"UPDATE {OBJECTS} SET message = :told WHERE harvest_object_id = :id")  # noqa: S608
            bind.execute(update, {"told": told, "id": object_id})


def downgrade() -> None:
    """What was told of a value is gone."""


def without_value(error: dict[str, Any]) -> dict[str, Any]:
    """An error as it is kept now; one that is kept so already stays as it is."""
    params, (clean, message) = error.get("params") or {}, CLEAN[error["code"]]
    cleaned = clean(params)
    if cleaned == params:
        return error
    return {**error, "params": cleaned, "message": message.format(**cleaned)}


def _refused(params: Params) -> Params:
    if "place" not in params:
        return params
    row, column = (PLACE.findall(params["place"]) or [("-", "-")])[0]
    return {"row": row, "column": column or "-", "detail": _unquoted(params.get("detail"))}


def _unique(params: Params) -> Params:
    if "columns" in params:
        return params
    found = KEY.search(params.get("detail") or "")
    return {"columns": found[1] if found else "-"}


def _rows(params: Params) -> Params:
    found = COUNTS.search(params.get("detail") or "")
    return {**params, "detail": found[0] if found else "-"}


def _quoted(params: Params) -> Params:
    return {**params, "detail": _unquoted(params["detail"])} if params.get("detail") else params


def _unquoted(detail: str | None) -> str:
    return QUOTED.sub("…", detail or "-")


CLEAN: dict[str, tuple[Callable[[Params], Params], str]] = {
    "value_refused": (
        _refused,
        "A value does not fit its column's type: row {row}, column {column} ({detail}).",
    ),
    "not_unique": (_unique, "The new rows break a unique key of the table: {columns}."),
    "file_rows": (_rows, "The rows of the file cannot be read ({detail})."),
    "staging_refused": (_quoted, "The rows could not be staged: {detail}."),
    "datastore_refused": (_quoted, "The DataStore refused a step: {detail}."),
    "unreachable": (_quoted, "The source cannot be read."),
}
