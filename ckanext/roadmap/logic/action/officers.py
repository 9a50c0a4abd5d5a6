"""Who speaks for the bodies, and who of the portal's people only seems to."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.services import officers


@tk.side_effect_free
def roadmap_officer_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List who speaks for each body, by its code: confirms, objects, answers and agrees in its name.

    :returns: body (name, code, title by language), officers (names of users), idle (names of members of
        the body's organization who work for the portal, and so speak for no body)
    :rtype: list of dicts
    """
    tk.check_access("roadmap_officer_list", context, data_dict)
    found = officers.staff(model.Session())
    names = _names({id_ for one in found for id_ in one.officers | one.idle})
    return [
        {
            "body": {"name": one.body.name, "code": one.body.code, "title": one.body.title},
            "officers": sorted(names[id_] for id_ in one.officers),
            "idle": sorted(names[id_] for id_ in one.idle),
        }
        for one in found
    ]


def roadmap_officer_release(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take the portal's own people out of the bodies' organizations, where they speak for nobody.

    Who leaves the coordinator would else become an officer of every body that he or she once imported.

    :returns: released: how many memberships ended, bodies: of how many bodies
    :rtype: dict
    """
    tk.check_access("roadmap_officer_release", context, data_dict)
    found = [one for one in officers.staff(model.Session()) if one.idle]
    for one in found:
        for member in model.Session.scalars(_memberships(one)):
            member.delete()
    model.Session.commit()
    return {"released": sum(len(one.idle) for one in found), "bodies": len(found)}


def _memberships(one: officers.Staff) -> sa.Select[tuple[model.Member]]:
    member = model.Member
    return sa.select(member).where(
        member.group_id == one.body.organization_id,
        member.table_name == "user",
        member.table_id.in_(one.idle),
        member.state == model.State.ACTIVE,
    )


def _names(ids: set[str]) -> dict[str, str]:
    rows = model.Session.execute(sa.select(model.User.id, model.User.name).where(model.User.id.in_(ids)))
    return dict(rows.tuples().all())
