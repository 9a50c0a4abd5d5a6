"""Deadlines and data events, read."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.domain.figures import Drill
from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import dictize, dictize_story
from ckanext.roadmap.logic.schema import compliance as schema
from ckanext.roadmap.logic.scopes import make_drill, make_list_scope
from ckanext.roadmap.model import Body, DataEventRow, Item, Obligation
from ckanext.roadmap.services import behind, clock, country, story


@tk.side_effect_free
@tk.validate_action_data(schema.compliance_show)
def roadmap_deadline_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List deadlines whose period has begun, with their status, the newest period first.

    Of the share *current* the one that counts of each obligation is told, by item and body.

    The order is total, so that pages neither repeat nor leave out a row while nothing is recorded; give the
    `as_of` of the first answer with each further page to go through one state.

    :param body: only of the body of this name (optional)
    :type body: string
    :param item: only of the item of this code (optional)
    :type item: string
    :param kind: only of bodies of this kind (optional)
    :type kind: string
    :param sphere: only of items of this sphere (optional)
    :type sphere: string
    :param status: only of this status (optional)
    :type status: string
    :param quarter: only those whose grace ended in this quarter, YYYY-Qn: the rows behind *kept* (optional)
    :type quarter: string
    :param share: only those that one figure counts: current, kept, kept_on_time, automatic,
        attested or late (optional)
    :type share: string
    :param q: only of bodies whose name, code or title holds these words, in any script (optional)
    :type q: string
    :param as_of: as it was known at a past day or instant (optional)
    :type as_of: string
    :param limit: most deadlines given (default 100)
    :type limit: int
    :param offset: deadlines left out before the first one given (default 0)
    :type offset: int
    :returns: as_of, rule_version, quarter, count (before paging), limit, offset, deadlines (the rows of
        roadmap_compliance_show)
    :rtype: dict
    """
    tk.check_access("roadmap_deadline_list", context, data_dict)
    scope, limit, offset = make_list_scope(data_dict), data_dict["limit"], data_dict["offset"]
    drill = make_drill(data_dict) or (Drill.kept if data_dict.get("quarter") else None)
    country.refresh(model.Session(), None, scope.tz)
    rows, count = behind.deadlines(model.Session(), scope, drill, limit, offset)
    return {
        "as_of": scope.as_of.isoformat(),
        "rule_version": RULE_VERSION,
        "quarter": scope.quarter.code,
        "count": count,
        "limit": limit,
        "offset": offset,
        "deadlines": [dictize.deadline(one, row) for one, row in rows],
    }


@tk.side_effect_free
@tk.validate_action_data(schema.deadline_show)
def roadmap_deadline_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell the whole story of one deadline: dates, events and why each counts or not, every act, the hash.

    :param id: id of the deadline
    :type id: string
    :param as_of: as it was known at a past day or instant (optional)
    :type as_of: string
    :returns: as_of, rule_version, deadline (a row of roadmap_compliance_show), record (the row as written),
        events, notices, attestations, exemptions (with revocation), objections (with ruling)
    :rtype: dict
    :raises ObjectNotFound: there is no such deadline, or its period had not begun
    """
    tk.check_access("roadmap_deadline_show", context, data_dict)
    as_of = data_dict.get("as_of") or clock.now()
    told = story.tell(model.Session(), data_dict["id"], as_of, config.timezone())
    if told is None:
        raise tk.ObjectNotFound(tk._("There is no such deadline, or its period has not begun"))
    return {"as_of": as_of.isoformat(), "rule_version": RULE_VERSION, **dictize_story.story(told)}


@tk.side_effect_free
@tk.validate_action_data(schema.event_list)
def roadmap_event_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List data events in the order they were recorded; a page once read never changes.

    :param obligation: only of the obligation of this id (optional)
    :type obligation: string
    :param item: only of the item of this code (optional)
    :type item: string
    :param body: only of the body of this name (optional)
    :type body: string
    :param dataset: only of the dataset of this id (optional)
    :type dataset: string
    :param as_of: only events recorded by a past day or instant (optional)
    :type as_of: string
    :param after: only events after this seq (default 0)
    :type after: int
    :param limit: most events given (default 100)
    :type limit: int
    :returns: events (each with seq, hash and previous_hash), next (give it as `after`; None at the end)
    :rtype: dict
    """
    tk.check_access("roadmap_event_list", context, data_dict)
    limit = data_dict["limit"]
    filters = {
        DataEventRow.obligation_id: data_dict.get("obligation"),
        Item.code: data_dict.get("item"),
        Body.name: data_dict.get("body"),
        DataEventRow.dataset_id: data_dict.get("dataset"),
    }
    query = (
        sa.select(DataEventRow)
        .join(Obligation, Obligation.id == DataEventRow.obligation_id)
        .join(Item, Item.id == Obligation.item_id)
        .join(Body, Body.id == Obligation.body_id)
        .where(DataEventRow.seq > data_dict["after"])
        .where(*(column == value for column, value in filters.items() if value is not None))
        .order_by(DataEventRow.seq)
        .limit(limit + 1)
    )
    if at := data_dict.get("as_of"):  # else a clock that is fast would have one left out for ever
        query = query.where(DataEventRow.recorded_at <= at)
    rows = list(model.Session.scalars(query))
    shown = rows[:limit]
    more = shown[-1].seq if shown and len(rows) > limit else None
    return {"events": [dictize_story.event(row) for row in shown], "next": more}
