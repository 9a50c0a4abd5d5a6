"""Objections of bodies and rulings of auditors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.domain.act import Blame, Remedy
from ckanext.roadmap.domain.calendar import end_of_day
from ckanext.roadmap.logic.action.acts import find, user_id
from ckanext.roadmap.logic.dictize_objection import disputed
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import acts as schema
from ckanext.roadmap.model import ObjectionRow
from ckanext.roadmap.services import clock, objection_list, objections
from ckanext.roadmap.services.objections import Ruling


@tk.validate_action_data(schema.objection_create)
def roadmap_objection_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Dispute, as an officer of the body, the status of one deadline; it is shown as contested until ruled.

    :param deadline: id of the deadline; its period has ended
    :type deadline: string
    :param fault: whose fault it was: portal, source or publisher
    :type fault: string
    :param text: what happened; it stays public
    :type text: string
    :param evidence_url: where the evidence can be read (optional)
    :type evidence_url: string
    :returns: id of the objection
    :rtype: dict
    :raises ObjectNotFound: there is no such deadline
    :raises ValidationError: the period is open, it was met on time, or an objection is open already
    """
    tk.check_access("roadmap_objection_create", context, data_dict)
    session = model.Session()
    with as_validation_error("deadline"):
        created = objections.create(
            session,
            clock.now(),
            find(data_dict["deadline"]).verdict,
            Blame(data_dict["fault"]),
            data_dict["text"],
            data_dict.get("evidence_url"),
            user_id(context),
            end_of_day(clock.today() + timedelta(days=config.objection_days()), config.timezone()),
        )
    session.commit()
    return {"id": created}


@tk.side_effect_free
@tk.validate_action_data(schema.objection_list)
def roadmap_objection_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Objections and rulings: the auditor's worklist, those whose term ends first in front.

    When a term passes nothing is decided by itself: the deadline stays contested, and the objection is late.

    :param body: only those of the body of this name (optional)
    :type body: string
    :param open: only those that wait for their ruling (default: all)
    :type open: boolean
    :param as_of: as they stood at a past day's end or instant (optional)
    :type as_of: string
    :returns: count, late (how many have waited longer than the term), objections: id (of the deadline),
        objection_id, body, item, period, kind, fault, text, evidence_url, recorded_at, rule_by, days_left,
        state (open, late, upheld, dismissed), ruling (text, remedy, recorded_at)
    :rtype: dict
    """
    tk.check_access("roadmap_objection_list", context, data_dict)
    at, tz, days = data_dict.get("as_of") or clock.now(), config.timezone(), config.objection_days()
    found = objection_list.load(model.Session(), at, tz, days, data_dict.get("body"), data_dict["open"])
    late = sum(one.state is objection_list.State.late for one in found)
    return {"count": len(found), "late": late, "objections": [disputed(one) for one in found]}


@tk.validate_action_data(schema.objection_rule)
def roadmap_objection_rule(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Rule on an objection, as an auditor; what an upheld one leads to is recorded together with it.

    :param id: id of the objection
    :type id: string
    :param ruling: upheld or dismissed
    :type ruling: string
    :param text: the grounds; they stay public
    :type text: string
    :param remedy: none, exempt (the deadline is freed), void or moved (a notice); default none
    :type remedy: string
    :param due_day: the day on which the data are due now, for moved (YYYY-MM-DD)
    :type due_day: string
    :returns: id of the ruling
    :rtype: dict
    :raises ObjectNotFound: there is no such objection
    :raises ValidationError: it has been ruled on, or a dismissal is to lead to something
    """
    tk.check_access("roadmap_objection_rule", context, data_dict)
    session = model.Session()
    objection = session.get(ObjectionRow, data_dict["id"])
    if objection is None:
        raise tk.ObjectNotFound(tk._("There is no such objection"))
    ruling = Ruling(
        upheld=data_dict["ruling"] == "upheld",
        text=data_dict["text"],
        remedy=Remedy(data_dict["remedy"]),
        due_day=data_dict.get("due_day"),
    )
    with as_validation_error("remedy"):
        deadline = find(objection.deadline_id).verdict.deadline
        created = objections.rule(
            session, clock.now(), objection, deadline, ruling, config.timezone(), user_id(context)
        )
    session.commit()
    return {"id": created}
