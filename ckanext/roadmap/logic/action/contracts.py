"""The quality contracts of datasets."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.logic.schema import contracts as schema
from ckanext.roadmap.services import clock, contracts


@tk.side_effect_free
@tk.validate_action_data(schema.contract_show)
def roadmap_contract_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show the quality contracts of a dataset's tables, as the newest whole load of each measured them.

    Freshness is judged by the present day, everything else stands as it was measured.

    :param id: id or name of the dataset
    :type id: string
    :returns: dataset (its id), and contracts, one for each table that has one: resource and run (ids),
        measured_on, judged_on, passed, and results: rule, columns, weight (hold or warn), settings,
        figures, passed
    :rtype: dict
    :raises ObjectNotFound: there is no such dataset
    """
    tk.check_access("roadmap_contract_show", context, data_dict)
    package = model.Package.get(data_dict["id"])
    if package is None:
        raise tk.ObjectNotFound(tk._("Dataset not found"))
    today = clock.now().astimezone(config.timezone()).date()
    return {"dataset": package.id, "contracts": contracts.of_dataset(model.Session(), package.id, today)}
