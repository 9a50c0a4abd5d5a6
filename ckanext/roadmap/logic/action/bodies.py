"""Actions that read the register of bodies."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.domain.script import fold
from ckanext.roadmap.logic.schema import bodies as schema
from ckanext.roadmap.model import Body
from ckanext.roadmap.presentation import register
from ckanext.roadmap.services import body_lineage, body_register, clock


@tk.side_effect_free
@tk.validate_action_data(schema.body_list)
def roadmap_body_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the register of obliged bodies, by code: all that ever were, or those of a day as they were then.

    :param at: the day (YYYY-MM-DD): only bodies that existed on it, with the names, kinds and parents that
        they had (optional)
    :type at: string
    :param kind: only bodies of this kind (optional)
    :type kind: string
    :param q: only bodies whose code, STIR or title, in any language and script, holds this (optional)
    :type q: string
    :returns: bodies; see :py:func:`roadmap_body_show` for the keys
    :rtype: list of dicts
    """
    tk.check_access("roadmap_body_list", context, data_dict)
    return _found(data_dict)


@tk.side_effect_free
@tk.validate_action_data(schema.body_list)
def roadmap_body_tree(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the bodies of a day, each beneath the body above it.

    :param at: the day (YYYY-MM-DD; default: today)
    :type at: string
    :param kind: only bodies of this kind (optional)
    :type kind: string
    :param q: only bodies whose code, STIR or title, in any language and script, holds this (optional)
    :type q: string
    :returns: bodies in the order of the tree, each with depth (0 for a root) and children (how many stand
        directly beneath it); see :py:func:`roadmap_body_show` for the other keys
    :rtype: list of dicts
    """
    tk.check_access("roadmap_body_tree", context, data_dict)
    return [
        dict(row) for row in register.tree(_found({**data_dict, "at": data_dict.get("at") or clock.today()}))
    ]


@tk.side_effect_free
@tk.validate_action_data(schema.body_show)
def roadmap_body_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show one body, with what it was called and where it came from.

    :param name: name of the body (of its organization)
    :type name: string
    :param at: as it was called and stood on a day (YYYY-MM-DD; optional)
    :type at: string
    :param as_of: by what was recorded by a past day's end or instant, on that day unless another is named
        (optional)
    :type as_of: string
    :returns: id, name, code, stir, title (by language), kind, parent (a name), region_soato, state_share
        (percent), valid_from, valid_to, contact (name, post, phone, email; always today's), organization_id;
        is_in_force (on the day), came_from and went_to (name, title, kind, effective, act, note), names
        (effective, until, title, kind, parent, code, act; oldest first), children (names)
    :rtype: dict
    :raises ObjectNotFound: no body has that name
    """
    tk.check_access("roadmap_body_show", context, data_dict)
    session, at, known = model.Session(), data_dict.get("at"), data_dict.get("as_of")
    if known is not None:
        at = at or known.astimezone(config.timezone()).date()
    row = session.scalars(Body.by_name(data_dict["name"])).first()
    if row is None:
        raise tk.ObjectNotFound(tk._("No body has the name {name}").format(name=data_dict["name"]))
    known = known or clock.now()
    face, names = body_lineage.face(session, row, at, known)
    return {
        **body_register.row(face, names, row.contact),
        **body_lineage.tell(session, row, names, at or clock.today(), known),
    }


def _found(asked: dict[str, Any]) -> list[dict[str, Any]]:
    session, at = model.Session(), asked.get("at")
    rows = body_register.rows_on(session, at, clock.now()) if at else body_register.rows(session)
    kind, wanted = asked.get("kind"), fold(asked.get("q") or "")
    return [row for row in rows if kind in (None, row["kind"]) and (not wanted or wanted in _searchable(row))]


def _searchable(row: dict[str, Any]) -> str:
    return " ".join(fold(str(text)) for text in (row["code"], row["stir"] or "", *row["title"].values()))
