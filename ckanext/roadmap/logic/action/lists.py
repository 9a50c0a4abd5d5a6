"""Actions on versions of the approved list."""

from __future__ import annotations

from typing import Any, cast

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import result_jobs
from ckanext.roadmap.domain.list_life import Override
from ckanext.roadmap.logic import dictize_list, matching
from ckanext.roadmap.logic.action.body_import import follow
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import lists as schema
from ckanext.roadmap.model import ListVersion
from ckanext.roadmap.services import bodies, clock, deadlines, identifiers, lists, obligations, responsible
from ckanext.roadmap.services.item_changes import Hand
from ckanext.roadmap.services.legal_calendar import legal_calendar
from ckanext.roadmap.services.progress import nobody_watches
from ckanext.roadmap.sources.approved_list import read_approved_list


@tk.side_effect_free
@tk.validate_action_data(schema.list_version_list)
def roadmap_list_version_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the versions of the approved list, newest first.

    Drafts are shown to coordinators and the commission only.

    :param as_of: only those approved by a past day or instant, with what was known of their end (optional)
    :type as_of: string
    :returns: versions; see :py:func:`roadmap_list_version_show` for the keys
    :rtype: list of dicts
    """
    tk.check_access("roadmap_list_version_list", context, data_dict)
    if as_of := data_dict.get("as_of"):
        return [dictize_list.version_then(*pair) for pair in lists.known(model.Session(), as_of)]
    rows = model.Session.scalars(ListVersion.select_all())
    return [dictize_list.version(row) for row in rows if may_see(context, row)]


@tk.side_effect_free
@tk.validate_action_data(schema.list_version_show)
def roadmap_list_version_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show one version of the approved list.

    :param year: year of the list
    :type year: int
    :param number: number within the year (optional; the newest that may be seen)
    :type number: int
    :returns: id, year, number, status, decision_number, decision_date, decision_document (address, or None),
        in_force_from, in_force_to,
        grace (share, floor_days, cap_days), attestation_limit, content_hash, approved_at, submitted_at,
        rejected_at, rejected_reason, override (act, reason; or None)
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    """
    tk.check_access("roadmap_list_version_show", context, data_dict)
    return dictize_list.version(find(context, data_dict["year"], data_dict.get("number")))


@tk.validate_action_data(schema.list_import)
def roadmap_list_import(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Import a list as the draft of a year, all or nothing; the same file twice changes nothing.

    :param upload: CSV (UTF-8, UTF-16 or CP1251) or XLSX with the columns of docs/approved-list.md
    :type upload: FileStorage
    :param year: year of the list
    :type year: int
    :param number: number of the revision within the year (default 1)
    :type number: int
    :param choices: the body meant by a word that does not match, {word: name, code, STIR or title} (optional)
    :type choices: dict
    :returns: year, number, items, created, updated, unchanged, content_hash
    :rtype: dict
    :raises ValidationError: a cell that can't be taken, with row, column and remedy; or the version is
        approved already
    """
    tk.check_access("roadmap_list_import", context, data_dict)
    session = model.Session()
    upload = data_dict["upload"]
    with as_validation_error("upload"):
        read = read_approved_list(upload.read(), upload.filename)
        drafts = [responsible.chosen(draft, data_dict.get("choices") or {}) for draft in read]
        version, counts = lists.import_version(
            session,
            hand(context),
            data_dict["year"],
            data_dict["number"],
            drafts,
            bodies.load_register(session),
            cast(dict[str, Any], context).get("progress", nobody_watches),
        )
    session.commit()
    return {
        "year": version.year,
        "number": version.number,
        "items": len(drafts),
        **counts,
        "content_hash": version.content_hash,
    }


@tk.validate_action_data(schema.list_version_approve)
def roadmap_list_version_approve(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Record the commission's decision on a draft or submitted version and put it in force.

    Its obligations and deadlines are written at once. In the background the matcher then looks for datasets
    that may answer them; it only proposes.

    :param year: year of the list
    :type year: int
    :param number: number within the year (default 1)
    :type number: int
    :param decision_number: number of the commission's decision
    :type decision_number: string
    :param decision_date: its date (YYYY-MM-DD)
    :type decision_date: string
    :param decision_document: address of the decision's text, or of the file uploaded to the portal (optional)
    :type decision_document: string
    :param in_force_from: first day in force (default: the decision's date)
    :type in_force_from: string
    :param override_act: decision of the commission to revise the list a second time in one year (optional;
        with override_reason)
    :type override_act: string
    :param override_reason: why the once-a-year rule is set aside
    :type override_reason: string
    :returns: the version, with the counts of obligations and deadlines written
    :rtype: dict
    :raises ObjectNotFound: there is no such version
    :raises ValidationError: it is neither, or a list was approved in that calendar year already and no
        decision sets the rule aside
    """
    tk.check_access("roadmap_list_version_approve", context, data_dict)
    session, now = model.Session(), clock.now()
    version = find(context, data_dict["year"], data_dict["number"])
    decision = lists.Decision(
        number=data_dict["decision_number"],
        date=data_dict["decision_date"],
        in_force_from=data_dict.get("in_force_from") or data_dict["decision_date"],
        by=context.get("user", ""),
        override=_override(data_dict),
        document=data_dict.get("decision_document"),
    )
    follow(context)
    with as_validation_error("year"):
        lists.approve_version(session, now, version, decision)
        register = bodies.load_register(session)
        bound = obligations.fan_out(session, now, version, decision.in_force_from, register)
        identifiers.issue(session, now, decision.by)
        written = deadlines.extend(session, now, deadlines.horizon(clock.today()), legal_calendar())
    matching.ask_after_commit()
    result_jobs.ask_after_commit()
    session.commit()
    return {**dictize_list.version(version), "obligations": bound, "deadlines": written}


def _override(data_dict: dict[str, Any]) -> Override | None:
    act, reason = data_dict.get("override_act"), data_dict.get("override_reason")
    if bool(act) != bool(reason):
        missing = "override_reason" if act else "override_act"
        raise tk.ValidationError({missing: [tk._("Give both the act and the reason")]})
    return Override(act, reason) if act and reason else None


def may_see(context: types.Context, version: ListVersion) -> bool:
    """Whether the user may see a version: approved ones are public."""
    if version.approved_at is not None:
        return True
    try:
        tk.check_access("roadmap_list_draft_show", context, {})
    except tk.NotAuthorized:
        return False
    return True


def find(context: types.Context, year: int, number: int | None) -> ListVersion:
    """The version of a year and number that the user may see.

    :raises ObjectNotFound: there is none
    """
    rows = model.Session.scalars(ListVersion.of_year(year, number))
    found = next((row for row in rows if may_see(context, row)), None)
    if found is None:
        raise tk.ObjectNotFound(tk._("There is no list of {year}").format(year=year))
    return found


def hand(context: types.Context) -> Hand:
    """Who changes a draft, and when."""
    return Hand(by=context.get("user", ""), at=clock.now())
