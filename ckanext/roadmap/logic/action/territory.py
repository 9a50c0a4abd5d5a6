"""The territory grid as an action."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.domain.status import RULE_VERSION
from ckanext.roadmap.logic import dictize_territory
from ckanext.roadmap.logic.action.compliance import subject_of
from ckanext.roadmap.logic.schema import territory as schema
from ckanext.roadmap.logic.scopes import list_version, make_scope
from ckanext.roadmap.services import clock, territory, territory_tables
from ckanext.roadmap.services.territory import Covered


@tk.side_effect_free
@tk.validate_action_data(schema.territory_show)
def roadmap_territory_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show which of the fourteen regions the data of each territorial item hold.

    A region is `covered` only where its code, or a district's in it, was measured in the region column of the
    newest data; without such a column it is `unknown`, never covered.

    :param item: code of an item: its obligations over all bodies (optional)
    :type item: string
    :param body: name of a body: its obligations (optional)
    :type body: string
    :param kind: only bodies of this kind (optional)
    :type kind: string
    :param sphere: only items of this sphere (optional)
    :type sphere: string
    :param as_of: what was known at a past day or instant (optional)
    :type as_of: string
    :param live: open the tables themselves; with `item` and `body`, and of the present only (default false)
    :type live: bool
    :param limit: most rows given (default 100)
    :type limit: int
    :param offset: rows left out before the first one given (default 0)
    :type offset: int
    :returns: as_of, rule_version, list_version, body, item, total (by region, how many obligations are
        covered, missing, unknown, no_data), count (before paging), limit, offset, and rows: one an obligation
        where an item or a body is asked for, else one an item. Each has regions (state by SOATO code) and
        covered (how many); one of an obligation has basis, missing, evidence, deadline_id, dataset. With
        live, opened_at and tables: outcome, rows, regions (rows, codes), missing, unrecognised, empty
    :rtype: dict
    :raises ObjectNotFound: there is no such body or item
    :raises ValidationError: live is asked for without item and body, or of the past
    """
    tk.check_access("roadmap_territory_show", context, data_dict)
    scope = make_scope(data_dict)
    subject = subject_of(context, data_dict, scope.day)
    covered = territory.grid(model.Session(), scope)
    is_narrow = subject["body"] is not None or subject["item"] is not None
    offset, limit = data_dict["offset"], data_dict["limit"]
    groups = [] if is_narrow else territory.by_item(covered)
    shown = [dictize_territory.item(group) for group in groups[offset : offset + limit]]
    if is_narrow:
        page = covered[offset : offset + limit]
        near = territory.deadlines(model.Session(), scope, page)
        shown = [dictize_territory.row(one, near.get(one.owed.id)) for one in page]
    result: dict[str, Any] = {
        "as_of": scope.as_of.isoformat(),
        "rule_version": RULE_VERSION,
        "list_version": list_version(scope),
        **subject,
        "total": dictize_territory.counts(covered),
        "rows": shown,
        "count": len(covered) if is_narrow else len(groups),
        "limit": limit,
        "offset": offset,
    }
    return {**result, **_live(context, data_dict, covered)} if data_dict["live"] else result


def _live(context: types.Context, data_dict: dict[str, Any], covered: list[Covered]) -> dict[str, Any]:
    """The tables as they are now, of those that the reader may see."""
    if not (data_dict.get("item") and data_dict.get("body")):
        raise tk.ValidationError(
            {"live": [tk._("Name an item and a body: tables are opened one at a time.")]}
        )
    if data_dict.get("as_of") and data_dict["as_of"] < clock.now():
        raise tk.ValidationError({"live": [tk._("Only the present table can be opened; leave out as_of.")]})
    found = [
        table
        for one in covered
        for table in territory_tables.candidates(model.Session(), one.owed)
        if _may_see(context, table.resource_id)
    ]
    opened = territory_tables.open_tables(found)
    return {
        "opened_at": clock.now().isoformat(),
        "tables": [dictize_territory.table(one) for one in opened],
    }


def _may_see(context: types.Context, resource_id: str) -> bool:
    fresh = tk.fresh_context(context)
    try:
        tk.check_access("resource_show", fresh, {"id": resource_id})
    except (tk.NotAuthorized, tk.ObjectNotFound):
        return False
    return True
