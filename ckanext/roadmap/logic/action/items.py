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
from ckanext.roadmap.model import Body, Item, ItemRevision, ListVersion, ObligationTerm
from ckanext.roadmap.services import clock, identifiers, list_content, lists

# a span that ended before its list did was taken over by a successor, or ended with its body
_LASTS = ObligationTerm.in_force_to.is_not_distinct_from(ListVersion.in_force_to)


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
    :returns: items; see :py:func:`roadmap_item_show` for the keys
    :rtype: list of dicts
    :raises ObjectNotFound: there is no list of that year
    """
    tk.check_access("roadmap_item_list", context, data_dict)
    version = _version(context, data_dict)
    if version is None:
        return []
    rows = model.Session.execute(ItemRevision.of_version(version.id)).tuples()
    wanted, sphere = fold(data_dict.get("q") or ""), data_dict.get("sphere")
    return [
        dictize(revision, item)
        for revision, item in rows
        if (sphere is None or revision.sphere == sphere)
        and (not wanted or wanted in _searchable(revision, item))
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
        region_column, unchanged_allowed, columns, odin, ai, legal_basis, bodies (names), identifiers (by
        the names of the bodies)
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
    names = (
        sa.select(Body.name)
        .join(ObligationTerm, ObligationTerm.body_id == Body.id)
        .join(ListVersion, ListVersion.id == ObligationTerm.list_version_id)
        .where(ObligationTerm.revision_id == row[0].id, ObligationTerm.recorded_at <= as_of)
        .where(sa.or_(_LASTS, ObligationTerm.ended_at > as_of))
        .order_by(Body.code)
    )
    return {
        **dictize(row[0], row[1]),
        "bodies": list(model.Session.scalars(names)),
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


def _searchable(revision: ItemRevision, item: Item) -> str:
    return " ".join(fold(str(text)) for text in (item.code, *revision.title.values()))
