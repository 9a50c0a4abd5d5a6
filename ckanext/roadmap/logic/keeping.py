"""Organizations that carry obligations are kept: CKAN's ways to delete them refuse, to sysadmins too."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.model import Body, ObligationTerm


@tk.chained_action
def organization_delete(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    """Refuse to delete an organization that carries obligations.

    :param id: name or id of the organization
    :type id: string
    :raises ValidationError: it carries obligations
    """
    _refuse_if_obliged("organization_delete", context, data_dict)
    return original(context, data_dict)


@tk.chained_action
def organization_purge(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    """Refuse to purge an organization that carries obligations.

    :param id: name or id of the organization
    :type id: string
    :raises ValidationError: it carries obligations
    """
    _refuse_if_obliged("organization_purge", context, data_dict)
    return original(context, data_dict)


@tk.chained_action
def group_delete(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    """Refuse to delete an organization that carries obligations as if it were a group.

    :param id: name or id of the group
    :type id: string
    :raises ValidationError: it carries obligations
    """
    _refuse_if_obliged("group_delete", context, data_dict)
    return original(context, data_dict)


@tk.chained_action
def group_purge(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    """Refuse to purge an organization that carries obligations as if it were a group.

    :param id: name or id of the group
    :type id: string
    :raises ValidationError: it carries obligations
    """
    _refuse_if_obliged("group_purge", context, data_dict)
    return original(context, data_dict)


@tk.chained_action
def organization_update(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    """Refuse to set the state of an organization that carries obligations to deleted.

    :param id: name or id of the organization
    :type id: string
    :raises ValidationError: it carries obligations
    """
    if data_dict.get("state") == "deleted":
        _refuse_if_obliged("organization_update", context, data_dict)
    return original(context, data_dict)


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


ACTIONS: dict[str, types.ChainedAction] = {
    "organization_delete": organization_delete,
    "organization_purge": organization_purge,
    "organization_update": organization_update,
    "group_delete": group_delete,
    "group_purge": group_purge,
}
