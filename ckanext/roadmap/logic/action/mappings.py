"""Actions on mappings and on the connections they use."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import jobs
from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.logic.errors import as_validation_error, run_in_words
from ckanext.roadmap.logic.schema import mappings as schema
from ckanext.roadmap.model.mapping import Mapping
from ckanext.roadmap.presentation.refusals import refusal
from ckanext.roadmap.services import (
    clock,
    connection_looks,
    connections,
    mapping_looks,
    mappings,
    runs,
    schedules,
)
from ckanext.roadmap.sources.look import Sign
from ckanext.roadmap.sources.mapping_file import MappingDraft, parse


@tk.side_effect_free
def roadmap_mapping_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the mappings that the user may see: coordinators all, a body's officers their own.

    :returns: mappings, by name; see :py:func:`roadmap_mapping_show` for the keys
    :rtype: list of dicts
    """
    tk.check_access("roadmap_mapping_list", context, data_dict)
    every = model.Session.scalars(Mapping.select_all()).all()
    rows = [row for row in every if _may_see(context, row)]
    times = schedules.told(model.Session(), clock.now(), rows)
    return [_dictize(row, times) for row in rows]


@tk.side_effect_free
@tk.validate_action_data(schema.mapping_show)
def roadmap_mapping_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show one mapping.

    :param name: name of the mapping
    :type name: string
    :returns: id, name, connection (its name alone), schema, table, item, body, dataset_id, resource_id,
        definition, definition_hash, schedule (cron, window, open, next_at, again: whether the
        next reading repeats one that failed; or nothing), created_at, updated_at
    :rtype: dict
    :raises ObjectNotFound: no mapping has that name
    """
    tk.check_access("roadmap_mapping_show", context, data_dict)
    return _shown(_find(data_dict["name"]))


@tk.validate_action_data(schema.mapping_import)
def roadmap_mapping_import(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Import a file of mappings, all or nothing; the same file twice changes nothing.

    :param upload: YAML as described in docs/harvest-database.md
    :type upload: FileStorage
    :returns: counts of created, updated, unchanged mappings, and their names
    :rtype: dict
    :raises ValidationError: a field that can't be taken, with mapping, field and remedy
    """
    tk.check_access("roadmap_mapping_import", context, data_dict)
    session = model.Session()
    with as_validation_error("upload"):
        drafts = parse(data_dict["upload"].read().decode("utf-8-sig", errors="replace"))
        counts = mappings.import_mappings(session, clock.now(), drafts)
    session.commit()
    return {**counts, "mappings": [draft.name for draft in drafts]}


@tk.validate_action_data(schema.mapping_check)
def roadmap_mapping_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Write a new mapping; one of that name, or a dataset of its dataset's name, must not be there.

    :param definition: the whole mapping as YAML, as described in docs/harvest-database.md
    :type definition: string
    :returns: the mapping, see :py:func:`roadmap_mapping_show`
    :rtype: dict
    :raises ValidationError: a field that can't be taken, with field and remedy
    """
    tk.check_access("roadmap_mapping_create", context, data_dict)
    session = model.Session()
    with as_validation_error("definition"):
        row = mappings.create(session, clock.now(), _single(data_dict["definition"]))
    session.commit()
    return _shown(row)


@tk.validate_action_data(schema.mapping_update)
def roadmap_mapping_update(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Write one mapping anew; its dataset and table stay, and follow at the next harvest.

    :param name: name of the mapping
    :type name: string
    :param definition: the whole mapping as YAML, as described in docs/harvest-database.md; its name stays
    :type definition: string
    :param seen: the definition_hash that the change began from; refused if another change came meanwhile
        (optional)
    :type seen: string
    :returns: the mapping, see :py:func:`roadmap_mapping_show`
    :rtype: dict
    :raises ObjectNotFound: no mapping has that name
    :raises ValidationError: a field that can't be taken, with field and remedy
    """
    tk.check_access("roadmap_mapping_update", context, data_dict)
    session, row = model.Session(), _find(data_dict["name"])
    session.refresh(row, with_for_update=True)
    with as_validation_error("definition"):
        if data_dict.get("seen", row.definition_hash) != row.definition_hash:
            raise refusal("mapping_outdated")
        mappings.rewrite(session, clock.now(), row, _single(data_dict["definition"]))
    session.commit()
    return _shown(row)


