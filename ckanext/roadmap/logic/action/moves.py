"""Datasets that move here from other catalogues: what would move, what did, and what people decide."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import moving_jobs
from ckanext.roadmap.domain.origin import RowsState
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import moves as schema
from ckanext.roadmap.model import Body, MovedDataset, MovedPublisher
from ckanext.roadmap.services import clock, connections, moving_publishers, moving_reports


@tk.side_effect_free
def roadmap_portal_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the connections that lead to catalogues of other portals, each with its last reading.

    :returns: connection, reading, states and publishers: see :py:func:`roadmap_portal_report`
    :rtype: list of dicts
    """
    tk.check_access("roadmap_portal_list", context, data_dict)
    session: Any = model.Session()
    names = connections.catalogues()
    return [{"connection": name, **moving_reports.overview(session, name)} for name in names]


@tk.validate_action_data(schema.portal_check)
def roadmap_portal_check(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell what would move here from a catalogue; it is read as a harvest would, and nothing is written.

    :param connection: name of the connection
    :type connection: string
    :param pages: most pages that are read (default: 1000)
    :type pages: int
    :returns: total, counts (seen, new, changed, unchanged, waiting, vanished), due (how many would be moved),
        remarks (code, value, times), faults, and publishers that no body matches: key, title, stir,
        candidates, datasets
    :rtype: dict
    :raises ValidationError: the connection leads to no catalogue, or its first page can't be read
    """
    tk.check_access("roadmap_portal_check", context, data_dict)
    name, session = data_dict["connection"], model.Session()
    try:
        with as_validation_error("connection"):
            catalogue = connections.catalogue(name)
            return moving_reports.check(session, clock.now(), name, catalogue, data_dict["pages"])
    finally:
        session.rollback()


@tk.side_effect_free
@tk.validate_action_data(schema.portal_report)
def roadmap_portal_report(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell what moved here from a catalogue, what did not, and why.

    :param connection: name of the connection
    :type connection: string
    :param state: only datasets waiting, moved, failed or vanished, or whose rows are rows_waiting,
        rows_loaded, rows_held, rows_failed or rows_none (optional)
    :type state: string
    :param q: only datasets whose identifier or title has this (optional)
    :type q: string
    :param limit: most datasets (default: 20)
    :type limit: int
    :param offset: how many are left out (default: 0)
    :type offset: int
    :returns: reading (the last one), states (numbers by state, reason, refused field and rows_state),
        publishers that no body matches, count, and datasets: id, key, identifier, title, url, origin_state,
        dataset (its name here), state, reason, params, rows_state, rows_reason, rows, remarks, created,
        updated, first_seen_at, moved_at, vanished_at
    :rtype: dict
    """
    tk.check_access("roadmap_portal_report", context, data_dict)
    session: Any = model.Session()
    name = data_dict["connection"]
    state, words = data_dict.get("state") or "", data_dict.get("q") or ""
    count, rows = moving_reports.rows(session, name, state, words, data_dict["limit"], data_dict["offset"])
    return {"connection": name, **moving_reports.overview(session, name), "count": count, "datasets": rows}


@tk.side_effect_free
@tk.validate_action_data(schema.portal_connection)
def roadmap_portal_publisher_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List who publishes in a catalogue, each with its body here where that is known.

    :param connection: name of the connection
    :type connection: string
    :returns: key, title, stir, body (its name, or nothing), how (stir, name, title, person), candidates,
        datasets
    :rtype: list of dicts
    """
    tk.check_access("roadmap_portal_publisher_list", context, data_dict)
    return moving_reports.publishers(model.Session(), data_dict["connection"])


@tk.validate_action_data(schema.portal_publisher_resolve)
def roadmap_portal_publisher_resolve(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell which body a publisher of a catalogue is; its datasets move at the next harvest.

    :param connection: name of the connection
    :type connection: string
    :param key: what the catalogue knows the publisher by
    :type key: string
    :param body: name of the body
    :type body: string
    :returns: key, title, body, how
    :rtype: dict
    :raises ObjectNotFound: there is no such publisher
    :raises ValidationError: there is no such body
    """
    tk.check_access("roadmap_portal_publisher_resolve", context, data_dict)
    session: Any = model.Session()
    row = session.get(MovedPublisher, (data_dict["connection"], data_dict["key"]))
    if row is None:
        raise tk.ObjectNotFound(tk._("There is no publisher {key}").format(key=data_dict["key"]))
    body = session.scalars(Body.by_name(data_dict["body"])).first()
    if body is None:
        text = tk._("There is no body {name} in the register.").format(name=data_dict["body"])
        raise tk.ValidationError({"body": [text]})
    moving_publishers.resolve(session, clock.now(), row, body, user_id(context))
    session.commit()
    return {"key": row.key, "title": row.title, "body": body.name, "how": row.how}


@tk.validate_action_data(schema.portal_release)
def roadmap_portal_release(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Agree to what the gates found in the rows of a moved dataset; they are loaded again, and published.

    :param id: id of the moved dataset, as :py:func:`roadmap_portal_report` gives it
    :type id: string
    :returns: id, rows_state
    :rtype: dict
    :raises ObjectNotFound: there is no such dataset
    :raises ValidationError: its rows are not held
    """
    tk.check_access("roadmap_portal_release", context, data_dict)
    session: Any = model.Session()
    row = session.get(MovedDataset, data_dict["id"])
    if row is None:
        raise tk.ObjectNotFound(tk._("There is no moved dataset {id}").format(id=data_dict["id"]))
    if row.rows_state != RowsState.held:
        raise tk.ValidationError({"id": [tk._("The rows of this dataset are not held.")]})
    found = (row.rows_reason or {}).get("findings") or []
    row.approved = sorted({*(row.approved or []), *(one["digest"] for one in found if one.get("digest"))})
    row.rows_state, row.rows_digest = str(RowsState.waiting), None
    session.commit()
    moving_jobs.enqueue(row)
    return {"id": row.id, "rows_state": row.rows_state}
