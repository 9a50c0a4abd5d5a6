"""Takedown of personal data: hidden at once, ruled on, let back when they are clean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types
from ckan.lib import search

from ckanext.roadmap import config
from ckanext.roadmap.domain.takedown import Step, state
from ckanext.roadmap.logic import roles
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import takedowns as schema
from ckanext.roadmap.model import TakedownRow, TakedownStepRow
from ckanext.roadmap.services import clock, connections, dataset_faces, holdings, pushing, takedowns
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.dataset_faces import DatasetFace

Called = tuple[str | None, dict[str, str] | None]  # a name and a title


@tk.validate_action_data(schema.takedown_create)
def roadmap_takedown_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Hide at once the data of a resource that holds personal data, with the dataset around it.

    File, table and API are out of reach from then on, but for those who rule; what an agent pushed, and the
    rows of held loads, are taken away. The deadlines that the dataset answers are free until the ruling.

    :param resource: id of the resource
    :type resource: string
    :param reason: what kind of personal data it is; public, so it must not repeat the data
    :type reason: string
    :returns: id of the takedown
    :rtype: dict
    :raises NotFound: there is no such resource
    :raises ValidationError: it is taken down already
    """
    tk.check_access("roadmap_takedown_create", context, data_dict)
    resource = model.Resource.get(data_dict["resource"])
    if resource is None or resource.state != model.State.ACTIVE:
        raise tk.ObjectNotFound(tk._("There is no such resource"))
    with as_validation_error("resource"):
        row = takedowns.create(
            model.Session(), clock.now(), resource, data_dict["reason"], config.timezone(), user_id(context)
        )
    pushing.forget(model.Session(), resource.id)
    holdings.forget(model.Session(), connections.target().folder, resource.id)
    _commit(row)
    return {"id": row.id}


@tk.validate_action_data(schema.takedown_rule)
def roadmap_takedown_rule(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Rule on a takedown, as an auditor: confirmed, the data stay hidden; dismissed, they return at once.

    :param id: id of the takedown
    :type id: string
    :param ruling: confirmed or dismissed
    :type ruling: string
    :param text: the grounds; public, so they must not repeat the data
    :type text: string
    :returns: id of the ruling
    :rtype: dict
    :raises NotFound: there is no such takedown
    :raises ValidationError: it has been ruled on
    """
    tk.check_access("roadmap_takedown_rule", context, data_dict)
    row, confirmed = _row(data_dict["id"]), data_dict["ruling"] == Step.confirmed
    with as_validation_error("ruling"):
        done = takedowns.rule(
            model.Session(), clock.now(), row, confirmed, data_dict["text"], user_id(context)
        )
    _commit(row)
    return {"id": done}


@tk.validate_action_data(schema.takedown_reinstate)
def roadmap_takedown_reinstate(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Let a dataset back, as a coordinator, after its personal data were removed.

    :param id: id of the takedown; it was confirmed
    :type id: string
    :param text: what was done to the data; public
    :type text: string
    :returns: id of what was recorded
    :rtype: dict
    :raises NotFound: there is no such takedown
    :raises ValidationError: it was not confirmed, or is over
    """
    tk.check_access("roadmap_takedown_reinstate", context, data_dict)
    row = _row(data_dict["id"])
    with as_validation_error("id"):
        done = takedowns.reinstate(model.Session(), clock.now(), row, data_dict["text"], user_id(context))
    _commit(row)
    return {"id": done}


@tk.side_effect_free
@tk.validate_action_data(schema.takedown_list)
def roadmap_takedown_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """All takedowns with reasons and rulings, the newest first; never the data.

    :param id: only this takedown (optional)
    :type id: string
    :param as_of: as was known at a past day or instant (optional)
    :type as_of: string
    :returns: takedowns: id, recorded_at, dataset (id, name, title by language; none that
        the public never saw), resource_id, body, reason, state (open,
        confirmed, dismissed, reinstated), steps with kind, text and recorded_at, hash
    :rtype: dict
    :raises NotFound: there is no such takedown
    """
    tk.check_access("roadmap_takedown_list", context, data_dict)
    session = model.Session()
    wanted, at = data_dict.get("id"), data_dict.get("as_of")
    rows = [_row(wanted)] if wanted else list(session.scalars(TakedownRow.newest_first()))
    rows = [row for row in rows if at is None or row.recorded_at <= at]
    ids = {row.dataset_id for row in rows}
    datasets = dataset_faces.faces(session, ids, at)
    bodies = takedowns.bodies_of(session, datasets, at, config.timezone())
    called = _called(context, datasets)
    steps = session.scalars(TakedownStepRow.of([row.id for row in rows])).all()
    steps = [step for step in steps if at is None or step.recorded_at <= at]
    return {
        "takedowns": [
            _told(
                row,
                called.get(row.dataset_id, (None, None)),
                bodies.get(row.dataset_id),
                [step for step in steps if step.takedown_id == row.id],
            )
            for row in rows
        ]
    }


def _called(context: types.Context, datasets: Mapping[str, DatasetFace]) -> dict[str, Called]:
    """Names and titles of these datasets: those that the public ever saw, or the reader may see."""
    names, titles = dataset_faces.shown_words(model.Session(), datasets)
    sees = roles.seer(context)
    return {
        id_: (
            face.name if face.name in names[id_] or sees(id_) else None,
            face.title if face.title in titles[id_] or sees(id_) else None,
        )
        for id_, face in datasets.items()
    }


def _commit(row: TakedownRow) -> None:
    """End the transaction, after which the database refuses or gives the data; then tell the search."""
    dataset_id = row.dataset_id
    model.Session.commit()
    if model.Package.get(dataset_id) is not None:
        search.rebuild(dataset_id)


def _row(id_: str) -> TakedownRow:
    row = model.Session().get(TakedownRow, id_)
    if row is None:
        raise tk.ObjectNotFound(tk._("There is no such takedown"))
    return row


def _told(
    row: TakedownRow, called: Called, body: Face | None, steps: list[TakedownStepRow]
) -> dict[str, Any]:
    return {
        "id": row.id,
        "recorded_at": row.recorded_at.isoformat(),
        "dataset": {"id": row.dataset_id, "name": called[0], "title": called[1]},
        "resource_id": row.resource_id,
        "body": {"name": body.name, "title": body.title} if body else None,
        "reason": row.reason,
        "state": str(state([Step(step.kind) for step in steps])),
        "steps": [
            {"kind": step.kind, "text": step.text, "recorded_at": step.recorded_at.isoformat()}
            for step in steps
        ],
        "hash": row.hash,
    }
