"""People who write to the box, and the mails they get."""

from __future__ import annotations

import base64
import email
import re
from typing import Any

from ckan.lib.jobs import job_from_id
from ckan.lib.redis import connect_to_redis

from ckanext.roadmap import config, suggestion_jobs
from ckanext.roadmap.tests.country import act
from ckanext.roadmap.tests.logic.acting import as_user

WISH = {"title": "Maktab avtobuslari jadvali", "what": "Yo'nalish va vaqt", "why": "Bolalar kech qolmasin"}
MAIL = "dilnoza@example.org"


def clear() -> None:
    """Empty the queues, and the counters of who has written today."""
    redis = connect_to_redis()
    for key in redis.scan_iter(f"{config.site_id()}:roadmap-limit:*"):
        redis.delete(key)
    act("job_clear")


def suggest(user: str = "", **changes: Any) -> dict[str, Any]:
    """Suggest a dataset as somebody."""
    return as_user(user, "roadmap_suggestion_create", **{**WISH, **changes})


def anybody(action: str, /, **data: Any) -> Any:
    """Call an action as somebody who is not signed in."""
    return as_user("", action, **data)


def show(number: str, user: str = "") -> dict[str, Any]:
    """A suggestion as somebody sees it."""
    return as_user(user, "roadmap_suggestion_show", number=number)


def run_jobs() -> None:
    """Do what waits in the queue for the box, as its worker would; other work in it is left."""
    waiting = [job_from_id(job["id"]) for job in act("job_list")]
    for found in waiting:
        if found.func in (suggestion_jobs.mail_confirmation, suggestion_jobs.mail_notices):
            found.func(*found.args)
            found.delete()
        elif found.func is suggestion_jobs.publish:
            found.delete()
            if found.func():
                run_jobs()


def bodies(mail_server: Any, to: str | None = None) -> list[str]:
    """The texts of the mails, headers first."""
    found: list[str] = []
    for _ip, _sender, receivers, raw, *_more in mail_server.get_smtp_messages():
        if to is None or to in receivers:
            message = email.message_from_string(raw)
            text = base64.b64decode(message.get_payload()).decode()
            found.append(
                str(email.header.make_header(email.header.decode_header(message["Subject"]))) + "\n" + text
            )
    return found


def token(text: str) -> str:
    """The token in a mail."""
    return re.search(r"token=([\w.\-]+)", text)[1]
