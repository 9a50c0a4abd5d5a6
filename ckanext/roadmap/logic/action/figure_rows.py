"""The rows behind figures that count obligations or events."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import dictize, dictize_figures
from ckanext.roadmap.logic.schema import figure_rows as schema
from ckanext.roadmap.logic.scopes import make_list_scope
from ckanext.roadmap.services import behind, country, overview
from ckanext.roadmap.services.compliance import Scope


@tk.side_effect_free
@tk.validate_action_data(schema.obligation_list)
def roadmap_obligation_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the obligations in force at the end of a quarter (now, while it runs), by item and body.

    :param body: only of the body of this name (optional)
    :type body: string
    :param item: only of the item of this code (optional)
    :type item: string
    :param kind: only of bodies of this kind (optional)
    :type kind: string
    :param sphere: only of items of this sphere (optional)
    :type sphere: string
    :param q: only of bodies whose name, code or title holds these words, in any script (optional)
    :type q: string
    :param quarter: the quarter, YYYY-Qn (default: the running one)
    :type quarter: string
    :param share: published: only those that this share counts, so without the exempt ones (optional)
    :type share: string
    :param as_of: as it was known at a past day or instant (optional)
    :type as_of: string
    :param cells: periods in the strip of each obligation, the newest ones, at most 100 (default 0)
    :type cells: int
    :param limit: most obligations given (default 100)
    :type limit: int
    :param offset: obligations left out before the first one given (default 0)
    :type offset: int
    :returns: as_of, quarter, count (before paging), limit, offset, obligations (the rows of
        roadmap_compliance_show; `published` speaks of the quarter's end)
    :rtype: dict
    """
    tk.check_access("roadmap_obligation_list", context, data_dict)
    scope = make_list_scope(data_dict)
    limit, offset, is_share = data_dict["limit"], data_dict["offset"], data_dict.get("share") == "published"
    country.refresh(model.Session(), None, scope.tz)
    shown, count = behind.obligations(model.Session(), scope, limit, offset, only_published=is_share)
    rows = [dictize.obligation(one, data_dict["cells"]) for one in shown]
    return {**_head(scope), "count": count, "limit": limit, "offset": offset, "obligations": rows}


@tk.side_effect_free
@tk.validate_action_data(schema.refresh_list)
def roadmap_refresh_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List the data events of a quarter with what each was beside all before it, the newest known first.

    :param touch: refreshed, really_changed, or one of changed, fewer_rows, flip_flop, timestamps_only,
        resaved, declared, read, attested (default: refreshed)
    :type touch: string
    :param body: only of the body of this name (optional)
    :type body: string
    :param item: only of the item of this code (optional)
    :type item: string
    :param kind: only of bodies of this kind (optional)
    :type kind: string
    :param sphere: only of items of this sphere (optional)
    :type sphere: string
    :param q: only of bodies whose name, code or title holds these words, in any script (optional)
    :type q: string
    :param quarter: the quarter, YYYY-Qn (default: the running one)
    :type quarter: string
    :param as_of: as it was known at a past day or instant (optional)
    :type as_of: string
    :param limit: most events given (default 100)
    :type limit: int
    :param offset: events left out before the first one given (default 0)
    :type offset: int
    :returns: as_of, quarter, count (before paging), limit, offset, events (item, body, dataset, touch,
        evidence)
    :rtype: dict
    """
    tk.check_access("roadmap_refresh_list", context, data_dict)
    scope = make_list_scope(data_dict)
    limit, offset, asked = data_dict["limit"], data_dict["offset"], overview.TOUCHES[data_dict["touch"]]
    country.refresh(model.Session(), None, scope.tz)
    shown, count = behind.touched(model.Session(), scope, asked, limit, offset)
    paged = {"count": count, "limit": limit, "offset": offset}
    return {**_head(scope), **paged, "events": [dictize_figures.touched(row) for row in shown]}


def _head(scope: Scope) -> dict[str, Any]:
    return {"as_of": scope.as_of.isoformat(), "quarter": scope.quarter.code}
