"""The compliance view as an action."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.domain.assessment import Status
from ckanext.roadmap.domain.body import BodyKind
from ckanext.roadmap.domain.calendar import Period
from ckanext.roadmap.domain.figures import Drill
from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import dictize, dictize_figures, sheets
from ckanext.roadmap.logic.action.lists import dictize_then
from ckanext.roadmap.logic.schema import compliance as schema
from ckanext.roadmap.services import (
    clock,
    compliance,
    contacts,
    country,
    country_sheets,
    identifiers,
    lists,
    overview,
    repairs,
)
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.compliance import Assessed, Scope
from ckanext.roadmap.services.overview import Overview

_KINDS = [str(kind) for kind in BodyKind]


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
    :param quarter: the quarter that the figures speak of, YYYY-Qn; a past one as it ended, with the names of
        bodies of then (default: the running one)
    :type quarter: string
    :param status: only deadlines of this status (optional)
    :type status: string
    :param as_of: what was shown at a past instant, or at the end of a past day (default: now)
    :type as_of: string
    :param share: only the deadlines that one figure counts: current, kept, kept_on_time, automatic or late
        (optional)
    :type share: string
    :param q: only bodies whose name, code or title holds these words, in any script (optional)
    :type q: string
    :param quarters: how many quarters the trend goes back, at most 40 (default 8)
    :type quarters: int
    :param repairs: how many repairs `fix_first` tells (default 0: nothing is asked)
    :type repairs: int
    :param cells: periods in the strip of each obligation, the newest ones (default 0)
    :type cells: int
    :param limit: most deadlines given (default 100)
    :type limit: int
    :param offset: deadlines left out before the first one given (default 0)
    :type offset: int
    :returns: as_of, rule_version, quarter, list_version, total (the figures, with change in points since the
        quarter before), trend (the figures of each quarter), fix_first (None unless asked for), then either
        bodies and kinds (a row each, with figures), spheres (of the list in force) or, for
        a body or item, obligations, deadlines (newest period first), count (deadlines before paging), limit,
        offset, agenda (the ten most urgent steps, one for an obligation) with agenda_count, history (the ten
        newest events) with history_count, contacts (of the published datasets)
    :rtype: dict
    :raises ObjectNotFound: there is no such body or item
    """
    tk.check_access("roadmap_compliance_show", context, data_dict)
    scope = make_scope(data_dict)
    subject = subject_of(context, data_dict, scope.day)
    if subject["body"] is None and subject["item"] is None:
        return {**_country(data_dict, scope), **subject}
    if _is_kept(data_dict, scope):
        return {**_now(data_dict, scope, subject["body"]), **subject}
    assessed = compliance.assess_all(model.Session(), scope)
    whole = _whole(data_dict, scope, subject, assessed)
    counted = compliance.counted(assessed, scope, make_drill(data_dict))
    return {
        **_head(data_dict, scope, whole),
        "fix_first": _fix_first(assessed, scope, data_dict["repairs"]),
        **subject,
        **_rows(counted, scope, data_dict["limit"], data_dict["offset"]),
        "obligations": _obligations(assessed, data_dict["cells"]),
        **_beside(assessed, scope),
    }


def _is_kept(data_dict: dict[str, Any], scope: Scope) -> bool:
    """Whether what is asked for is a body's page of now, which is told from sheets."""
    narrowing = ("as_of", "item", "kind", "sphere", "q", "share")
    is_now = scope.quarter == compliance.quarter_at(scope.as_of, scope.tz)
    return is_now and data_dict["cells"] <= sheets.CELLS and not any(map(data_dict.get, narrowing))


def _now(data_dict: dict[str, Any], scope: Scope, body: Any) -> dict[str, Any]:
    """A body's page of now: the same as by the rule, which was asked when something changed."""
    session = model.Session()
    whole = _whole(data_dict, scope, {"body": body}, [])
    found = sheets.of_body(session, scope, body)
    paged = sheets.deadlines(session, found, data_dict.get("status"), data_dict["limit"], data_dict["offset"])
    return {
        **_head(data_dict, scope, whole),
        "fix_first": sheets.fix_first(found, scope, data_dict["repairs"]),
        **paged,
        "obligations": _identified(sheets.obligations(found, data_dict["cells"])),
        **sheets.beside(session, found),
        "contacts": contacts.of_datasets(session, sheets.datasets(found)),
    }


