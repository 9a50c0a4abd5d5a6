"""ckanext-harvest's own mails go to nobody for our sources: the portal's ledger and digests tell of them."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import types

from ckanext.harvest.model import HarvestSource

from .clearing import OURS


@tk.chained_action
def harvest_get_notifications_recipients(
    original: types.Action, context: types.Context, data_dict: dict[str, Any]
) -> list[dict[str, Any]]:
    """List who gets harvest's mails about a source: for a source of the road map, nobody.

    :param source_id: id of the source
    :type source_id: string
    """
    source: Any = HarvestSource.get(data_dict.get("source_id"))
    if source is not None and str(source.type).startswith(OURS):
        tk.check_access("harvest_get_notifications_recipients", context, data_dict)
        return []
    return original(context, data_dict)
