"""Actions on the items of the approved list."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.domain.script import fold
from ckanext.roadmap.logic.action.lists import find
from ckanext.roadmap.logic.schema import lists as schema
from ckanext.roadmap.model import Item, ItemRevision, ListVersion, ObligationTerm
from ckanext.roadmap.services import clock, identifiers, list_content, list_holders, lists


@tk.side_effect_free
@tk.validate_action_data(schema.item_list)
def roadmap_item_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the items of a list version, in its order.

    :param year: year of the list (optional; the version in force today)
    :type year: int
    :param number: number within the year (optional; the newest of the year)
    :type number: int
    :param as_of: without a year, the version that was in force on a past day (optional)
    :type as_of: string
    :param sphere: only items of this sphere (optional)
    :type sphere: string
    :param q: only items whose code or title, in any language and script, holds this (optional)
    :type q: string
    :param body: only items that the body of this name owes (optional)
    :type body: string
    :param ai: only items that are, or are not, fit for AI (optional)
    :type ai: bool
    :param bodies: tell with each item the names of those that owe it; of a draft, of those whom it would
        bind today (default False)
    :type bodies: bool
    :returns: items; see :py:func:`roadmap_item_show` for the keys; bodies only if asked for
    :rtype: list of dicts
    :raises ObjectNotFound: there is no list of that year
    """
    tk.check_access("roadmap_item_list", context, data_dict)
    version = _version(context, data_dict)
    if version is None:
        return []
    rows = model.Session.execute(ItemRevision.of_version(version.id)).tuples()
    asked = [pair for pair in rows if _is_asked_for(*pair, data_dict)]
    if not (data_dict["bodies"] or data_dict.get("body")):
        return [dictize(*pair) for pair in asked]
    as_of = data_dict.get("as_of") or clock.now()
    holders = list_holders.of_version(model.Session(), version, as_of, clock.today())
    told = [(pair, holders.get(pair[0].id, ())) for pair in asked]
    body, tells = data_dict.get("body"), data_dict["bodies"]
    return [
        {**dictize(*pair), **({"bodies": [*names]} if tells else {})}
        for pair, names in told
        if body is None or body in names
    ]


@tk.side_effect_free
@tk.validate_action_data(schema.item_show)
def roadmap_item_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show an item as the newest approved list has it, with who owes it.

    :param code: the item's code, for example E-01
    :type code: string
    :param as_of: as it was known at a past day or instant (optional)
    :type as_of: string
    :returns: code, title (by language), sphere, places, term (frequency, due_rule), responsible, territorial,
        region_column, unchanged_allowed, columns, column_types, odin, odin_indicators, ai, personal_data,
        legal_basis, source_note, bodies (names), identifiers (by the names of the bodies)
    :rtype: dict
    :raises ObjectNotFound: no approved list has such an item
    """
    tk.check_access("roadmap_item_show", context, data_dict)
    as_of = data_dict.get("as_of") or clock.now()
    query = (
        sa.select(ItemRevision, Item)
        .join(Item, Item.id == ItemRevision.item_id)
        .join(ListVersion, ListVersion.id == ItemRevision.list_version_id)
        .where(Item.code == data_dict["code"], ListVersion.approved_at <= as_of)
        .order_by(ListVersion.year.desc(), ListVersion.number.desc())
    )
    row = model.Session.execute(query).first()
    if row is None:
        raise tk.ObjectNotFound(tk._("No approved list has the item {code}").format(code=data_dict["code"]))
    holders = ObligationTerm.holders(row[0].list_version_id, as_of)
    names = holders.where(ObligationTerm.revision_id == row[0].id)
    return {
        **dictize(row[0], row[1]),
        "bodies": [name for _revision_id, name in model.Session.execute(names).tuples()],
        "identifiers": identifiers.of_item(model.Session(), data_dict["code"]),
    }


def dictize(revision: ItemRevision, item: Item) -> dict[str, Any]:
    """An item's revision as the API gives it."""
    return list_content.row(item.code, revision)


def _version(context: types.Context, data_dict: dict[str, Any]) -> ListVersion | None:
    year, as_of = data_dict.get("year"), data_dict.get("as_of")
    if year is not None:
        return find(context, year, data_dict.get("number"))
    if as_of is not None:
        found = lists.in_force(model.Session(), as_of.astimezone(config.timezone()).date(), as_of)
        return found[0] if found else None
    return model.Session.scalars(ListVersion.approved_in_force(clock.today())).first()


def _is_asked_for(revision: ItemRevision, item: Item, asked: dict[str, Any]) -> bool:
    wanted, sphere, ai = fold(asked.get("q") or ""), asked.get("sphere"), asked.get("ai")
    if sphere not in (None, revision.sphere) or ai not in (None, revision.ai):
        return False
    return not wanted or wanted in _searchable(revision, item)


def _searchable(revision: ItemRevision, item: Item) -> str:
    return " ".join(fold(str(text)) for text in (item.code, *revision.title.values()))
