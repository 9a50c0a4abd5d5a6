"""Actions on the register of bodies."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import bodies as schema
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import bodies, clock
from ckanext.roadmap.sources.bodies import BodyDraft, read_bodies, read_successions


@tk.side_effect_free
def roadmap_body_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the register of obliged bodies, by code.

    :returns: bodies; see :py:func:`roadmap_body_show` for the keys
    :rtype: list of dicts
    """
    tk.check_access("roadmap_body_list", context, data_dict)
    rows = model.Session.scalars(Body.select_all()).all()
    names = {row.id: row.name for row in rows}
    return [_dictize(row, names) for row in rows]


@tk.side_effect_free
@tk.validate_action_data(schema.body_show)
def roadmap_body_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show one body.

    :param name: name of the body (of its organization)
    :type name: string
    :returns: id, name, code, stir, title (by language), kind, parent (a name), region_soato, valid_from,
        valid_to, organization_id
    :rtype: dict
    :raises ObjectNotFound: no body has that name
    """
    tk.check_access("roadmap_body_show", context, data_dict)
    row = model.Session.scalars(Body.by_name(data_dict["name"])).first()
    if row is None:
        raise tk.ObjectNotFound(tk._("No body has the name {name}").format(name=data_dict["name"]))
    parent = model.Session.get(Body, row.parent_id) if row.parent_id else None
    return _dictize(row, {parent.id: parent.name} if parent else {})


@tk.validate_action_data(schema.body_import)
def roadmap_body_import(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Import the register of bodies, all or nothing; the same file twice changes nothing.

    An organization is made for each body that has none.

    :param upload: CSV or XLSX with the columns name, code, title_uz, title_ru, title_en, kind, parent,
        region_soato; optional: title_uz_cyrl, stir, valid_from, valid_to
    :type upload: FileStorage
    :param successions: CSV or XLSX with the columns body, from_body, kind, effective (optional)
    :type successions: FileStorage
    :returns: counts of created, updated, unchanged bodies; created and unchanged successions
    :rtype: dict
    :raises ValidationError: a row that can't be taken, with row, column and remedy
    """
    tk.check_access("roadmap_body_import", context, data_dict)
    with as_validation_error("upload"):
        drafts = read_bodies(data_dict["upload"].read(), data_dict["upload"].filename)
        organizations = {draft.name: _organization(context, draft) for draft in drafts}
        counts = bodies.import_bodies(model.Session(), clock.now(), drafts, organizations)
    result: dict[str, Any] = dict(counts)
    if upload := data_dict.get("successions"):
        with as_validation_error("successions"):
            found = read_successions(upload.read(), upload.filename)
            result["successions"] = dict(bodies.import_successions(model.Session(), clock.now(), found))
    model.Session.commit()
    return result


def _organization(context: types.Context, draft: BodyDraft) -> str:
    found = model.Group.get(draft.name)
    if found is not None:
        return found.id
    # made without a commit of its own, so that a fault in a later row takes it back too
    fresh = tk.fresh_context(context)
    fresh.update({"defer_commit": True, "ignore_auth": True})
    values = {"name": draft.name, "title": Text.pick(draft.title, "uz")}
    return tk.get_action("organization_create")(fresh, values)["id"]


def _dictize(row: Body, names: dict[str, str]) -> dict[str, Any]:
    return {
        "id": row.id,
        "organization_id": row.organization_id,
        "name": row.name,
        "code": row.code,
        "stir": row.stir,
        "title": row.title,
        "kind": row.kind,
        "parent": names.get(row.parent_id) if row.parent_id else None,
        "region_soato": row.region_soato,
        "valid_from": row.valid_from.isoformat() if row.valid_from else None,
        "valid_to": row.valid_to.isoformat() if row.valid_to else None,
    }
