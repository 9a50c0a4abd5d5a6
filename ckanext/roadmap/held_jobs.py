"""The background job that tells people of held loads."""

from __future__ import annotations

import logging

import rq
from redis.exceptions import RedisError

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap.model import HeldNotice
from ckanext.roadmap.services import held_mail, letters, queue_jobs

log = logging.getLogger(__name__)
PAUSES = [60, 600, 3600]
JOB = "held_mail"


def ask() -> None:
    """Have the notices that wait sent; ask after the commit.

    One job that waits is enough; while one runs, the next may wait. Those that can't be asked for now are
    sent after the next load that is held.
    """
    try:
        queue_jobs.ask_once(JOB, _enqueue)
    except RedisError as error:
        log.warning("No mail about held loads could be asked for: %s", type(error).__name__)


def mail_notices() -> int:
    """Sends the notices that wait, each once though several workers send; how many went.

    :raises RuntimeError: some did not go; the queue tries those again
    """
    sent = letters.send_waiting(model.Session(), HeldNotice, held_mail.tell)
    if sent.failed:
        raise RuntimeError(f"{sent.failed} mails about held loads were not sent; they are tried again.")
    return sent.went


def _enqueue(job_id: str) -> None:
    kwargs = {
        "job_id": job_id,
        "unique": True,
        "result_ttl": 0,
        "failure_ttl": 60,
        "retry": rq.Retry(max=len(PAUSES), interval=PAUSES),
    }
    tk.enqueue_job(mail_notices, [], title="Mail about held loads", rq_kwargs=kwargs)
