"""The register of information systems, and the share of them that publish automatically."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.errors import ListError
from ckanext.roadmap.domain.system import Stage
from ckanext.roadmap.logic import dictize_system as dictize
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.errors import as_validation_error, cell_in_words
from ckanext.roadmap.logic.schema import systems as schema
from ckanext.roadmap.model import Body, System, SystemStepRow
from ckanext.roadmap.presentation import systems as forms
from ckanext.roadmap.services import clock, systems
from ckanext.roadmap.sources.systems import draft, read_systems


@tk.side_effect_free
@tk.validate_action_data(schema.system_list)
def roadmap_system_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List information systems, by code.

    :param body: only those of this body (name; optional)
    :type body: string
    :param stage: only those at this stage (optional)
    :type stage: string
    :returns: count and systems: code, body, title, purpose, items (codes of the approved list that it holds
        data for), stage, details (technical fields and contact; None unless the reader works with the system)
    :rtype: dict
    """
    tk.check_access("roadmap_system_list", context, data_dict)
    body, stage = data_dict.get("body"), data_dict.get("stage")
    found = [
        (row, owner)
        for row, owner in model.Session.execute(System.all_rows()).tuples()
        if body in (None, owner.name) and stage in (None, row.stage)
    ]
    sees = {name: _sees(context, name) for name in {owner.name for _, owner in found}}
    return {
        "count": len(found),
        "systems": [dictize.system(row, owner, sees[owner.name]) for row, owner in found],
    }


@tk.side_effect_free
@tk.validate_action_data(schema.system_show)
def roadmap_system_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show one information system and its way to the portal.

    :param code: code of the system, IS-0001
    :type code: string
    :returns: as roadmap_system_list, with steps (stage, reached, act, document_url, by, recorded_at, hash;
        newest first) and next (the stages that may follow)
    :rtype: dict
    :raises ObjectNotFound: no system has that code
    """
    tk.check_access("roadmap_system_show", context, data_dict)
    row, owner = find_system(data_dict["code"])
    sees = _sees(context, owner.name)
    steps = model.Session.scalars(SystemStepRow.in_order(row.id))
    return {
        **dictize.system(row, owner, sees),
        "steps": dictize.steps(steps, sees),
        "next": dictize.next_stages(row),
    }


@tk.validate_action_data(schema.system_create)
def roadmap_system_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Declare an information system of a body.

    :param body: name of the body
    :type body: string
    :param title_uz: its name in Uzbek; also title_uz_cyrl, title_ru, title_en
    :type title_uz: string
    :param purpose_uz: what it is for; also purpose_uz_cyrl, purpose_ru, purpose_en (optional)
    :type purpose_uz: string
    :param items: codes of the approved list that it holds data for, separated by ; (optional)
    :type items: string
    :param personal_data: none, some, special or unknown (default: unknown)
    :type personal_data: string
    :param network: internet, state, closed or unknown (default: unknown)
    :type network: string
    :param dbms: its database system; also dbms_version, volume, contact_name, contact_phone, contact_email
    :type dbms: string
    :param connection: the operator's name of the connection to it (coordinators; optional)
    :type connection: string
    :returns: as roadmap_system_show
    :rtype: dict
    :raises ValidationError: a field that can't be taken, with the remedy
    """
    tk.check_access("roadmap_system_create", context, data_dict)
    if model.Session.scalars(Body.by_name(data_dict["body"])).first() is None:
        raise tk.ValidationError({"body": [tk._("There is no such body")]})
    return _write(context, {**data_dict, "code": ""})


