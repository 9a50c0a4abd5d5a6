"""Runs the matcher, each batch a transaction of its own; after a dataset changed, in the background."""

from __future__ import annotations

import logging
from collections import Counter

import rq
from redis.exceptions import RedisError
from sqlalchemy import event
from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import jobs
from ckanext.roadmap.domain.matching import Matcher
from ckanext.roadmap.services import clock, matching, matching_facts, queue_jobs
from ckanext.roadmap.services.progress import Progress, nobody_watches

log = logging.getLogger(__name__)
JOB = "match_datasets"


def match(ids: list[str] | None = None, tell: Progress = nobody_watches) -> dict[str, int]:
    """Let the matcher look at datasets and propose links.

    :param ids: only these datasets (default: all that are public)
    :param tell: is told how many were looked at
    :returns: datasets, and proposals made (proposed), kept and dropped
    """
    session, today = model.Session(), clock.today()
    found = matching_facts.dataset_ids(session, ids)
    owed_at = matching_facts.owed_at(session, today)  # read first: what is written meanwhile is newer
    matcher = Matcher(matching_facts.wanted(session, today))
    kinships = matching_facts.Kinships.load(session, today)
    counts: Counter[str] = Counter(datasets=0, proposed=0, kept=0, dropped=0)
    for batch in matching.batches(found):
        counts.update(matching.propose(session, clock.now(), matcher, kinships, batch, owed_at))
        session.commit()
        tell(counts["datasets"], len(found))
    return dict(counts)


def match_changed() -> dict[str, int]:
    """The job of the queue: only what was altered, or may answer a new obligation, since it was looked at.

    What was looked at before a worker died is not looked at again.
    """
    session = model.Session()
    return match(matching.to_look_at(session, matching_facts.owed_at(session, clock.today())))


def ask_after_commit() -> None:
    """Have the matcher look at what has changed, once the transaction that changed it has ended well."""
    session = model.Session()
    session.info[JOB] = True
    if not event.contains(session, "after_commit", _ask):
        event.listen(session, "after_commit", _ask)


def _ask(session: Session) -> None:
    if not session.info.pop(JOB, False):
        return
    try:
        queue_jobs.ask_once(JOB, _enqueue)
    except RedisError as error:
        log.warning("The matcher could not be asked for: %s", type(error).__name__)


def _enqueue(job: str) -> None:
    options = {"job_id": job, "unique": True, "result_ttl": 0, "failure_ttl": 60, "timeout": 3600}
    options["retry"] = rq.Retry(max=len(jobs.PAUSES), interval=jobs.PAUSES)
    title = "Propose links to obligations"
    tk.enqueue_job(match_changed, title=title, queue=jobs.BULK, rq_kwargs=options)
