"""Data that are taken down are out of reach, and their dataset stays private, to sysadmins' edits too."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import roles
from ckanext.roadmap.services import takedowns


@tk.chained_action
def package_update(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    """Refuse to make a dataset public while data in it are taken down; the portal's loads keep it private.

    :param id: name or id of the dataset
    :type id: string
    :raises ValidationError: data in it are taken down
    """
    found = model.Package.get(data_dict.get("id") or data_dict.get("name") or "")
    if found is None or not takedowns.stands(model.Session(), dataset_id=found.id):
        return original(context, data_dict)
    if not context.get("ignore_auth") and not tk.asbool(data_dict.get("private", True)):
        tk.check_access("package_update", context, data_dict)
        raise tk.ValidationError({"private": [_refusal()]})
    return original(context, {**data_dict, "private": True})


@tk.chained_action
def bulk_update_public(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    """Refuse to make datasets public while data in one of them are taken down.

    :param datasets: ids of the datasets
    :type datasets: list of strings
    :raises ValidationError: data in one of them are taken down
    """
    tk.check_access("bulk_update_public", context, data_dict)
    names = data_dict.get("datasets") or []
    found = [model.Package.get(name) for name in names]
    if any(one and takedowns.stands(model.Session(), dataset_id=one.id) for one in found):
        raise tk.ValidationError({"datasets": [_refusal()]})
    return original(context, data_dict)


@tk.chained_action
@tk.side_effect_free
def resource_view_list(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    """List no views of data that are taken down, so that the resource's page still tells what it is.

    :param id: id of the resource
    :type id: string
    """
    if not takedowns.stands(model.Session(), resource_id=data_dict.get("id", "")):
        return original(context, data_dict)
    try:
        tk.check_access("resource_view_list", context, data_dict)
    except tk.NotAuthorized:
        resource = model.Resource.get(data_dict["id"])
        tk.check_access("package_show", context, {"id": resource.package_id if resource else None})
    return []


@tk.auth_allow_anonymous_access
@tk.chained_auth_function
def resource_show(
    next_auth: types.AuthFunction, context: types.Context, data_dict: types.DataDict | None
) -> types.AuthResult:
    """Data that are taken down are read by those alone who must judge them: file, table and API alike."""
    asked = data_dict or {}
    answer = next_auth(context, asked)
    resource = context.get("resource")
    id_ = resource.id if resource is not None else asked.get("id", "")
    if not answer.get("success") or not takedowns.stands(model.Session(), resource_id=id_):
        return answer
    return roles.allow_if(roles.is_coordinator(context) or roles.is_auditor(context), "auditor")


def _refusal() -> str:
    return tk._(
        "Personal data in this dataset are taken down, so it stays private until the takedown is dismissed "
        "or the cleaned data are let back."
    )


ACTIONS: dict[str, types.ChainedAction] = {
    "package_update": package_update,
    "bulk_update_public": bulk_update_public,
    "resource_view_list": resource_view_list,
}

AUTHS: dict[str, types.ChainedAuthFunction] = {"resource_show": resource_show}
