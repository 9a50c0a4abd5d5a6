"""The compliance view as an action."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import result_jobs
from ckanext.roadmap.domain.body import BodyKind
from ckanext.roadmap.domain.calendar import end_of_day
from ckanext.roadmap.logic import (
    body_page,
    country_repairs,
    dictize,
    dictize_figures,
    item_page,
    past_days,
    scopes,
    sheets,
)
from ckanext.roadmap.logic.schema import compliance as schema
from ckanext.roadmap.services import (
    clock,
    compliance,
    contacts,
    country,
    country_sheets,
    lists,
    overview,
    repairs,
    told_past,
)
from ckanext.roadmap.services.body_history import Face
from ckanext.roadmap.services.compliance import Assessed, Scope
from ckanext.roadmap.services.making import no_garbage
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
    :param share: only the deadlines that one figure counts: current, kept, kept_on_time, automatic,
        attested or late
        (optional)
    :type share: string
    :param q: only bodies whose name, code or title holds these words, in any script (optional)
    :type q: string
    :param quarters: how many quarters the trend goes back, at most 40 (default 8)
    :type quarters: int
    :param repairs: how many repairs `fix_first` tells, at most 10,000 (default 0: nothing is asked)
    :type repairs: int
    :param cells: periods in the strip of each obligation, the newest ones, at most 100 (default 0)
    :type cells: int
    :param limit: most deadlines given (default 100)
    :type limit: int
    :param offset: deadlines left out before the first one given (default 0)
    :type offset: int
    :returns: as_of, rule_version, quarter, list_version, total (the figures, with change in points since the
        quarter before), trend (the figures of each quarter), fix_first (None unless asked for, and also while
        very many repairs are being counted: of the country, or of an item that hundreds owe), counting (only
        while those of a past time are: done, owed; None: nobody has begun), then either
        bodies and kinds (a row each, with figures), spheres (of the list in force) or, for
        a body or item, obligations, deadlines (newest period first), count (deadlines before paging), limit,
        offset, agenda (the ten most urgent steps, one for an obligation) with agenda_count, history (the ten
        newest events) with history_count, contacts (of the published datasets)
    :rtype: dict
    :raises ObjectNotFound: there is no such body or item
    """
    tk.check_access("roadmap_compliance_show", context, data_dict)
    scope = scopes.make_scope(data_dict)
    is_of_sheets = body_page.is_of_sheets(data_dict, scope)
    if is_of_sheets and (kept := body_page.kept(context, data_dict, scope)):
        return kept
    subject = subject_of(context, data_dict, scope.day)
    if subject["body"] is None and subject["item"] is None:
        return {**_country(data_dict, scope), **subject}
    if item_page.is_of_many(data_dict):
        return item_page.made(data_dict, scope, subject)
    if is_of_sheets:
        return body_page.made(data_dict, scope, subject)
    if body_page.is_of_now(data_dict):
        return body_page.made_of_quarter(data_dict, scope, subject)
    assessed = compliance.assess_all(model.Session(), scope)
    whole = _whole(data_dict, scope, subject, assessed)
    return {
        **scopes.head(data_dict, scope, whole),
        "fix_first": (plan := _fix_first(assessed, scope, data_dict)),
        **country_repairs.counting(plan, data_dict, scope),
        **subject,
        **_rows(data_dict, scope, assessed),
        "obligations": _obligations(assessed, data_dict["cells"]),
        **_beside(assessed, scope),
    }


def _country(data_dict: dict[str, Any], scope: Scope) -> dict[str, Any]:
    """Figures from the stored results; only what is to be fixed first asks the rule again."""
    is_now, repairs_asked = data_dict.get("as_of") is None, data_dict["repairs"]
    now = scope.as_of if is_now else clock.now()
    ends_at = end_of_day(scope.as_of.astimezone(scope.tz).date(), scope.tz)
    is_open = not told_past.is_settled(ends_at, now)  # then no sums are near but those of the present
    country.refresh(model.Session(), now if is_open else None, scope.tz)
    is_whole = scope.quarter == compliance.quarter_at(scope.as_of, scope.tz)
    is_kept = not any(map(data_dict.get, ("kind", "sphere", "q")))

    def make(session: Session) -> country_sheets.Made:
        with no_garbage():
            found = country.near(session, scope, now) if is_kept and is_whole and not is_now else None
            found = found or country.load(session, scope, is_now)
            sums = found.sums if is_kept and is_whole else None
            return country_sheets.Made(figures(session, data_dict, scope, found), sums)

    if is_kept and (is_now or told_past.is_settled(scope.as_of, now)):
        ground = past_days.ground(data_dict, scope)
        told = country_sheets.show(model.Session(), scope.as_of, scope.tz, ground, is_now, make)
    else:
        told = make(model.Session()).content
    plan = _many_repairs(scope, repairs_asked, is_now) if repairs_asked else None
    return {
        **scopes.basis(scope),
        **told,
        "fix_first": plan,
        **country_repairs.counting(plan, data_dict, scope),
    }