def _country(data_dict: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """Figures from the stored results; only what is to be fixed first asks the rule again."""
    is_now, repairs_asked = data_dict.get("as_of") is None, data_dict["repairs"]
    country.refresh(model.Session(), scope.as_of if is_now else None, scope.tz)
    is_whole = scope.quarter == compliance.quarter_at(scope.as_of, scope.tz)

    def make(session: Session) -> dict[str, Any]:
        return _figures(session, data_dict, scope)

    is_kept = is_whole and not any(map(data_dict.get, ("kind", "sphere", "q")))
    if is_kept and (is_now or country_sheets.is_settled(scope.as_of, clock.now())):
        ground = f"{data_dict['quarters']} {scope.quarter.code} {scope.thresholds}"
        told = country_sheets.show(model.Session(), scope.as_of, scope.tz, ground, is_now, make)
    else:
        told = make(model.Session())
    assessed = compliance.assess_all(model.Session(), scope) if repairs_asked else []
    return {
        **_basis(scope),
        **told,
        "fix_first": _fix_first(assessed, scope, repairs_asked),
    }


def _figures(session: Session, data_dict: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """The country's figures and those of its bodies and kinds of body."""
    found = country.load(session, scope, data_dict.get("as_of") is None)
    bodies = found.bodies
    return {
        **_shown(data_dict, scope, found.whole),
        "spheres": _spheres(session, scope),
        "bodies": [{**dictize.body(body), **dictize_figures.summary(told, scope)} for body, told in bodies],
        "kinds": _kinds(bodies, replace(scope, quarters=len(bodies[0][1].figures)) if bodies else scope),
    }


def _whole(
    data_dict: dict[str, Any], scope: Scope, subject: dict[str, Any], assessed: list[Assessed]
) -> Overview:
    """The figures of a body are those that the country's page tells; an item's are added up here."""
    if scope.item is not None or scope.kind is not None or scope.q is not None:
        return sum((overview.measure(one, scope) for one in assessed), overview.none(scope))
    is_now = data_dict.get("as_of") is None
    country.refresh(model.Session(), scope.as_of if is_now else None, scope.tz)
    return country.body(model.Session(), scope, subject["body"]["id"], is_now)


def _head(data_dict: dict[str, Any], scope: Scope, whole: Overview) -> dict[str, Any]:
    return {**_basis(scope), **_shown(data_dict, scope, whole)}


def _basis(scope: Scope) -> dict[str, Any]:
    return {
        "as_of": scope.as_of.isoformat(),
        "rule_version": RULE_VERSION,
        "quarter": scope.quarter.code,
        "list_version": list_version(scope),
    }


def _shown(data_dict: dict[str, Any], scope: Scope, whole: Overview) -> dict[str, Any]:
    return {
        "total": dictize_figures.summary(whole, scope),
        "trend": dictize_figures.trend(whole, scope)[-data_dict["quarters"] :],
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
        q=data_dict.get("q"),
        quarters=max(data_dict.get("quarters", 2), 2),
    )


def make_drill(data_dict: dict[str, Any]) -> Drill | None:
    """The figure whose deadlines are asked for."""
    return Drill(data_dict["share"]) if data_dict.get("share") else None


def subject_of(context: types.Context, data_dict: dict[str, Any], day: date | None = None) -> dict[str, Any]:
    """The body, as it was called on a day, and the item that are asked for; raises ObjectNotFound."""
    subject: dict[str, Any] = {"body": None, "item": None}
    if name := data_dict.get("body"):
        subject["body"] = tk.get_action("roadmap_body_show")(
            tk.fresh_context(context), {"name": name, "at": day}
        )
    if code := data_dict.get("item"):
        subject["item"] = tk.get_action("roadmap_item_show")(
            tk.fresh_context(context), {"code": code, "as_of": data_dict.get("as_of")}
        )
    return subject


def list_version(scope: Scope) -> dict[str, Any] | None:
    """The list in force at the time that is looked at."""
    at = scope.as_of.astimezone(scope.tz).date()
    found = lists.in_force(model.Session(), at, scope.as_of)
    return None if found is None else dictize_then(*found)


def _spheres(session: Session, scope: Scope) -> list[str]:
    found = lists.in_force(session, scope.as_of.astimezone(scope.tz).date(), scope.as_of)
    return [] if found is None else lists.spheres(session, found[0].id)


def _kinds(found: list[tuple[Face, Overview]], scope: Scope) -> list[dict[str, Any]]:
    groups: dict[str, list[Overview]] = defaultdict(list)
    for body, told in found:
        groups[body.kind].append(told)
    return [
        {
            "kind": kind,
            "bodies": len(groups[kind]),
            **dictize_figures.summary(sum(groups[kind], overview.none(scope)), scope),
        }
        for kind in _KINDS
        if kind in groups
    ]


def _fix_first(assessed: list[Assessed], scope: Scope, limit: int) -> dict[str, Any] | None:
    return dictize_figures.plan(repairs.plan(assessed, scope), limit, dictize.obligation) if limit else None


def _rows(assessed: list[Assessed], scope: Scope, limit: int, offset: int) -> dict[str, Any]:
    rows, paged = dictize_figures.page(compliance.rows_of(assessed, scope.status), limit, offset)
    return {"deadlines": [dictize.deadline(one, row) for one, row in rows], **paged}


def _obligations(assessed: list[Assessed], cells: int) -> list[dict[str, Any]]:
    return _identified([dictize.obligation(one, cells) for one in assessed])


def _identified(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    issued = identifiers.of_obligations(model.Session(), [row["id"] for row in rows])
    return [{**row, "identifier": issued.get(row["id"])} for row in rows]


def _beside(assessed: list[Assessed], scope: Scope) -> dict[str, Any]:
    """What to do next, what happened last, whom to ask."""
    steps, events = compliance.agenda(assessed), compliance.history(assessed, scope.as_of)
    datasets = (one.owed.dataset for one in assessed)
    return {
        "agenda": [dictize.deadline(*step) for step in steps[: sheets.STEPS]],
        "agenda_count": len(steps),
        "history": [dictize.happened(*event) for event in events[: sheets.EVENTS]],
        "history_count": len(events),
        "contacts": contacts.of_datasets(
            model.Session(), {one.id for one in datasets if one and one.is_public}
        ),
    }
