"""Makes or mends the dataset of a mapping through CKAN's own actions, and asks for its load."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest.model import HarvestObject
from ckanext.roadmap import jobs
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.services import bodies, clock, datasets, publications


class DeletedError(RoadmapError):
    """What a mapping fills was deleted here: a decision that a harvest does not undo."""


def refuse_deleted(mapping: Mapping) -> None:
    """Refuse a mapping whose dataset or table somebody deleted.

    :raises DeletedError: with a way back for whoever may decide so
    """
    dataset, resource = model.Package.get(mapping.dataset_id), model.Resource.get(mapping.resource_id)
    if dataset is None:
        return
    if dataset.state == model.State.DELETED:
        raise DeletedError("dataset_deleted", f"The dataset {dataset.name} was deleted.", name=dataset.name)
    if resource is None or resource.state == model.State.DELETED:
        text = f"The table {mapping.resource_id} of the dataset {dataset.name} was deleted."
        raise DeletedError("resource_deleted", text, name=dataset.name, resource=mapping.resource_id)


def import_mapping(mapping: Mapping, harvest_object: Any, found: dict[str, Any]) -> None:
    """Dataset, table, links, and the job.

    :param found: what the probe found
    """
    _dataset(mapping, found.get("about") or {})
    _table(mapping, found["types"])
    _link(mapping)
    _make_current(harvest_object, mapping)
    model.Session.commit()
    jobs.enqueue_load(mapping.id, mapping.resource_id, harvest_object.id, found["rows"])


def _dataset(mapping: Mapping, about: dict[str, Any]) -> None:
    body = bodies.standing(model.Session(), mapping.body_name, clock.today())
    if body is None:
        raise tk.ObjectNotFound(f"the register has no body {mapping.body_name}")
    frequency = _frequency(mapping) or about.get("frequency")
    values = datasets.dataset_dict(mapping, body.organization_id, frequency, about.get("notes") or "")
    existing = model.Package.get(mapping.dataset_id)
    if existing is None:
        values["resources"] = [datasets.resource_dict(mapping)]
        tk.get_action("package_create")(jobs.site_context(), values)
        return
    shown = tk.get_action("package_show")(jobs.site_context(), {"id": mapping.dataset_id})
    changed = {name: value for name, value in values.items() if shown.get(name) != value}
    if changed:
        tk.get_action("package_patch")(jobs.site_context(), {**changed, "id": mapping.dataset_id})


def _frequency(mapping: Mapping) -> str | None:
    try:
        item = tk.get_action("roadmap_item_show")(jobs.site_context(), {"code": mapping.item_code})
    except tk.ObjectNotFound:
        return None
    return (item.get("term") or item).get("frequency")


def _table(mapping: Mapping, types: dict[str, str]) -> None:
    """The first time only: later the load engine itself keeps the table in shape."""
    resource = model.Resource.get(mapping.resource_id)
    if resource is not None and resource.extras.get("datastore_active"):
        return
    tk.get_action("datastore_create")(jobs.site_context(), datasets.table_dict(mapping, types))
    _show_rows(mapping.resource_id)


def _show_rows(resource_id: str) -> None:
    """CKAN makes the views of a table only for what its own loaders bring."""
    resource = tk.get_action("resource_show")(jobs.site_context(), {"id": resource_id})
    asked = {"resource": resource, "create_datastore_views": True}
    tk.get_action("resource_create_default_resource_views")(jobs.site_context(), asked)


def _link(mapping: Mapping) -> None:
    """An imported mapping was approved by the coordinator: it confirms the link."""
    for obligation in publications.obligations_for(
        model.Session(), mapping.item_code, mapping.body_name, clock.today()
    ):
        publications.link(
            model.Session(),
            clock.now(),
            obligation.id,
            mapping.dataset_id,
            mapping.resource_id,
            mapping.name,
            "mapping",
        )


def _make_current(harvest_object: Any, mapping: Mapping) -> None:
    model.Session.query(HarvestObject).filter(
        HarvestObject.guid == mapping.id, HarvestObject.id != harvest_object.id
    ).update({"current": False})
    harvest_object.package_id = mapping.dataset_id
    harvest_object.current = True
    model.Session.add(harvest_object)
