"""What became of the jobs in a queue."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus


def is_dead(queue: Queue, job_id: str, grace: timedelta) -> bool:
    """Whether nobody will do a job: it has gone, or was taken by a worker that has died.

    :param grace: how long a job that has just begun counts as alive
    """
    try:
        job = Job.fetch(job_id, connection=queue.connection)
    except NoSuchJobError:
        return True
    if job.get_status() is not JobStatus.STARTED:
        return False
    if job.started_at and datetime.now(UTC) - job.started_at.replace(tzinfo=UTC) < grace:
        return False
    job.delete()
    return True


def is_under_way(queue: Queue, job_id: str) -> bool:
    """Whether a job of that id is under way; one that only waits, or has ended, gives way to the new one."""
    try:
        job = Job.fetch(job_id, connection=queue.connection)
    except NoSuchJobError:
        return False
    if job.get_status() is JobStatus.STARTED:
        return True
    job.delete()
    return False