@tk.validate_action_data(schema.mapping_check)
def roadmap_mapping_check(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Hold a mapping against its source, without saving it: what is there, in names, types and counts.

    Nothing is changed at the source, and no value of it is told. Counts are of the first 100,000 rows.
    It waits ten seconds: a database that counts longer is asked for names and types alone, and
    :py:func:`roadmap_source_look_create` waits longer.

    :param definition: one mapping as YAML
    :type definition: string
    :returns: name; problem (why the source can't be read: code, message, remedy, params; or nothing); rows
        (looked at; nothing: not counted), whole (whether these are all), columns: name (nothing: not in the
        mapping), source, kind (type at the source), type (type here; nothing: the source lacks the column),
        nulls, distinct
    :rtype: dict
    :raises ValidationError: a field that can't be taken, with field and remedy
    """
    tk.check_access("roadmap_mapping_check", context, data_dict)
    session, now = model.Session(), clock.now()
    with as_validation_error("definition"):
        draft = _single(data_dict["definition"])
        mappings.check_references(session, now, draft)
    shown: dict[str, Any] = {"name": draft.name, "problem": None, "rows": 0, "whole": False, "columns": []}
    try:
        return shown | mapping_looks.dictize(
            mapping_looks.survey(session, now, mapping_looks.of_draft(draft))
        )
    except RoadmapError as error:
        return shown | {"problem": runs.describe(error, "start")}


@tk.validate_action_data(schema.mapping_show)
def roadmap_load_enqueue(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Load a mapping's table again, in the background; its dataset must have been harvested once.

    :param name: name of the mapping
    :type name: string
    :returns: job_id
    :rtype: dict
    :raises ObjectNotFound: no mapping has that name, or nothing was harvested by it yet
    :raises ValidationError: its source may not be read at this hour
    """
    tk.check_access("roadmap_load_enqueue", context, data_dict)
    row = _find(data_dict["name"])
    if model.Package.get(row.dataset_id) is None:
        raise tk.ObjectNotFound(tk._("Nothing was harvested yet by the mapping {name}").format(name=row.name))
    with as_validation_error("name"):
        schedules.refuse_closed(row.connection, row.definition, clock.now())
    return {"job_id": jobs.enqueue_load(row.id, row.resource_id, None, 0)}


@tk.side_effect_free
def roadmap_connection_list(context: types.Context, data_dict: dict[str, Any]) -> list[str]:
    """List the names of the connections that the operator has configured.

    :rtype: list of strings
    """
    tk.check_access("roadmap_connection_list", context, data_dict)
    return connections.names()


@tk.side_effect_free
@tk.validate_action_data(schema.connection_check)
def roadmap_connection_check(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Look at a connection before it is read: is it there, what may its account do, does its clock go right.

    Nothing is changed at the source, and no row is read. Neither address nor user is told.

    :param name: name of the connection
    :type name: string
    :returns: name, kind, reachable, problem (why it can't be: code, message, remedy, params),
        version, powers (what the account may do beside reading; best none), clock_skew (seconds by which the
        source is ahead), milliseconds, signs (what else was seen, such as the end of a certificate: code,
        is_warning, params, message, remedy), windows (hours in which mappings may read it: window, open,
        mappings); outside a window no table is asked for, and nothing that answers with rows
    :rtype: dict
    """
    tk.check_access("roadmap_connection_check", context, data_dict)
    name = data_dict["name"]
    windows = connection_looks.windows(model.Session(), name, clock.now())
    try:
        look = connection_looks.look(model.Session(), name, clock.now)
    except RoadmapError as error:
        problem = runs.describe(error, "start")
        words = run_in_words(problem)
        problem |= {"message": words["problem"], "remedy": words["remedy"]}
        return {"name": name, "reachable": False, "problem": problem, "windows": windows}
    return {
        "name": name,
        "kind": look.kind,
        "reachable": True,
        "problem": None,
        "version": look.answer.version,
        "powers": list(look.answer.powers),
        "clock_skew": look.skew,
        "milliseconds": look.milliseconds,
        "signs": [_sign(one) for one in look.answer.signs],
        "windows": windows,
    }


def _sign(sign: Sign) -> dict[str, Any]:
    words = run_in_words({"code": sign.code, "params": sign.params, "message": sign.code, "remedy": ""})
    told = {"message": words["problem"], "remedy": words["remedy"]}
    return {"code": sign.code, "is_warning": sign.is_warning, "params": sign.params, **told}


def _find(name: str) -> Mapping:
    row = model.Session.scalars(Mapping.by_name(name)).first()
    if row is None:
        raise tk.ObjectNotFound(tk._("No mapping has the name {name}").format(name=name))
    return row


def _single(text: str) -> MappingDraft:
    draft, *more = parse(text)
    if more:
        raise refusal("mapping_single")
    return draft


def _may_see(context: types.Context, row: Mapping) -> bool:
    try:
        tk.check_access("roadmap_mapping_show", tk.fresh_context(context), {"name": row.name})
    except tk.NotAuthorized:
        return False
    return True


def _shown(row: Mapping) -> dict[str, Any]:
    return _dictize(row, schedules.told(model.Session(), clock.now(), [row]))


def _dictize(row: Mapping, times: dict[str, dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "connection": row.connection,
        "schema": row.source_schema,
        "table": row.source_table,
        "item": row.item_code,
        "body": row.body_name,
        "dataset_id": row.dataset_id,
        "resource_id": row.resource_id,
        "definition": row.definition,
        "definition_hash": row.definition_hash,
        "schedule": times.get(row.id),
        "created_at": row.created_at.isoformat(),
        "updated_at": row.updated_at.isoformat(),
    }