@tk.validate_action_data(schema.system_update)
def roadmap_system_update(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Change what the register tells of a system; fields that are not given stay.

    :param code: code of the system
    :type code: string
    :returns: as roadmap_system_show
    :rtype: dict
    :raises ObjectNotFound: no system has that code
    :raises ValidationError: a field that can't be taken, with the remedy
    """
    tk.check_access("roadmap_system_update", context, data_dict)
    row, owner = find_system(data_dict["code"])
    return _write(context, {**forms.cells(dictize.system(row, owner, True)), **data_dict})


@tk.validate_action_data(schema.system_step)
def roadmap_system_step(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Record that a system reached another stage; it stays recorded for good.

    :param code: code of the system
    :type code: string
    :param stage: declared, guide_issued, agreement, test, live, paused or retired; it must follow
    :type stage: string
    :param reached: the day, YYYY-MM-DD, not in the future
    :type reached: string
    :param act: number and date of the act or document
    :type act: string
    :param document_url: address of the document (optional)
    :type document_url: string
    :returns: as roadmap_system_show
    :rtype: dict
    :raises ObjectNotFound: no system has that code
    :raises ValidationError: the stage does not follow, or lacks a connection
    """
    tk.check_access("roadmap_system_step", context, data_dict)
    row, _owner = find_system(data_dict["code"])
    if data_dict["reached"] > clock.today():
        raise tk.ValidationError({"reached": [tk._("Give a day that has come.")]})
    stage, url = Stage(data_dict["stage"]), data_dict.get("document_url")
    reached = systems.Reached(stage, data_dict["reached"], data_dict["act"], url)
    with as_validation_error("stage"):
        systems.step(model.Session(), clock.now(), row, reached, user_id(context))
    model.Session.commit()
    return roadmap_system_show(context, {"code": row.code})


@tk.validate_action_data(schema.system_import)
def roadmap_system_import(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Import a register of systems, all or nothing; rows without a code declare new systems.

    :param upload: CSV or XLSX with the columns body, title_uz, items; optional: code, the other languages
        (title_ru …, purpose_uz …), personal_data, network, dbms, dbms_version, volume, contact_name,
        contact_phone, contact_email, connection
    :type upload: FileStorage
    :returns: counts of created, updated, unchanged systems
    :rtype: dict
    :raises ValidationError: a row that can't be taken, with row, column and remedy
    """
    tk.check_access("roadmap_system_import", context, data_dict)
    upload = data_dict["upload"]
    with as_validation_error("upload"):
        drafts = read_systems(upload.read(), upload.filename)
        counts, _ = systems.write(model.Session(), clock.now(), clock.today(), drafts, user_id(context))
    model.Session.commit()
    return dict(counts)


@tk.validate_action_data(schema.system_answer)
def roadmap_system_answer(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Answer the yearly survey: the register holds all systems of the body, as an officer states.

    :param body: name of the body
    :type body: string
    :param note: a remark (optional)
    :type note: string
    :returns: year and systems (how many the register holds)
    :rtype: dict
    :raises ValidationError: there is no such body
    """
    tk.check_access("roadmap_system_answer", context, data_dict)
    body = model.Session.scalars(Body.by_name(data_dict["body"])).first()
    if body is None:
        raise tk.ValidationError({"body": [tk._("There is no such body")]})
    note, year = data_dict.get("note") or "", clock.today().year
    row = systems.answer(model.Session(), clock.now(), body, year, note, user_id(context))
    model.Session.commit()
    return {"year": row.year, "systems": row.systems}


def _write(context: types.Context, cells: dict[str, Any]) -> dict[str, Any]:
    try:
        tk.check_access("roadmap_system_import", context, {})
    except tk.NotAuthorized:  # connections are the operator's; an officer leaves them as they are
        cells = {**cells, "connection": _connection(cells["code"])}
    try:
        drafts = [draft(1, cells)]
        _, written = systems.write(model.Session(), clock.now(), clock.today(), drafts, user_id(context))
    except ListError as error:
        model.Session.rollback()
        raise tk.ValidationError({error.column: [cell_in_words(error)]}) from error
    model.Session.commit()
    return roadmap_system_show(context, {"code": written[0].code})


def _connection(code: str) -> str:
    found = model.Session.execute(System.by_code(code)).tuples().first()
    return (found[0].connection or "") if found else ""


def find_system(code: str) -> tuple[System, Body]:
    """The system of a code, with its body.

    :raises ObjectNotFound: there is none
    """
    found = model.Session.execute(System.by_code(code)).tuples().first()
    if found is None:
        raise tk.ObjectNotFound(tk._("No information system has the code {code}").format(code=code))
    return found


def _sees(context: types.Context, body: str) -> bool:
    try:
        return tk.check_access("roadmap_system_detail_show", context, {"body": body})
    except tk.NotAuthorized:
        return False