def _many_repairs(scope: Scope, limit: int, is_now: bool) -> dict[str, Any] | None:
    """Of the present from sheets, of a past time from what is kept; what is missing is asked of a job."""
    session = model.Session()
    told = (country_repairs.plan if is_now else country_repairs.plan_then)(session, scope, limit)
    if told is None and is_now:
        result_jobs.ask_for_sheets()
    elif told is None:
        result_jobs.ask_for_repairs(scope.as_of)
    return told


def figures(
    session: Session, data_dict: dict[str, Any], scope: Scope, found: country.Country
) -> dict[str, Any]:
    """The country's figures and those of its bodies and kinds of body."""
    bodies = found.bodies
    return {
        **scopes.shown(data_dict, scope, found.whole),
        "spheres": _spheres(session, scope),
        "bodies": [{**dictize.body(body), **dictize_figures.summary(told, scope)} for body, told in bodies],
        "kinds": _kinds(bodies, replace(scope, quarters=len(bodies[0][1].figures)) if bodies else scope),
    }


def _whole(
    data_dict: dict[str, Any], scope: Scope, subject: dict[str, Any], assessed: list[Assessed]
) -> Overview:
    """The figures of a body or an item are those stored; of one narrowed further they are added up here."""
    is_now, is_plain = data_dict.get("as_of") is None, scope.kind is None and scope.q is None
    if is_plain and (scope.body is None) != (scope.item is None):
        country.refresh(model.Session(), scope.as_of if is_now else None, scope.tz)
        if scope.item is not None:
            return country.item(model.Session(), scope, [one.owed.id for one in assessed])
        return country.body(model.Session(), scope, subject["body"]["id"], is_now)
    return sum((overview.measure(one, scope) for one in assessed), overview.none(scope))


def subject_of(context: types.Context, data_dict: dict[str, Any], day: date | None = None) -> dict[str, Any]:
    """The body, as it was called on a day, and the item that are asked for; raises ObjectNotFound."""
    subject: dict[str, Any] = {"body": None, "item": None}
    if name := data_dict.get("body"):
        subject["body"] = tk.get_action("roadmap_body_show")(
            tk.fresh_context(context), {"name": name, "at": day, "as_of": data_dict.get("as_of")}
        )
    if code := data_dict.get("item"):
        subject["item"] = tk.get_action("roadmap_item_show")(
            tk.fresh_context(context), {"code": code, "as_of": data_dict.get("as_of")}
        )
    return subject


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
            **dictize_figures.summary(Overview.total(groups[kind]), scope),
        }
        for kind in _KINDS
        if kind in groups
    ]


def _fix_first(assessed: list[Assessed], scope: Scope, data_dict: dict[str, Any]) -> dict[str, Any] | None:
    limit, is_now = data_dict["repairs"], data_dict.get("as_of") is None
    if limit and len(assessed) > country_repairs.MOST_MISSING:
        return _many_repairs(scope, limit, is_now)
    return dictize_figures.plan(repairs.plan(assessed, scope), limit, dictize.obligation) if limit else None


def _rows(data_dict: dict[str, Any], scope: Scope, assessed: list[Assessed]) -> dict[str, Any]:
    drill = scopes.make_drill(data_dict)
    counted = compliance.rows_of(compliance.counted(assessed, scope, drill), scope.status, drill)
    rows, paged = dictize_figures.page(counted, data_dict["limit"], data_dict["offset"])
    return {"deadlines": [dictize.deadline(one, row) for one, row in rows], **paged}


def _obligations(assessed: list[Assessed], cells: int) -> list[dict[str, Any]]:
    return body_page.identified(model.Session(), [dictize.obligation(one, cells) for one in assessed])


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
