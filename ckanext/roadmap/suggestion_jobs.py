"""Background jobs about suggestions: tell that data have appeared, and send what waits to be told."""

from __future__ import annotations

import logging
from typing import Any

import rq
from redis.exceptions import RedisError
from sqlalchemy import event
from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model
from ckan.lib.mailer import MailerException

from ckanext.roadmap import config
from ckanext.roadmap.model.suggestion_notice import SuggestionNotice
from ckanext.roadmap.services import (
    clock,
    events,
    letters,
    queue_jobs,
    suggestion_mail,
    suggestion_sweep,
    suggestion_tokens,
)

log = logging.getLogger(__name__)
PAUSES = [2, 15, 60]
APPEARED = "suggestion_appeared"


def ask_for_mail(kind: str | None = None, id: str | None = None) -> None:
    """Have the notices that wait sent; with a kind and an id, the mail that asks an address to confirm.

    Ask after the commit. Notices that can't be asked for now are sent after the next daily job.
    """
    function, args = (mail_notices, []) if kind is None else (mail_confirmation, [kind, id])
    try:
        _enqueue(function, args, "Mail about suggestions")
    except RedisError as error:
        log.warning("No mail could be asked for: %s", type(error).__name__)


def listen() -> None:
    """From now on each transaction that saw data has it looked whether somebody asked for them."""
    if not event.contains(model.Session, "after_commit", _after_commit):
        event.listen(model.Session, "after_commit", _after_commit)


def _after_commit(session: Session) -> None:
    """What can't be asked for now is found by the daily job."""
    if not session.info.pop(events.APPEARED, False):
        return
    try:
        queue_jobs.ask_once(APPEARED, _look)
    except RedisError as error:
        log.warning("The daily job looks for suggested data: %s", type(error).__name__)


def _look(job_id: str) -> None:
    _enqueue(publish, [], "Data that were suggested", job_id=job_id, unique=True, failure_ttl=60)


def publish() -> list[str]:
    """Takes suggestions whose data have appeared to `published`, and tells their authors.

    :returns: their numbers
    """
    found = suggestion_sweep.publish(model.Session(), clock.now())
    model.Session.commit()
    if found:
        ask_for_mail()
    return found


def mail_confirmation(kind: str, id: str) -> bool:
    """Sends the mail by which an address confirms what was sent in its name; whether there was one to send.

    :raises MailerException: it did not go; the queue tries again
    """
    sent, at = suggestion_tokens.Sent(kind), clock.now()
    token = suggestion_tokens.sign(config.secret_key(), sent, id, at)
    until = at + config.suggestions_valid()
    went = suggestion_mail.ask_to_confirm(model.Session(), sent, id, token, until)
    if went is False:
        raise MailerException("A mail was not sent; it is tried again.")
    return bool(went)


def mail_notices() -> int:
    """Sends the notices that wait, each once though several workers send; how many went."""
    return letters.send_waiting(model.Session(), SuggestionNotice, suggestion_mail.tell).went


def _enqueue(function: Any, args: list[Any], title: str, **options: Any) -> None:
    kwargs = {"result_ttl": 0, "retry": rq.Retry(max=len(PAUSES), interval=PAUSES), **options}
    tk.enqueue_job(function, args, title=title, rq_kwargs=kwargs)
