"""What the ledger records when a dataset changes or goes; the caller's transaction commits it."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.services import clock, dataset_faces, withdrawals
from ckanext.roadmap.services.visibility import is_shown


def after_update(dataset: dict[str, Any]) -> None:
    """A dataset that is private or deleted after an update is withdrawn; one made public waits to be seen."""
    found = model.Package.get(dataset["id"])
    if found is not None and not is_shown(found):
        withdrawals.record(model.Session(), clock.now(), found.id)


def after_save(dataset: dict[str, Any]) -> None:
    """How a dataset is shown from now on; last, so that no lock is waited for after that of this table."""
    dataset_faces.record(model.Session(), clock.now(), dataset["id"])


def after_delete(dataset: dict[str, Any]) -> None:
    """A deleted dataset is withdrawn."""
    found = model.Package.get(dataset["id"])
    if found is not None:
        withdrawals.record(model.Session(), clock.now(), found.id)
        dataset_faces.record(model.Session(), clock.now(), found.id)


@tk.chained_action
def dataset_purge(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
    """Record what a purged dataset was, and that it is taken from the public; CKAN tells nobody of it.

    :param id: name or id of the dataset
    :type id: string
    """
    found = model.Package.get(data_dict.get("id") or "")
    if found is not None:
        tk.check_access("dataset_purge", context, data_dict)
        withdrawals.record(model.Session(), clock.now(), found.id)
        dataset_faces.record(model.Session(), clock.now(), found.id, is_gone=True)
    return original(context, data_dict)


ACTIONS: dict[str, types.ChainedAction] = {"dataset_purge": dataset_purge}
