"""Actions on the dockets of the commission's sittings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import suggestion_jobs
from ckanext.roadmap.domain.docket import PUBLIC
from ckanext.roadmap.domain.text import Text
from ckanext.roadmap.logic import roles
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.action.lists import find as find_list
from ckanext.roadmap.logic.dictize_docket import Dockets, suggestion
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import dockets as schema
from ckanext.roadmap.model import Docket, DocketEntry, ListVersion
from ckanext.roadmap.services import clock, dockets
from ckanext.roadmap.services.dockets import Sitting


@tk.side_effect_free
@tk.validate_action_data(schema.docket_list)
def roadmap_docket_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List the dockets that the user may see, the newest sitting first.

    Dockets that were held are public. Coordinators and the commission see all; an officer of a body sees
    the entries that concern the body.

    :param item: only entries that became this item of the list (optional)
    :type item: string
    :returns: dockets; see :py:func:`roadmap_docket_show` for the keys
    :rtype: list of dicts
    """
    tk.check_access("roadmap_docket_list", context, data_dict)
    shown = _shown(context, list(model.Session.scalars(Docket.select_all())))
    item = data_dict.get("item")
    if item is None:
        return shown
    for row in shown:
        row["entries"] = [entry for entry in row["entries"] if entry["item_code"] == item]
    return [row for row in shown if row["entries"]]


@tk.side_effect_free
@tk.validate_action_data(schema.docket)
def roadmap_docket_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show the docket of a sitting.

    :param number: its number, for example 2026-01
    :type number: string
    :returns: number, state, sitting_date, place, chair, secretary, present, list, list_status, sent_at,
        closed_at, entries (id, position, title, body, suggestions, cost, legal, deferred_from, opinion,
        decision, item_code)
    :rtype: dict
    :raises ObjectNotFound: there is no such docket that the user may see
    """
    tk.check_access("roadmap_docket_show", context, data_dict)
    return show(context, find(data_dict["number"]))


@tk.side_effect_free
def roadmap_docket_waiting(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List what may be put in a docket: suggestions by the number of people behind them, deferred entries.

    :returns: suggestions (number, title, what, why, indicator, origin, state, seconds) and entries
        (id, docket, position, title)
    :rtype: dict
    """
    tk.check_access("roadmap_docket_waiting", context, data_dict)
    found = dockets.waiting(model.Session())
    return {
        "suggestions": [{**suggestion(row), "seconds": seconds} for row, seconds in found.suggestions],
        "entries": [
            {"id": row.id, "docket": number, "position": row.position, "title": row.title}
            for row, number in found.entries
        ],
    }


@tk.validate_action_data(schema.docket_create)
def roadmap_docket_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Begin the docket of a sitting of the commission, under the next number of its year.

    :param sitting_date: day of the sitting (YYYY-MM-DD)
    :type sitting_date: string
    :param place_uz: where the commission sits, in Uzbek (optional)
    :type place_uz: string
    :param place_ru: the same in Russian (optional)
    :type place_ru: string
    :param chair: who leads the sitting (optional)
    :type chair: string
    :param secretary: who writes the protocol (optional)
    :type secretary: string
    :param present: who attends, one name a line or separated by ; (optional)
    :type present: string
    :param list: the draft that accepted entries go into, as year-number, for example 2026-2 (optional)
    :type list: string
    :returns: the docket; see :py:func:`roadmap_docket_show` for the keys
    :rtype: dict
    :raises ValidationError: there is no such draft
    """
    tk.check_access("roadmap_docket_create", context, data_dict)
    sitting = _sitting(context, data_dict, None)
    docket = dockets.create(model.Session(), clock.now(), sitting, user_id(context))
    model.Session.commit()
    return show(context, docket)


@tk.validate_action_data(schema.docket_update)
def roadmap_docket_update(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Change what is said of a sitting; its day and draft only until the first decision.

    What is left out stays as it is.

    :param number: number of the docket
    :type number: string
    :param sitting_date: day of the sitting (YYYY-MM-DD)
    :type sitting_date: string
    :param place_uz: where the commission sits, in Uzbek
    :type place_uz: string
    :param place_ru: the same in Russian
    :type place_ru: string
    :param chair: who leads the sitting
    :type chair: string
    :param secretary: who writes the protocol
    :type secretary: string
    :param present: who attends, one name a line or separated by ;
    :type present: string
    :param list: the draft that accepted entries go into, as year-number; empty: none
    :type list: string
    :returns: the docket; see :py:func:`roadmap_docket_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such docket
    :raises ValidationError: it is closed, or was held and its day or draft would change
    """
    tk.check_access("roadmap_docket_update", context, data_dict)
    docket = find(data_dict["number"])
    sitting = _sitting(context, data_dict, docket)
    with as_validation_error("number"):
        dockets.update(model.Session(), docket, sitting)
    model.Session.commit()
    return show(context, docket)


