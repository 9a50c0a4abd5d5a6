"""What anyone may read in the box of suggestions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap.logic import dictize_suggestion as dictize
from ckanext.roadmap.logic import suggestion_people as people
from ckanext.roadmap.logic.action.suggestions import body_id, find
from ckanext.roadmap.logic.schema import suggestions as schema
from ckanext.roadmap.model import (
    Body,
    Suggestion,
    SuggestionComment,
    SuggestionEventRow,
    SuggestionSecond,
)
from ckanext.roadmap.presentation.suggestion_words import ORIGINS, STATES
from ckanext.roadmap.services import suggestion_search as search


@tk.side_effect_free
@tk.validate_action_data(schema.listing)
def roadmap_suggestion_list(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """List suggestions, newest first; merged ones only when their state is asked for.

    :param q: number or words of the texts, in any script (optional)
    :type q: string
    :param state: open, in_docket, accepted, rejected, deferred, published or merged (optional)
    :type state: string
    :param origin: citizen or rating (optional)
    :type origin: string
    :param body: name of the body that holds the data (optional)
    :type body: string
    :param like: a title: at most five suggestions that ask for the same, nearest first (optional)
    :type like: string
    :param limit: most rows given (50)
    :type limit: int
    :param offset: rows left out before them (0)
    :type offset: int
    :returns: count, states and origins (of all suggestions, how many each), answer_days (the median
        of days to an answer; or None), suggestions (see :py:func:`roadmap_suggestion_show`, without story)
    :rtype: dict
    :raises ValidationError: a filter is not known
    """
    tk.check_access("roadmap_suggestion_list", context, data_dict)
    rows = search.everything(model.Session())
    wanted = search.Wanted(
        data_dict.get("q"),
        data_dict.get("state"),
        data_dict.get("origin"),
        body_id(data_dict["body"]) if data_dict.get("body") else None,
    )
    found = search.narrowed(rows, wanted)
    if data_dict.get("like"):
        found = search.alike(rows, data_dict["like"])
    start, end = data_dict["offset"], data_dict["offset"] + data_dict["limit"]
    return {
        "count": len(found),
        "states": dictize.counts(Counter(row.state for row in rows), STATES),
        "origins": dictize.counts(Counter(row.origin for row in rows), ORIGINS),
        "answer_days": search.answer_days(rows),
        "suggestions": _dictized(found[start:end], people.signed_in(context)),
    }


@tk.side_effect_free
@tk.validate_action_data(schema.number)
def roadmap_suggestion_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Show one suggestion with its story.

    :param number: number of the suggestion
    :type number: string
    :returns: number, title, what, why, holder_text, body (name, title), indicator, origin, rating (its
        code), state, seconds, merged_into (a number), opened_at, decided_at, published_at, answer,
        item_code, hidden_reason, mine,
        seconded (by the reader), merged (numbers that live on here), history (state, reason, at, hash),
        comments (id, text, role, at, hidden_reason)
    :rtype: dict
    :raises ObjectNotFound: there is no such suggestion
    """
    tk.check_access("roadmap_suggestion_show", context, data_dict)
    row, session = find(data_dict["number"]), model.Session()
    user_id = people.signed_in(context)
    voice = people.voice_of_user(user_id) if user_id else ""
    given = session.scalars(SuggestionSecond.of_voice(row.id, voice)).first() if voice else None
    return {
        **_dictized([row], user_id)[0],
        "seconded": given is not None and given.confirmed_at is not None,
        "merged": [one.number for one in session.scalars(Suggestion.merged_into(row.id))],
        "history": [dictize.event(one) for one in session.scalars(SuggestionEventRow.of(row.id))],
        "comments": [dictize.comment(one) for one in session.scalars(SuggestionComment.of(row.id))],
    }


def _dictized(rows: Iterable[Suggestion], user_id: str | None) -> list[dict[str, Any]]:
    session = model.Session()
    seconds = dict(session.execute(SuggestionSecond.counts()).tuples().all())
    holders = {body.id: body for body in session.scalars(Body.select_all())}
    return [
        dictize.suggestion(
            row,
            seconds.get(row.id, 0),
            holders.get(row.body_id or ""),
            user_id,
            session.get(Suggestion, row.merged_into_id) if row.merged_into_id else None,
        )
        for row in rows
    ]
