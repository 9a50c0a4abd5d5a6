"""Pages by what is known now: of a body by one kept row, made of sheets of what it owes; others of sheets."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import dictize, scopes, sheets
from ckanext.roadmap.services import behind, body_sheets, compliance, contacts, country, identifiers
from ckanext.roadmap.services.compliance import Scope
from ckanext.roadmap.services.overview import Overview

_NARROWING = ("as_of", "kind", "sphere", "q")
_KEPT = {"limit": sheets.ROWS, "offset": 0, "cells": sheets.CELLS, "repairs": sheets.REPAIRS}


def is_of_sheets(data_dict: dict[str, Any], scope: Scope) -> bool:
    """Whether what is asked for is the page of now of one body or one item, which is told from sheets."""
    is_now = scope.quarter == compliance.quarter_at(scope.as_of, scope.tz)
    return is_now and not data_dict.get("share") and is_of_now(data_dict)


def is_of_now(data_dict: dict[str, Any]) -> bool:
    """Whether it is of one body or item by what is known now, of any quarter: that is told from sheets."""
    is_one = bool(data_dict.get("body")) != bool(data_dict.get("item"))
    is_plain = is_one and not any(map(data_dict.get, _NARROWING))
    return bool(is_plain and data_dict["cells"] <= sheets.CELLS)


def kept(context: types.Context, data_dict: dict[str, Any], scope: Scope) -> dict[str, Any] | None:
    """The page as every reader opens it first, where it is kept and still true."""
    if not (data_dict.get("body") and _is_first(data_dict)):
        return None
    tk.check_access("roadmap_body_show", tk.fresh_context(context), {"name": data_dict["body"]})
    found = body_sheets.show(model.Session(), data_dict["body"], scope.as_of, _ground(data_dict, scope))
    return found and {**found, "as_of": scope.as_of.isoformat()}


def made(data_dict: dict[str, Any], scope: Scope, subject: dict[str, Any]) -> dict[str, Any]:
    """The same as by the rule, which is asked of what changed; the first page is kept."""
    body, session = subject["body"], model.Session()
    country.refresh(session, scope.as_of, scope.tz)
    if body is None:
        found = sheets.of_item(session, scope, data_dict["item"])
        whole = country.item(session, scope, [one["row"]["id"] for one in found])
        return {**_told(session, data_dict, scope, whole, found), **subject}
    found = sheets.of_body(session, scope, body)
    if _is_first(data_dict):

        def make(own: Session) -> tuple[dict[str, Any], datetime] | None:
            known = sheets.held(own, scope, body)
            if known is None:
                return None
            whole = country.body(own, scope, body["id"], is_now=True)
            return {**_told(own, data_dict, scope, whole, known[0]), **subject}, known[1]

        ground = _ground(data_dict, scope)
        told = body_sheets.keep(session, body["id"], scope.as_of, ground, make)
        if told is not None:
            return told
    whole = country.body(session, scope, body["id"], is_now=True)
    return {**_told(session, data_dict, scope, whole, found), **subject}


def made_of_quarter(data_dict: dict[str, Any], scope: Scope, subject: dict[str, Any]) -> dict[str, Any]:
    """The page of a quarter that has ended, or of the deadlines behind a figure, as it is told now.

    Obligations are those that the body held at the quarter's end, and public or not as they were then.
    """
    session, body = model.Session(), subject["body"]
    country.refresh(session, scope.as_of, scope.tz)
    found = sheets.of_quarter(session, scope)
    ids = [one["row"]["id"] for one in found]
    if body is None:
        whole = country.item(session, scope, ids)
    else:
        whole = country.body(session, scope, body["id"], is_now=True)
    told = {**_told(session, data_dict, scope, whole, found), **subject}
    drill = scopes.make_drill(data_dict)
    if drill is None:
        return told
    limit, offset = data_dict["limit"], data_dict["offset"]
    rows, count = behind.deadlines(session, scope, drill, limit, offset)
    return {**told, "deadlines": [dictize.deadline(one, row) for one, row in rows], "count": count}


def identified(session: Session, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Obligations with the identifiers of their datasets."""
    issued = identifiers.of_obligations(session, [row["id"] for row in rows])
    return [{**row, "identifier": issued.get(row["id"])} for row in rows]


def _told(
    session: Session, data_dict: dict[str, Any], scope: Scope, whole: Overview, found: list[sheets.Content]
) -> dict[str, Any]:
    paged = sheets.deadlines(session, found, data_dict.get("status"), data_dict["limit"], data_dict["offset"])
    return {
        **scopes.head(data_dict, scope, whole),
        "fix_first": sheets.fix_first(found, scope, data_dict["repairs"]),
        **paged,
        "obligations": identified(session, sheets.obligations(found, data_dict["cells"])),
        **sheets.beside(session, found),
        "contacts": contacts.of_datasets(session, sheets.datasets(found)),
    }


def _is_first(data_dict: dict[str, Any]) -> bool:
    return not data_dict.get("status") and all(data_dict[name] == value for name, value in _KEPT.items())


def _ground(data_dict: dict[str, Any], scope: Scope) -> str:
    return f"{RULE_VERSION} {data_dict['quarters']} {scope.quarter.code} {scope.thresholds}"
