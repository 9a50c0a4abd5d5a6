"""The technical guide by which a ministry's IT staff connect a system."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.logic.action.systems import find_system, roadmap_system_show
from ckanext.roadmap.logic.schema import systems as schema
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import clock, guides


@tk.side_effect_free
@tk.validate_action_data(schema.system_show)
def roadmap_guide_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show what the technical guide of an information system says, as plain values.

    It is made anew of the register and of the mappings of the connection each time it is asked for. No
    address and no secret is in it: what only the ministry or the operator knows stands as `<…>`.

    :param code: code of the system, IS-0001
    :type code: string
    :returns: day, system (as roadmap_system_show), parts (one a connection: connection, kind, way (pull, push
        or either), dbms (postgresql, mysql, mssql, oracle or None), address (the form of one), scripts (step,
        text), tables (mapping, item, title, schema, table, read, columns, formats, key, period_column,
        region_column, watermark_column, schedule: cron and perhaps window, or nothing)), items (code, title),
        portal (title, url, coordinator)
    :rtype: dict
    :raises ObjectNotFound: no system has that code
    """
    row, owner = find_system(data_dict["code"])
    tk.check_access("roadmap_guide_show", context, data_dict)
    coordinator = model.Session.scalars(Body.by_name(config.coordinator_organization())).first()
    return {
        "day": clock.today().isoformat(),
        "system": roadmap_system_show(context, {"code": row.code}),
        "portal": {
            "title": config.site_title(),
            "url": config.site_url(),
            "coordinator": coordinator.title if coordinator else {},
        },
        **guides.guide(model.Session(), row, owner),
    }
