"""The thresholds of the light, now and before."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.logic.schema import lights as schema
from ckanext.roadmap.services import clock, lights


@tk.side_effect_free
@tk.validate_action_data(schema.light_list)
def roadmap_light_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """From which shares kept the light is green and yellow, and what held before.

    They are set in the configuration and hold from the day they are recorded, so that the past keeps its
    colours.

    :param as_of: as was known at a past day's end or instant (optional)
    :type as_of: string
    :returns: as_of, green, yellow (percent), thresholds: green, yellow and since of each change that was
        recorded, the newest first; those of the first held before, too
    :rtype: dict
    """
    tk.check_access("roadmap_light_list", context, data_dict)
    session, at = model.Session(), data_dict.get("as_of") or clock.now()
    green, yellow = lights.at(session, at, config.light_thresholds())
    return {
        "as_of": at.isoformat(),
        "green": green,
        "yellow": yellow,
        "thresholds": [
            {"green": row.green, "yellow": row.yellow, "since": row.recorded_at.isoformat()}
            for row in lights.known(session, at)
        ],
    }
