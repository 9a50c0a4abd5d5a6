"""Who writes to the box, and how much is enough for a day."""

from __future__ import annotations

from typing import Any

from flask import has_request_context

import ckan.plugins.toolkit as tk
from ckan import authz, types
from ckan.lib.redis import connect_to_redis

from ckanext.roadmap import config
from ckanext.roadmap.logic import roles
from ckanext.roadmap.model import Body
from ckanext.roadmap.services import limits
from ckanext.roadmap.services.suggestion_box import Person
from ckanext.roadmap.services.suggestion_tokens import voice_of_email, voice_of_user

_LANGUAGES = ("uz", "uz_Cyrl", "ru", "en")


def signed_in(context: types.Context) -> str | None:
    """The id of the user who acts; None for anybody else."""
    return authz.get_user_id_for_username(context.get("user", ""), allow_none=True)


def person(context: types.Context, data_dict: dict[str, Any]) -> Person:
    """Whoever writes: the user, or else the address given.

    :raises ValidationError: nobody is signed in, and no address is given
    """
    user_id = signed_in(context)
    if user_id:
        return Person(voice_of_user(user_id), _language(), user_id=user_id)
    email = data_dict.get("email")
    if not email:
        raise tk.ValidationError({"email": [tk._("Sign in, or give an e-mail address to confirm with.")]})
    return Person(voice_of_email(config.secret_key(), email), _language(), email=email)


def count_against_limits(sender: Person) -> None:
    """Count one more message of a person and of the network address it comes from.

    :raises RoadmapError: one of them has sent too many today
    """
    of_person, of_address = config.suggestions_per_day()
    allowed = {sender.voice: of_person}
    if has_request_context() and tk.request.remote_addr:
        allowed[voice_of_email(config.secret_key(), tk.request.remote_addr)] = of_address
    limits.count(connect_to_redis(), config.site_id(), allowed)


def role(context: types.Context, body: Body | None) -> str:
    """In what role somebody comments."""
    if roles.is_coordinator(context):
        return "coordinator"
    return "body" if body is not None and roles.is_officer(context, body.name) else "citizen"


def _language() -> str:
    lang = tk.h.lang() if has_request_context() else config.default_language()
    return lang if lang in _LANGUAGES else "uz"