@tk.validate_action_data(schema.docket)
def roadmap_docket_send(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Send a docket to the commission; the authors are told that their suggestions are in it.

    :param number: number of the docket
    :type number: string
    :returns: the docket; see :py:func:`roadmap_docket_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such docket
    :raises ValidationError: it is no draft, or holds no entry
    """
    tk.check_access("roadmap_docket_send", context, data_dict)
    docket = find(data_dict["number"])
    with as_validation_error("number"):
        dockets.send(model.Session(), clock.now(), docket, user_id(context))
    model.Session.commit()
    suggestion_jobs.ask_for_mail()
    return show(context, docket)


@tk.validate_action_data(schema.docket)
def roadmap_docket_close(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Close a docket whose every entry is decided; nothing in it changes any more.

    :param number: number of the docket
    :type number: string
    :returns: the docket; see :py:func:`roadmap_docket_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such docket
    :raises ValidationError: it was not held, or an entry has no decision
    """
    tk.check_access("roadmap_docket_close", context, data_dict)
    docket = find(data_dict["number"])
    with as_validation_error("number"):
        dockets.close(model.Session(), clock.now(), docket, user_id(context))
    model.Session.commit()
    return show(context, docket)


def find(number: str) -> Docket:
    """The docket of a number.

    :raises ObjectNotFound: there is none
    """
    docket = model.Session.scalars(Docket.by_number(number)).first()
    if docket is None:
        raise _none(number)
    return docket


def show(context: types.Context, docket: Docket) -> dict[str, Any]:
    """A docket as the user may see it.

    :raises ObjectNotFound: not at all
    """
    shown = _shown(context, [docket])
    if not shown:
        raise _none(docket.number)
    return shown[0]


def text_of(data_dict: dict[str, Any], name: str, before: dict[str, Any] | None = None) -> Text:
    """A text given as `name_uz` and `name_ru`; what is left out stays as it was."""
    given = {lang: data_dict.get(f"{name}_{lang}") for lang in ("uz", "ru") if f"{name}_{lang}" in data_dict}
    return Text.from_dict({**(before or {}), **given})


def _none(number: str) -> tk.ObjectNotFound:
    return tk.ObjectNotFound(tk._("There is no docket {number}").format(number=number))


def _shown(context: types.Context, rows: Sequence[Docket]) -> list[dict[str, Any]]:
    read = Dockets(model.Session(), rows)
    sees_all = context.get("ignore_auth") or _passes(context)
    found: list[dict[str, Any]] = []
    for row in rows:
        entries: Iterable[DocketEntry] = read.entries[row.id]
        if not sees_all and row.state not in PUBLIC:
            own = [one for one in entries if _is_own(context, read, one)]
            if not own:
                continue
            entries = own
        found.append(read.docket(row, entries))
    return found


def _passes(context: types.Context) -> bool:
    try:
        tk.check_access("roadmap_docket_decide", tk.fresh_context(context), {})
    except tk.NotAuthorized:
        return False
    return True


def _is_own(context: types.Context, read: Dockets, entry: DocketEntry) -> bool:
    body = read.bodies.get(entry.body_id or "")
    return body is not None and roles.is_officer(context, body.name)


def _sitting(context: types.Context, data_dict: dict[str, Any], docket: Docket | None) -> Sitting:
    def kept(name: str) -> Any:
        before = getattr(docket, name) if docket else None
        return (data_dict[name].strip() or None) if name in data_dict else before

    return Sitting(
        day=data_dict.get("sitting_date") or (docket.sitting_date if docket else clock.today()),
        place=text_of(data_dict, "place", docket.place if docket else None),
        chair=kept("chair"),
        secretary=kept("secretary"),
        present=_names(data_dict["present"])
        if "present" in data_dict
        else tuple(docket.present if docket else ()),
        version=_version(context, data_dict, docket),
    )


def _names(written: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in re.split(r"[;\n]", written) if name.strip())


def _version(context: types.Context, data_dict: dict[str, Any], docket: Docket | None) -> ListVersion | None:
    written = data_dict.get("list")
    if written is None:
        before = docket.list_version_id if docket else None
        return model.Session.get(ListVersion, before) if before else None
    if not written.strip():
        return None
    parts = re.fullmatch(r"(\d{4})[-/](\d{1,4})", written.strip())
    if parts is None:
        raise tk.ValidationError({"list": [tk._("Give the list as year-number, for example 2026-2")]})
    try:
        return find_list(context, int(parts[1]), int(parts[2]))
    except tk.ObjectNotFound as error:
        raise tk.ValidationError({"list": [str(error)]}) from error
