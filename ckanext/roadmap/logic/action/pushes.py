"""Agents at ministries push what the portal can't reach: tokens, and parcels piece by piece."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import jobs
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.action.harvests import begin_harvest
from ckanext.roadmap.logic.action.systems import find_system
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import pushes as schema
from ckanext.roadmap.model import PushToken
from ckanext.roadmap.presentation import source_faults
from ckanext.roadmap.services import clock, connections, pushing
from ckanext.roadmap.sources.parcel import MOST_CHUNK, Manifest


@tk.validate_action_data(schema.push_token_create)
def roadmap_push_token_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Issue a token by which an agent pushes the tables of one system. It is shown once and kept as a hash.

    :param system: code of the system, IS-0001
    :type system: string
    :param note: where it is used, such as the name of the server (optional)
    :type note: string
    :returns: token (its text), and as :py:func:`roadmap_push_token_list`
    :rtype: dict
    :raises ObjectNotFound: no system has that code
    """
    tk.check_access("roadmap_push_token_create", context, data_dict)
    system, _owner = find_system(data_dict["system"])
    row, text = pushing.issue(
        model.Session(), clock.now(), system, data_dict["note"].strip(), user_id(context)
    )
    model.Session.commit()
    return {"token": text, **_dictize(row)}


@tk.side_effect_free
@tk.validate_action_data(schema.push_token_list)
def roadmap_push_token_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the tokens of a system, newest first; their texts are kept nowhere.

    :param system: code of the system
    :type system: string
    :returns: id, note, created_at, used_at, revoked_at
    :rtype: list of dicts
    :raises ObjectNotFound: no system has that code
    """
    tk.check_access("roadmap_push_token_list", context, data_dict)
    system, _owner = find_system(data_dict["system"])
    return [_dictize(row) for row in model.Session.scalars(PushToken.of_system(system.id))]


@tk.validate_action_data(schema.push_token_revoke)
def roadmap_push_token_revoke(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Revoke a token; nothing is pushed by it any more.

    :param id: id of the token
    :type id: string
    :returns: as :py:func:`roadmap_push_token_list`
    :rtype: dict
    :raises ObjectNotFound: there is no such token
    """
    tk.check_access("roadmap_push_token_revoke", context, data_dict)
    row = model.Session.get(PushToken, data_dict["id"])
    if row is None:
        raise tk.ObjectNotFound(tk._("There is no such token"))
    pushing.revoke(model.Session(), clock.now(), row, user_id(context))
    model.Session.commit()
    return _dictize(row)


