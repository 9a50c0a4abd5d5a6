"""Organizations that carry obligations are kept: CKAN's ways to delete them refuse, to sysadmins too."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.model import Body, ObligationTerm


def _refuse_if_obliged(way: str, context: types.Context, data_dict: dict[str, Any]) -> None:
    group = model.Group.get(data_dict.get("id") or "")
    count = model.Session.scalar(ObligationTerm.count_of_body(Body.by_organization(group.id))) if group else 0
    if not count:
        return
    tk.check_access(way, context, data_dict)
    text = tk.ungettext(
        "This organization carries {count} obligation of the approved list, so it can't be deleted: its "
        "ledger would lose its owner. If the body has ended, record its succession.",
        "This organization carries {count} obligations of the approved list, so it can't be deleted: its "
        "ledger would lose its owner. If the body has ended, record its succession.",
        count,
    )
    raise tk.ValidationError({"message": text.format(count=count)})


def _keeping(name: str) -> types.ChainedAction:
    def keep(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
        if name not in EDITS or data_dict.get("state") == "deleted":
            _refuse_if_obliged(name, context, data_dict)
        return original(context, data_dict)

    keep.__name__ = name
    keep.__doc__ = """Refuse to delete an organization that carries obligations.

    :param id: name or id of the organization
    :type id: string
    :raises ValidationError: it carries obligations
    """
    return tk.chained_action(keep)


ENDS = ("organization_delete", "organization_purge", "group_delete", "group_purge")
EDITS = ("organization_update", "group_update")
"""They end an organization only where they set its state to deleted."""
ACTIONS: dict[str, types.ChainedAction] = {name: _keeping(name) for name in (*ENDS, *EDITS)}
