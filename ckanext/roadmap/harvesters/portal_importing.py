"""Makes or mends the dataset of another catalogue through CKAN's own actions; what people edited stays."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import logic, model
from ckan.lib.search import SearchIndexError

from ckanext.harvest.model import HarvestObject
from ckanext.roadmap import config, jobs, moving_jobs
from ckanext.roadmap.domain.origin import MoveState, Origin, Remark, RowsState, differing
from ckanext.roadmap.model import Body, MovedDataset, MovedPublisher
from ckanext.roadmap.presentation.labels import SPHERES
from ckanext.roadmap.services import bodies, clock, moving_identifiers, moving_values, speaking
from ckanext.roadmap.services.moving_readings import rows_stamp
from ckanext.roadmap.services.showing import SHOWING

from .serving import harvest_now

REFUSALS = (tk.ValidationError, tk.ObjectNotFound, SearchIndexError)


def move(row: MovedDataset, harvest_object: Any) -> bool | str:
    """Dataset, record and job.

    :returns: True, or `unchanged`
    """
    origin, is_known = Origin.from_dict(row.origin), row.moved_at is not None
    values, remarks = _values(row, origin)
    changed = differing(row.moved, values)
    _write(row, origin, values, changed)
    row.moved, row.moved_digest = values, row.digest
    row.moved_at = row.moved_at or clock.now()
    row.state, row.reason, row.params = str(MoveState.moved), None, None
    row.remarks = [{"code": one.code, "value": one.value} for one in (*origin.remarks, *remarks)]
    is_stale = row.rows_state != RowsState.none and row.rows_digest != rows_stamp(row)
    if is_stale:
        row.rows_state = str(RowsState.waiting)
    status = "not modified" if not changed and not is_stale else "updated" if is_known else "added"
    _end(harvest_object, row, status)
    model.Session.commit()
    if is_stale:
        moving_jobs.enqueue(row)
    return True if changed or is_stale else "unchanged"


def row_of(harvest_object_id: str) -> MovedDataset | None:
    """The record of a harvest object."""
    found: Any = model.Session.get(HarvestObject, harvest_object_id)
    return model.Session.get(MovedDataset, found.guid) if found else None


def _values(row: MovedDataset, origin: Origin) -> tuple[dict[str, Any], list[Remark]]:
    session: Any = model.Session()
    publisher = session.get_one(MovedPublisher, (row.connection, row.publisher_key))
    own = session.get_one(Body, publisher.body_id)
    body = bodies.standing(session, own.name, clock.today()) or own
    resource_id = row.resource_id if row.rows_state != RowsState.none else None
    now = clock.now().astimezone(config.timezone())
    values, remarks = moving_values.dataset_values(origin, body.organization_id, resource_id, now)
    for group in values.get("groups", []):
        _have_group(group["name"])  # a new one is committed, which would end the lock of the identifier
    if row.identifier and not moving_identifiers.may_keep(session, row):
        remarks.append(Remark("identifier_taken", values.pop("identifier")))
    return values, remarks


def _write(row: MovedDataset, origin: Origin, values: dict[str, Any], changed: dict[str, Any]) -> None:
    package = model.Package.get(row.dataset_id)
    if package is None:
        name = next(
            (one for one in moving_values.addresses(origin, row.connection) if not model.Package.get(one)),
            row.dataset_id,
        )
        new = {**values, "id": row.dataset_id, "name": name, "type": "dataset"}
        with SHOWING.later():
            _create(new)
    elif changed and package.state == model.State.ACTIVE:
        with SHOWING.later():
            tk.get_action("package_patch")(jobs.site_context(), {**changed, "id": row.dataset_id})


def _create(values: dict[str, Any]) -> None:
    """Indexed as CKAN does it, and written with the record of its move in one transaction."""
    context = jobs.site_context()
    context["defer_commit"] = context["return_id_only"] = True
    tk.get_action("package_create")(context, values)
    both = logic.package_show_default_and_custom_schemas(jobs.site_context(), values["id"])
    logic.index_insert_package_dicts(both)


def _have_group(code: str) -> None:
    if model.Group.get(code) is None:
        with speaking.in_language(config.default_language()):
            title = tk._(SPHERES[code])
        tk.get_action("group_create")(jobs.site_context(), {"name": code, "title": title})


def _end(harvest_object: Any, row: MovedDataset, status: str) -> None:
    """The object of the harvest ends with the move, and is the newest of its dataset."""
    objects: Any = HarvestObject
    model.Session.query(objects).filter(
        objects.guid == row.id, objects.id != harvest_object.id, objects.current.is_(True)
    ).update({"current": False})
    harvest_object.package_id, harvest_object.current = row.dataset_id, True
    harvest_object.state, harvest_object.report_status = "COMPLETE", status
    harvest_object.import_finished = harvest_now()
    model.Session.add(harvest_object)
