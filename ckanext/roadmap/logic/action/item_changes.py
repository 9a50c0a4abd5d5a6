"""Actions on the changes of a draft: who changed what and when, and undo."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic.action.lists import find, hand
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import item_changes as schema
from ckanext.roadmap.model import ItemChangeRow
from ckanext.roadmap.services import bodies, item_undo
from ckanext.roadmap.services.item_undo import Noted


@tk.side_effect_free
@tk.validate_action_data(schema.item_change_list)
def roadmap_item_change_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List what was changed in a version while it was a draft: by whom, when, each field before and after.

    :param year: year of the list
    :type year: int
    :param number: number within the year
    :type number: int
    :param code: only the changes of the item of this code (optional)
    :type code: string
    :param limit: how many (default 50, at most 500)
    :type limit: int
    :param offset: how many to pass over, from the newest
    :type offset: int
    :returns: count, and changes, newest first: id, code, kind (added, changed, removed), fields (field,
        before, after), by, recorded_at, undoes, undone_by, is_undoable
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    """
    tk.check_access("roadmap_item_change_list", context, data_dict)
    version = find(context, data_dict["year"], data_dict["number"])
    page = (data_dict["limit"], data_dict["offset"])
    total, found = item_undo.noted(model.Session(), version, data_dict.get("code"), *page)
    return {"count": total, "changes": [_dictize(one) for one in found]}


@tk.validate_action_data(schema.item_change_undo)
def roadmap_item_change_undo(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Undo a change of a draft: the item stands again as before it. The undoing is a change of its own.

    :param id: id of the change; see :py:func:`roadmap_item_change_list`
    :type id: string
    :returns: year, number, code of the item
    :rtype: dict
    :raises ObjectNotFound: there is no such change
    :raises ValidationError: the version is no draft any more, the change is undone already, or a later
        change stands on it
    """
    tk.check_access("roadmap_item_change_undo", context, data_dict)
    session = model.Session()
    row = session.get(ItemChangeRow, data_dict["id"])
    if row is None:
        raise tk.ObjectNotFound(tk._("There is no such change."))
    with as_validation_error("id"):
        version, code = item_undo.undo(session, hand(context), row, bodies.load_register(session))
    session.commit()
    return {"year": version.year, "number": version.number, "code": code}


def _dictize(one: Noted) -> dict[str, Any]:
    row = one.row
    return {
        "id": row.id,
        "code": one.code,
        "kind": row.kind,
        "fields": [
            {"field": name, "before": before, "after": after} for name, (before, after) in row.changes.items()
        ],
        "by": row.by,
        "recorded_at": row.recorded_at.isoformat(),
        "undoes": row.undoes,
        "undone_by": one.undone_by,
        "is_undoable": one.is_undoable,
    }
