"""The compliance view as an action."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.list_life import ListStatus
from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import dictize
from ckanext.roadmap.logic.action.lists import dictize as dictize_version
from ckanext.roadmap.logic.schema import compliance as schema
from ckanext.roadmap.services import clock, compliance, contacts, identifiers, lists
from ckanext.roadmap.services.compliance import Assessed, Scope

_STEPS, _EVENTS = 10, 10


@tk.side_effect_free
@tk.validate_action_data(schema.compliance_show)
def roadmap_compliance_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show what was due and what became of it: of the country, of a body, or of an item.

    All figures come from the one status rule (docs/status-rule.md).

    :param body: name of a body: its obligations and deadlines (optional)
    :type body: string
    :param item: code of an item: its obligations and deadlines over all bodies (optional)
    :type item: string
    :param kind: only bodies of this kind (optional)
    :type kind: string
    :param sphere: only items of this sphere (optional)
    :type sphere: string
    :param quarter: the quarter of the share *kept*, YYYY-Qn (default: the running one); bodies are named, and
        hold what they held, as on its last day
    :type quarter: string
    :param status: only deadlines of this status (optional)
    :type status: string
    :param as_of: what was shown at a past instant, or at the end of a past day (default: now)
    :type as_of: string
    :param share: only the deadlines that one share counts: current, kept or kept_on_time (optional)
    :type share: string
    :param cells: periods in the strip of each obligation, the newest ones (default 0)
    :type cells: int
    :param limit: most deadlines given (default 100)
    :type limit: int
    :param offset: deadlines left out before the first one given (default 0)
    :type offset: int
    :returns: as_of, rule_version, quarter, list_version, total (the figures), then either bodies (a row each,
        with figures) or, for a body or item, obligations, deadlines (newest period first), count (deadlines
        before paging), limit, offset, agenda (the ten most urgent steps, one for an obligation) with
        agenda_count, history (the ten newest events) with history_count, contacts (of the published datasets)
    :rtype: dict
    :raises ObjectNotFound: there is no such body or item
    """
    tk.check_access("roadmap_compliance_show", context, data_dict)
    scope = make_scope(data_dict)
    subject = _subject(context, data_dict)
    assessed = compliance.assess_all(model.Session(), scope)
    result = {
        "as_of": scope.as_of.isoformat(),
        "rule_version": RULE_VERSION,
        "quarter": scope.quarter.code,
        "list_version": _list_version(scope),
        "total": dictize.summary(compliance.summarize(assessed, scope)),
        **subject,
    }
    if subject["body"] is None and subject["item"] is None:
        return {**result, "bodies": [_body(group, scope) for group in compliance.by_body(assessed)]}
    counted = compliance.counted(assessed, scope, data_dict.get("share"))
    return {
        **result,
        **_rows(counted, scope, data_dict["limit"], data_dict["offset"]),
        "obligations": _obligations(assessed, data_dict["cells"]),
        **_beside(assessed, scope),
    }


def make_scope(data_dict: dict[str, Any]) -> Scope:
    """What is asked for, and when."""
    as_of, tz = data_dict.get("as_of") or clock.now(), config.timezone()
    asked = data_dict.get("quarter")
    quarter = Period.parse(asked) if asked else compliance.quarter_at(as_of, tz)
    return Scope(
        as_of=as_of,
        tz=tz,
        quarter=quarter,
        day=min(quarter.last, as_of.astimezone(tz).date()),
        thresholds=config.light_thresholds(),
        body=data_dict.get("body"),
        item=data_dict.get("item"),
        kind=data_dict.get("kind"),
        sphere=data_dict.get("sphere"),
        status=Status(data_dict["status"]) if data_dict.get("status") else None,
    )


def _subject(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    subject: dict[str, Any] = {"body": None, "item": None}
    if name := data_dict.get("body"):
        subject["body"] = tk.get_action("roadmap_body_show")(tk.fresh_context(context), {"name": name})
    if code := data_dict.get("item"):
        subject["item"] = tk.get_action("roadmap_item_show")(
            tk.fresh_context(context), {"code": code, "as_of": data_dict.get("as_of")}
        )
    return subject


def _list_version(scope: Scope) -> dict[str, Any] | None:
    at = scope.as_of.astimezone(scope.tz).date()
    found = lists.in_force(model.Session(), at, scope.as_of)
    if found is None:
        return None
    version, until = found
    status = ListStatus.superseded if until else ListStatus.approved
    return {
        **dictize_version(version),
        "status": str(status),
        "in_force_to": until.isoformat() if until else None,
    }


def _body(group: list[Assessed], scope: Scope) -> dict[str, Any]:
    return {**dictize.body(group[0].owed.body), **dictize.summary(compliance.summarize(group, scope))}


def _rows(assessed: list[Assessed], scope: Scope, limit: int, offset: int) -> dict[str, Any]:
    rows = compliance.rows_of(assessed, scope.status)
    return {
        "deadlines": [dictize.deadline(one, row) for one, row in rows[offset : offset + limit]],
        "count": len(rows),
        "limit": limit,
        "offset": offset,
    }


def _obligations(assessed: list[Assessed], cells: int) -> list[dict[str, Any]]:
    issued = identifiers.of_obligations(model.Session(), [one.owed.id for one in assessed])
    return [{**dictize.obligation(one, cells), "identifier": issued.get(one.owed.id)} for one in assessed]


def _beside(assessed: list[Assessed], scope: Scope) -> dict[str, Any]:
    """What to do next, what happened last, whom to ask."""
    steps, events = compliance.agenda(assessed), compliance.history(assessed, scope.as_of)
    datasets = (one.owed.dataset for one in assessed)
    return {
        "agenda": [dictize.deadline(*step) for step in steps[:_STEPS]],
        "agenda_count": len(steps),
        "history": [dictize.happened(*event) for event in events[:_EVENTS]],
        "history_count": len(events),
        "contacts": contacts.of_datasets(
            model.Session(), {one.id for one in datasets if one and one.is_public}
        ),
    }
