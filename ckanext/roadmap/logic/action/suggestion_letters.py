"""Who gets letters about suggestions: asked and changed by the link in each of them."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import suggestions as schema
from ckanext.roadmap.services import clock, suggestion_letters


@tk.side_effect_free
@tk.validate_action_data(schema.confirm)
def roadmap_suggestion_letters_show(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Tell whether whoever got a letter gets more of them.

    :param token: the token in the letter
    :type token: string
    :returns: wanted (a boolean)
    :rtype: dict
    :raises ValidationError: the token was not made here
    """
    tk.check_access("roadmap_suggestion_letters_show", context, data_dict)
    reader = _reader(data_dict["token"])
    return {"wanted": suggestion_letters.are_wanted(model.Session(), reader.voice)}


@tk.validate_action_data(schema.letters)
def roadmap_suggestion_letters_set(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """End the letters about suggestions to whoever got one, or let them come again.

    Where they end, what the letter asked to confirm is thrown away.

    :param token: the token in the letter
    :type token: string
    :param wanted: whether letters are wanted
    :type wanted: bool
    :returns: wanted (a boolean)
    :rtype: dict
    :raises ValidationError: the token was not made here
    """
    tk.check_access("roadmap_suggestion_letters_set", context, data_dict)
    session, reader = model.Session(), _reader(data_dict["token"])
    if data_dict["wanted"]:
        suggestion_letters.begin_again(session, reader.voice)
    else:
        suggestion_letters.end(session, clock.now(), reader)
    session.commit()
    return {"wanted": data_dict["wanted"]}


def _reader(token: str) -> suggestion_letters.Reader:
    with as_validation_error("token"):
        return suggestion_letters.read(config.secret_key(), token)
