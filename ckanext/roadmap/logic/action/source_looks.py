"""Looks at sources for which nobody has to wait in front of a page."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import look_jobs
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import sources as schema
from ckanext.roadmap.model import SourceLook
from ckanext.roadmap.services import clock, mapping_looks, source_looks
from ckanext.roadmap.services.mapping_looks import Asked
from ckanext.roadmap.sources.mapping_file import parse, reading

NOTHING: dict[str, Any] = {"problem": None, "rows": None, "whole": False, "columns": []}
UNLISTED: dict[str, Any] = {"problem": None, "tables": None}


@tk.validate_action_data(schema.source_look_create)
def roadmap_source_look_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Look at a table, view, file or path of a connection in the background, as long as a load may take.

    Without a table the connection is asked what it offers.

    :param connection: name of the connection
    :type connection: string
    :param table: its name at the source (optional)
    :type table: string
    :param schema: its schema (optional, default: public)
    :type schema: string
    :param read: how a file or an interface is read, as in a mapping (optional)
    :type read: dict
    :param definition: one mapping as YAML that is held against the source; it names the
        table (optional)
    :type definition: string
    :param form: what the caller wants to find again with the look (optional)
    :type form: dict
    :returns: the look, see :py:func:`roadmap_source_look_show`
    :rtype: dict
    :raises ValidationError: way of reading or mapping can't be taken; the source is closed at this hour
    """
    tk.check_access("roadmap_source_look_create", context, data_dict)
    session, now = model.Session(), clock.now()
    with as_validation_error("read"):
        asked = _asked(data_dict)
        mapping_looks.refuse_closed(session, now, asked)
    row = source_looks.ask(session, now, asked, data_dict.get("form") or {}, user_id(context))
    session.commit()
    look_jobs.enqueue(row)
    return _shown(row)


@tk.side_effect_free
@tk.validate_action_data(schema.source_look_show)
def roadmap_source_look_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show how a look at a source stands, and what it found.

    :param id: id of the look
    :type id: string
    :returns: id, asked (connection, schema, table, read, draft: the mapping, if one was given), form,
        asked_at, ended_at, state (waiting, running, done, cancelled, or failed: by a fault of the portal),
        came (rows or bytes that are here by now, as far as the source tells), and found: problem, rows,
        whole, columns as of :py:func:`roadmap_source_look`; without a table: problem and tables as of
        :py:func:`roadmap_source_list`
    :rtype: dict
    :raises ObjectNotFound: there is no such look; those of a month ago are forgotten
    """
    tk.check_access("roadmap_source_look_show", context, data_dict)
    return _shown(_find(data_dict["id"]))


@tk.validate_action_data(schema.source_look_show)
def roadmap_source_look_cancel(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """End a look at a source: its database ends the statement, a file or an interface is read no further.

    :param id: id of the look
    :type id: string
    :returns: the look, see :py:func:`roadmap_source_look_show`
    :rtype: dict
    :raises ObjectNotFound: there is no such look
    """
    tk.check_access("roadmap_source_look_cancel", context, data_dict)
    session, row = model.Session(), _find(data_dict["id"])
    session.refresh(row, with_for_update=True)
    if row.ended_at is None:
        source_looks.cancel(row, clock.now())
        session.commit()
        look_jobs.stop(row)
    return _shown(row)


def _asked(data_dict: dict[str, Any]) -> Asked:
    if data_dict.get("definition"):
        return mapping_looks.of_draft(parse(data_dict["definition"])[0])
    read = reading(data_dict["table"], data_dict.get("read")) if data_dict["table"] else {}
    return Asked(data_dict["connection"], data_dict["schema"], data_dict["table"], read)


def _find(id: str) -> SourceLook:
    row = model.Session.get(SourceLook, id)
    if row is None:
        raise tk.ObjectNotFound(tk._("There is no such look at a source."))
    return row


def _shown(row: SourceLook) -> dict[str, Any]:
    standing = look_jobs.standing(row)
    return {
        "id": row.id,
        "asked": {name: row.asked[name] for name in ("connection", "schema", "table", "read", "draft")},
        "form": row.form,
        "asked_at": row.asked_at.isoformat(),
        "ended_at": row.ended_at.isoformat() if row.ended_at else None,
        "state": standing["state"],
        "came": {name: standing[name] for name in ("rows", "bytes")},
        "found": (NOTHING if row.asked["table"] else UNLISTED) | (row.found or {}),
    }
