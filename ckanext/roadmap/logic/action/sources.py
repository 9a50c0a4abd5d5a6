"""Actions that look at sources before anything is mapped from them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.errors import RoadmapError
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import sources as schema
from ckanext.roadmap.services import clock, mapping_looks, runs
from ckanext.roadmap.sources.mapping_file import reading


@tk.side_effect_free
@tk.validate_action_data(schema.source_list)
def roadmap_source_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List what a connection offers: the tables and views of a database, the files of a folder.

    :param connection: name of the connection
    :type connection: string
    :returns: connection, problem (why it can't be asked: code, message, remedy, params; or nothing), tables
        (schema, name, kind: table, view or file, mappings: names of those that read it; nothing where a
        source can't tell what it has)
    :rtype: dict
    """
    tk.check_access("roadmap_source_list", context, data_dict)
    name = data_dict["connection"]
    shown = {"connection": name, "problem": None, "tables": None}
    return _told(shown, lambda: {"tables": mapping_looks.offered(model.Session(), name)})


@tk.side_effect_free
@tk.validate_action_data(schema.source_look)
def roadmap_source_look(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Look at one table, view, file or path of a connection: names, types and counts.

    Nothing is changed at the source, and no value of it is told. Counts are of the first 100,000 rows.
    It waits ten seconds: a database that counts longer is asked for names and types alone, and
    :py:func:`roadmap_source_look_create` waits longer.

    :param connection: name of the connection
    :type connection: string
    :param table: its name at the source
    :type table: string
    :param schema: its schema (optional, default: public)
    :type schema: string
    :param read: how a file or an interface is read, as in a mapping (optional)
    :type read: dict
    :returns: problem (why it can't be read, or nothing), rows (looked at; nothing: not counted), whole
        (whether these are all), columns: name (always nothing), source, kind (type at the source), type
        (always nothing), nulls, distinct (nothing: not counted)
    :rtype: dict
    :raises ValidationError: a way of reading that can't be taken
    """
    tk.check_access("roadmap_source_look", context, data_dict)
    with as_validation_error("read"):
        read = reading(data_dict["table"], data_dict.get("read"))
    asked = mapping_looks.Asked(data_dict["connection"], data_dict["schema"], data_dict["table"], read)
    shown: dict[str, Any] = {"problem": None, "rows": 0, "whole": False, "columns": []}
    return _told(
        shown, lambda: mapping_looks.dictize(mapping_looks.survey(model.Session(), clock.now(), asked))
    )


def _told(shown: dict[str, Any], look: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What a look finds, or why there is nothing to see."""
    try:
        return shown | look()
    except RoadmapError as error:
        return shown | {"problem": runs.describe(error, "start")}
