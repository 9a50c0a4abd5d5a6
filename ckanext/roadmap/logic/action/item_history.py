"""The history of an item over list versions."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic.dictize_list import version_then
from ckanext.roadmap.logic.schema import lists as schema
from ckanext.roadmap.model import ItemRevision, ListCorrection
from ckanext.roadmap.presentation import approved_list
from ckanext.roadmap.services import clock, list_content, lists


@tk.side_effect_free
@tk.validate_action_data(schema.item_show)
def roadmap_item_history(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """Tell what each approved list says of an item, newest first, and what each changed.

    :param code: the item's code, for example E-01
    :type code: string
    :param as_of: only what was known at a past day or instant (optional)
    :type as_of: string
    :returns: for each version: version, item (see :py:func:`roadmap_item_show`), changes since the version
        before (field, before, after), corrections (act, reason, recorded_at, changes)
    :rtype: list of dicts
    :raises ObjectNotFound: no approved list has such an item
    """
    tk.check_access("roadmap_item_history", context, data_dict)
    code = data_dict["code"]
    as_of = data_dict.get("as_of") or clock.now()
    ends = {row.id: (row, until) for row, until in lists.known(model.Session(), as_of)}
    rows = model.Session.execute(ItemRevision.approved_of_item(code)).tuples()
    found = [(revision, version) for revision, version in rows if version.id in ends]
    if not found:
        raise tk.ObjectNotFound(tk._("No approved list has the item {code}").format(code=code))
    told: list[dict[str, Any]] = []
    before: dict[str, str] | None = None
    for revision, version in found:
        row = list_content.row(code, revision)
        cells, corrections = approved_list.cells(row), _corrections(revision.id)
        told.append(
            {
                "version": version_then(*ends[version.id]),
                "item": row,
                "changes": _changes(before, _as_approved(cells, corrections)),
                "corrections": corrections,
            }
        )
        before = cells
    return told[::-1]


def _as_approved(cells: dict[str, str], corrections: list[dict[str, Any]]) -> dict[str, str]:
    """The cells before they were corrected."""
    found = dict(cells)
    for correction in reversed(corrections):
        found |= {field: before for field, (before, _after) in correction["changes"].items()}
    return found


def _changes(before: dict[str, str] | None, after: dict[str, str]) -> list[dict[str, str]]:
    fields = after if before else {}
    return [
        {"field": field, "before": (before or {})[field], "after": after[field]}
        for field in fields
        if (before or {})[field] != after[field]
    ]


def _corrections(revision_id: str) -> list[dict[str, Any]]:
    return [
        {
            "act": row.act,
            "reason": row.reason,
            "recorded_at": row.recorded_at.isoformat(),
            "changes": row.changes,
        }
        for row in model.Session.scalars(ListCorrection.of_revision(revision_id))
    ]