@tk.validate_action_data(schema.push_check)
def roadmap_push_check(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell an agent whether its token opens a mapping, before it reads anything; nothing is changed.

    :param token: token of the system
    :type token: string
    :param mapping: name of the mapping
    :type mapping: string
    :returns: mapping, columns (names, in the portal's order), open (whether the operator has opened the
        connection to agents), now (the portal's clock)
    :rtype: dict
    """
    who = _who(context, "roadmap_push_check", data_dict)
    return {
        "mapping": who.mapping.name,
        "columns": [column["name"] for column in who.mapping.definition["columns"]],
        "open": connections.is_pushed(who.mapping.connection),
        "now": clock.now().isoformat(),
    }


@tk.validate_action_data(schema.push_begin)
def roadmap_push_begin(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Begin a parcel, or take up one that was begun; asked twice it answers the same.

    :param token: token of the system
    :type token: string
    :param mapping: name of the mapping
    :type mapping: string
    :param manifest: columns, types, lines, size, content (SHA-256 of names, types and rows), chunks (SHA-256
        of each compressed piece), read_at
    :type manifest: dict
    :returns: known (whether these rows are here already), missing (numbers of the pieces that are to be sent)
    :rtype: dict
    :raises ValidationError: the manifest can't be taken
    """
    who = _who(context, "roadmap_push_begin", data_dict)
    with as_validation_error("manifest"):
        missing = pushing.begin(
            clock.now(), who, Manifest.from_dict({**data_dict["manifest"], "mapping": who.mapping.name})
        )
    model.Session.commit()
    return {"known": missing is None, "missing": missing or []}


@tk.validate_action_data(schema.push_chunk)
def roadmap_push_chunk(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Take one piece of a parcel: a gzip member of at most 8 MiB, which unpacks to at most 8 MiB.

    :param token: token of the system
    :type token: string
    :param mapping: name of the mapping
    :type mapping: string
    :param content: the parcel, by the hash of its content
    :type content: string
    :param number: number of the piece, from 1
    :type number: int
    :param upload: the piece
    :type upload: FileStorage
    :returns: number
    :rtype: dict
    :raises ValidationError: it is not the piece that was announced
    """
    who = _who(context, "roadmap_push_chunk", data_dict)
    chunk = data_dict["upload"].read(MOST_CHUNK + 1)
    with as_validation_error("upload"):
        who.inbox.put(data_dict["content"], data_dict["number"], chunk)
    return {"number": data_dict["number"]}


@tk.validate_action_data(schema.push_finish)
def roadmap_push_finish(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Finish a parcel: it is checked as a whole, and loaded like any other source.

    :param token: token of the system
    :type token: string
    :param mapping: name of the mapping
    :type mapping: string
    :param content: the parcel, by the hash of its content
    :type content: string
    :param read_at: when the source was read, with its zone
    :type read_at: string
    :returns: job_id of the load; of the harvest that makes the dataset, the first time
    :rtype: dict
    :raises ValidationError: pieces are missing, or together they are not what was announced
    """
    who = _who(context, "roadmap_push_finish", data_dict)
    with as_validation_error("content"):
        found = pushing.finish(clock.now(), who, data_dict["content"], _moment(data_dict["read_at"]))
    mapping = who.mapping
    if model.Package.get(mapping.dataset_id) is None:
        return {"job_id": begin_harvest([mapping])["job_id"]}
    return {"job_id": jobs.enqueue_load(mapping.id, mapping.resource_id, None, found.manifest.lines)}


@tk.validate_action_data(schema.push_fail)
def roadmap_push_fail(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell that an agent could not read its source: a failed load, in the portal's own words.

    :param token: token of the system
    :type token: string
    :param mapping: name of the mapping
    :type mapping: string
    :param code: what is wrong; one of the codes that the portal has for sources
    :type code: string
    :param params: the values that the code's words name (optional)
    :type params: dict
    :returns: run (its id)
    :rtype: dict
    :raises ValidationError: the code is not known, or lacks a value
    """
    who = _who(context, "roadmap_push_fail", data_dict)
    with as_validation_error("code"):
        fault = source_faults.fault(data_dict["code"], data_dict["params"])
        run = pushing.fail(model.Session(), clock.now(), who, fault)
    model.Session.commit()
    return {"run": run.id}


def _who(context: types.Context, action: str, data_dict: dict[str, Any]) -> pushing.Pushing:
    """Whoever asks, by the token alone: the portal's own users have no say in it."""
    tk.check_access(action, context, data_dict)
    found = pushing.pushing(model.Session(), data_dict["token"], data_dict["mapping"])
    if found is None:
        raise tk.NotAuthorized(tk._("The token does not open this mapping"))
    return found


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise tk.ValidationError(
            {"read_at": [tk._("Give a moment with its zone, 2026-02-10T03:00:00+05:00.")]}
        )
    return moment.astimezone(UTC)


def _dictize(row: PushToken) -> dict[str, Any]:
    return {
        "id": row.id,
        "note": row.note,
        "created_at": row.created_at.isoformat(),
        "used_at": row.used_at.isoformat() if row.used_at else None,
        "revoked_at": row.revoked_at.isoformat() if row.revoked_at else None,
    }
