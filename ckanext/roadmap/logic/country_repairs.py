"""What to fix first in the whole country, from the sheets of what everybody owes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from ckanext.roadmap.logic import dictize, dictize_figures, sheets
from ckanext.roadmap.services import compliance, country, repairs
from ckanext.roadmap.services import sheets as kept
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.compliance import Scope
from ckanext.roadmap.services.repairs import Entry

MOST_MISSING = 300  # sheets that a reader waits for; more are made by a background job


def plan(session: Session, scope: Scope, limit: int) -> dict[str, Any] | None:
    """The repairs of the present, the heaviest first; None while too many sheets are missing."""
    rows, missing = kept.outlooks(session, scope.as_of)
    if len(missing) > MOST_MISSING:
        return None
    if missing:
        kept.make_sheets(session, missing, scope.tz, sheets.maker(scope))
        rows, _ = kept.outlooks(session, scope.as_of)
    bodies = {body.id: body for body in country.faces(session, scope, list({row.body_id for row in rows}))}
    found = [row for row in rows if row.body_id in bodies and scope.sphere in (None, row.sphere)]
    told = dictize_figures.plan(
        repairs.of_entries([_entry(row, bodies[row.body_id]) for row in found], scope),
        limit,
        lambda row: {
            "id": row.obligation_id,
            "item": {"code": row.item_code, "of": row.obligation_id},
            "body": dictize.body(bodies[row.body_id]),
            "status": None,
            "dataset": None,
        },
    )
    return _filled(session, scope, told)


def _entry(row: Any, body: Face) -> Entry[Any]:
    now, gain = sheets.outlook(row.outlook)
    return Entry(f"{row.item_code} {body.code} {row.obligation_id}", row, now, gain)


def _filled(session: Session, scope: Scope, told: dict[str, Any]) -> dict[str, Any]:
    """With what a page shows of the obligations and items that it names."""
    named = {one["item"]["of"] for one in (*told["obligations"], *told["items"])}
    wide = replace(scope, kind=None, sphere=None, q=None)
    found = compliance.assess_all(session, wide, named) if named else []
    rows = {one.owed.id: dictize.obligation(one) for one in found}
    return {
        **told,
        "obligations": [_known(one, rows, "item", "status", "dataset") for one in told["obligations"]],
        "items": [_known(one, rows, "item") for one in told["items"]],
    }


def _known(one: dict[str, Any], rows: Mapping[str, dict[str, Any]], *names: str) -> dict[str, Any]:
    row = rows[one["item"]["of"]]
    return {**one, **{name: row[name] for name in names}}
