"""What anyone may do with the box of suggestions: suggest, confirm, second, comment."""

from __future__ import annotations

from typing import Any

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config, suggestion_jobs
from ckanext.roadmap.domain.errors import ResponsibleError
from ckanext.roadmap.logic import suggestion_people as people
from ckanext.roadmap.logic.errors import as_validation_error
from ckanext.roadmap.logic.schema import suggestions as schema
from ckanext.roadmap.model import Body, Suggestion
from ckanext.roadmap.services import bodies, clock, suggestion_box, suggestion_tokens
from ckanext.roadmap.services.suggestion_tokens import Sent


@tk.validate_action_data(schema.create)
def roadmap_suggestion_create(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Suggest a dataset: a user's suggestion is opened at once, another's once its address is confirmed.

    :param title: the dataset in a few words
    :type title: string
    :param what: what the data should hold
    :type what: string
    :param why: what they are needed for
    :type why: string
    :param holder: who holds them, in the author's words (optional)
    :type holder: string
    :param body: name of the body that holds them (optional; found by `holder` if that is its title)
    :type body: string
    :param indicator: the international indicator that they serve (optional)
    :type indicator: string
    :param email: where to confirm, for whoever is not signed in; never shown
    :type email: string
    :returns: state (open or unconfirmed), number (None until it is confirmed), confirm_days
    :rtype: dict
    :raises ValidationError: a text is missing or too long, nobody can be answered, or too much was sent today
    """
    tk.check_access("roadmap_suggestion_create", context, data_dict)
    author = people.person(context, data_dict)
    session = model.Session()
    asked = suggestion_box.Asked(
        data_dict["title"],
        data_dict["what"],
        data_dict["why"],
        data_dict["holder"],
        _holder(data_dict),
        data_dict.get("indicator"),
    )
    with as_validation_error("email"):
        people.count_against_limits(author)
        made = suggestion_box.submit(session, clock.now(), asked, author, config.timezone())
    session.commit()
    _ask_for_mail(author, Sent.suggestion, made.id)
    return _answer(made.state, made.number)


@tk.validate_action_data(schema.confirm)
def roadmap_suggestion_confirm(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Confirm a suggestion, voice or comment by the token that was mailed; told twice, it is confirmed once.

    :param token: the token of the mail
    :type token: string
    :returns: kind (suggestion, second or comment), number of the suggestion
    :rtype: dict
    :raises ValidationError: the token was not made here, or is too old
    """
    tk.check_access("roadmap_suggestion_confirm", context, data_dict)
    session, now = model.Session(), clock.now()
    with as_validation_error("token"):
        secret, valid = config.secret_key(), config.suggestions_valid()
        kind, id = suggestion_tokens.read(secret, data_dict["token"], now, valid)
        found = suggestion_box.confirm(session, now, kind, id, config.timezone())
    session.commit()
    suggestion_jobs.ask_for_mail()
    return {"kind": str(kind), "number": found.number}


@tk.validate_action_data(schema.second)
def roadmap_suggestion_second(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Give one voice to a suggestion: a user's counts at once, another's once its address is confirmed.

    :param number: number of the suggestion
    :type number: string
    :param email: where to confirm, for whoever is not signed in; never shown
    :type email: string
    :returns: state (counted or unconfirmed), number, confirm_days
    :rtype: dict
    :raises ObjectNotFound: there is no such suggestion
    :raises ValidationError: it takes no voices, the user has given one, or too much was sent today
    """
    tk.check_access("roadmap_suggestion_second", context, data_dict)
    found, voice = find(data_dict["number"]), people.person(context, data_dict)
    session = model.Session()
    with as_validation_error("number"):
        people.count_against_limits(voice)
        authors = suggestion_box.author_voices(session, found, config.secret_key())
        made = suggestion_box.second(session, clock.now(), found, voice, authors)
    session.commit()
    if made is not None:
        _ask_for_mail(voice, Sent.second, made.id)
    return _answer("counted" if voice.user_id else "unconfirmed", found.number)


@tk.validate_action_data(schema.comment)
def roadmap_suggestion_comment(context: types.Context, data_dict: dict[str, Any]) -> dict[str, Any]:
    """Comment on a suggestion: a user's comment is shown at once, another's once its address is confirmed.

    :param number: number of the suggestion
    :type number: string
    :param text: the comment
    :type text: string
    :param email: where to confirm, for whoever is not signed in; never shown
    :type email: string
    :returns: state (shown or unconfirmed), number, confirm_days
    :rtype: dict
    :raises ObjectNotFound: there is no such suggestion
    :raises ValidationError: it takes no comments, or too much was sent today
    """
    tk.check_access("roadmap_suggestion_comment", context, data_dict)
    found, author = find(data_dict["number"]), people.person(context, data_dict)
    session = model.Session()
    body = session.get(Body, found.body_id) if found.body_id else None
    with as_validation_error("text"):
        people.count_against_limits(author)
        role, text = people.role(context, body), data_dict["text"]
        made = suggestion_box.comment(session, clock.now(), found, author, text, role)
    session.commit()
    _ask_for_mail(author, Sent.comment, made.id)
    return _answer("shown" if author.user_id else "unconfirmed", found.number)


def find(number: str) -> Suggestion:
    """The suggestion of a number.

    :raises ObjectNotFound: there is none
    """
    found = model.Session.scalars(Suggestion.by_number(number)).first()
    if found is None:
        raise tk.ObjectNotFound(tk._("There is no suggestion {number}").format(number=number))
    return found


def body_id(name: str) -> str:
    """The id of the body of a name.

    :raises ValidationError: there is none
    """
    found = model.Session.scalars(Body.by_name(name)).first()
    if found is None:
        raise tk.ValidationError({"body": [tk._("There is no such body")]})
    return found.id


def _holder(data_dict: dict[str, Any]) -> str | None:
    """The body that holds the data: as named, or as its title is written."""
    if data_dict.get("body"):
        return body_id(data_dict["body"])
    if not data_dict["holder"]:
        return None
    try:
        return body_id(bodies.load_register(model.Session()).names.match(data_dict["holder"]))
    except ResponsibleError:
        return None


def _ask_for_mail(person: suggestion_box.Person, kind: Sent, id: str) -> None:
    if person.user_id is None:
        suggestion_jobs.ask_for_mail(str(kind), id)
    elif kind is Sent.suggestion:
        suggestion_jobs.ask_for_mail()


def _answer(state: str, number: str | None) -> dict[str, Any]:
    return {"state": state, "number": number, "confirm_days": config.suggestions_valid().days}
