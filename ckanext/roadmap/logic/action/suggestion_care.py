"""What keeps the box in order: merging, hiding, feeding gaps, and what users were told."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config, suggestion_jobs
from ckanext.roadmap.logic import dictize_suggestion as dictize
from ckanext.roadmap.logic.action.acts import user_id
from ckanext.roadmap.logic.action.suggestions import find
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import suggestions as schema
from ckanext.roadmap.model import SuggestionComment, SuggestionNotice
from ckanext.roadmap.services import clock, ratings, suggestion_box, suggestion_gaps, suggestion_merge


@tk.validate_action_data(schema.merge)
def roadmap_suggestion_merge(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Merge a suggestion into one that asks for the same; its author and voices count there from now on.

    :param number: number of the suggestion that is merged
    :type number: string
    :param into: number of the one that lives on
    :type into: string
    :param reason: why they are one; it stays public
    :type reason: string
    :returns: the suggestion that lives on; see :py:func:`roadmap_suggestion_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such suggestion
    :raises ValidationError: one of them can't be merged any more
    """
    tk.check_access("roadmap_suggestion_merge", context, data_dict)
    merged, survivor = find(data_dict["number"]), find(data_dict["into"])
    session, secret = model.Session(), config.secret_key()
    with as_validation_error("into"):
        authors = tuple(suggestion_box.author_voices(session, one, secret) for one in (merged, survivor))
        suggestion_merge.merge(
            session,
            clock.now(),
            merged,
            survivor,
            data_dict["reason"],
            user_id(context),
            (authors[0], authors[1]),
        )
    session.commit()
    suggestion_jobs.ask_for_mail()
    shown = {"number": survivor.number}
    return tk.get_action("roadmap_suggestion_show")(tk.fresh_context(context), shown)


@tk.validate_action_data(schema.hide)
def roadmap_suggestion_hide(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Hide the texts of a suggestion, or one comment on it; the reason stands in their place.

    :param number: number of the suggestion
    :type number: string
    :param comment: id of the comment (optional; without it the suggestion itself)
    :type comment: string
    :param reason: why; it stays public
    :type reason: string
    :returns: the suggestion; see :py:func:`roadmap_suggestion_show` for the keys
    :rtype: dict
    :raises ObjectNotFound: there is no such suggestion or comment
    """
    tk.check_access("roadmap_suggestion_hide", context, data_dict)
    found = find(data_dict["number"])
    if data_dict.get("comment"):
        row = model.Session.get(SuggestionComment, data_dict["comment"])
        if row is None or row.suggestion_id != found.id:
            raise tk.ObjectNotFound(tk._("There is no such comment"))
        row.hidden_at, row.hidden_by = clock.now(), user_id(context)
        row.hidden_reason = data_dict["reason"]
    else:
        found.hidden_reason = data_dict["reason"]
    model.Session.commit()
    shown = {"number": found.number}
    return tk.get_action("roadmap_suggestion_show")(tk.fresh_context(context), shown)


@tk.validate_action_data(schema.gap_import)
def roadmap_suggestion_gap_import(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Put the gaps that a rating found into the box, one suggestion each; told twice, it makes none.

    :param upload: an ODIN assessment (JSON), the Global Data Barometer's file of a country (CSV), or for any
        other rating the form of gaps (CSV, XLSX or JSON)
    :type upload: FileStorage
    :param rating: ODIN (default), GDB, OGDI or OURDATA
    :type rating: string
    :param year: the round, where the file does not tell it (default: this year)
    :type year: int
    :param partly: take half marks for gaps too (default False: only what got no mark)
    :type partly: bool
    :returns: created, unchanged (how many), numbers (of those created)
    :rtype: dict
    :raises ValidationError: the file is none of that rating, or a cell can't be taken
    """
    tk.check_access("roadmap_suggestion_gap_import", context, data_dict)
    session = model.Session()
    with as_validation_error("upload"):
        file, partly = data_dict["upload"], data_dict["partly"]
        rating, year = ratings.RATINGS[data_dict["rating"]], data_dict.get("year") or clock.today().year
        gaps = rating.read(file.stream.read(), file.filename or "", year=year, partly=partly)
        result = suggestion_gaps.feed(session, clock.now(), rating, gaps, user_id(context), config.timezone())
    session.commit()
    return result


@tk.side_effect_free
def roadmap_suggestion_notice_list(context: types.Context, data_dict: dict[str, Any]) -> list[dict[str, Any]]:
    """List what the user was told about his or her suggestions, newest first.

    :returns: notices with number, title, state, reason, at, seen
    :rtype: list of dicts
    """
    tk.check_access("roadmap_suggestion_notice_list", context, data_dict)
    rows = model.Session.execute(SuggestionNotice.to_user(user_id(context))).tuples()
    return [dictize.notice(row, about) for row, about in rows]


def roadmap_suggestion_notice_seen(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Put away what the user was told so far.

    :returns: seen (how many notices were new)
    :rtype: dict
    """
    tk.check_access("roadmap_suggestion_notice_seen", context, data_dict)
    rows = model.Session.execute(SuggestionNotice.to_user(user_id(context))).tuples()
    fresh = [row for row, _about in rows if row.seen_at is None]
    for row in fresh:
        row.seen_at = clock.now()
    model.Session.commit()
    return {"seen": len(fresh)}
