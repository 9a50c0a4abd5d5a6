"""Clearing a source deletes its datasets by raw SQL and leaves their tables behind: not with ours."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.harvest.model import HarvestSource

OURS = "roadmap_"


@tk.chained_action
def harvest_source_clear(
    original: types.Action, context: types.Context, data_dict: dict[str, Any]
) -> dict[str, Any]:
    """Refuse to clear a source of the road map.

    :param id: id of the source
    :type id: string
    :raises ValidationError: the source is one of ours
    """
    source: Any = HarvestSource.get(data_dict.get("id"))
    if source is not None and str(source.type).startswith(OURS):
        raise tk.ValidationError(
            {
                "id": [
                    tk._("A source of the road map can't be cleared: its datasets answer obligations. "
                         "Deactivate it instead.")
                ]
            }
        )  # fmt: skip
    return original(context, data_dict)
