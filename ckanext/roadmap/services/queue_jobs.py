"""What became of the jobs in a queue."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from rq import Queue, Retry
from rq.command import send_stop_job_command
from rq.exceptions import DuplicateJobError, InvalidJobOperation, NoSuchJobError
from rq.job import Job, JobStatus
from rq.utils import utcformat

from ckanext.roadmap import config

_TAKE = """
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 or redis.call('EXISTS', KEYS[2]) == 0 then return 0 end
redis.call('HSET', KEYS[2], 'status', 'started', 'started_at', ARGV[2], 'last_heartbeat', ARGV[2])
return 1
"""
FAILED_FOR = 24 * 3600
ENDED = (JobStatus.FINISHED, JobStatus.FAILED, JobStatus.CANCELED, JobStatus.STOPPED)


def ask_once(name: str, enqueue: Callable[[str], None]) -> None:
    """One job that waits is enough for all that comes until it runs; while one runs, the next may wait.

    :param enqueue: puts a job of an id into its queue, as a unique one
    :raises RedisError: the queue can't be reached
    """
    for job_id in (name, f"{name}_next"):
        with suppress(DuplicateJobError):
            enqueue(job_id)
            return


def of_a_load(job_id: str, attempts: int, pauses: list[int]) -> dict[str, Any]:
    """RQ's options of a job that loads a table: unique, tried again, with time for whatever a load may take.

    :param attempts: how often it is tried again
    :param pauses: seconds before each of these
    """
    return {
        "job_id": job_id,
        "unique": True,
        "timeout": config.load_seconds()["overall"] + 600,
        "retry": Retry(max=attempts, interval=pauses),
        "result_ttl": 0,
        "failure_ttl": FAILED_FOR,
    }


def is_dead(queue: Queue, job_id: str, grace: timedelta) -> bool:
    """Whether nobody will do a job: it has gone, or was taken by a worker that has died.

    :param grace: how long a job counts as alive after its worker has begun it, or has told that it goes on
    """
    try:
        job = Job.fetch(job_id, connection=queue.connection)
    except NoSuchJobError:
        return True
    if job.get_status() is not JobStatus.STARTED:
        return False
    told = job.last_heartbeat or job.started_at
    if told and datetime.now(UTC) - told.replace(tzinfo=UTC) < grace:
        return False
    job.delete()
    return True


def stop(queue: Queue, job_id: str, at_once: bool) -> None:
    """Takes a job out of its queue; one that a worker has is left to end itself.

    :param at_once: the worker's process at the job is ended, wherever it is
    """
    with suppress(NoSuchJobError, InvalidJobOperation):
        job = Job.fetch(job_id, connection=queue.connection)
        if queue.remove(job) or queue.scheduled_job_registry.remove(job):
            job.delete()
        elif at_once:
            send_stop_job_command(queue.connection, job_id)


def take_next(queue: Queue, prefix: str) -> Job | None:
    """Begin the job that waits next, if its id begins so, in the process that asks, which also deletes it.

    It leaves the queue and counts as begun in one step: who is killed then is found out by :func:`is_dead`.
    """
    job_id = next(iter(queue.get_job_ids(0, 1)), "")
    if not job_id.startswith(prefix):
        return None
    values = (queue.key, Job.key_for(job_id), job_id, utcformat(datetime.now(UTC)))
    if not queue.connection.eval(_TAKE, 2, *values):
        return None
    return Job.fetch(job_id, connection=queue.connection)


def give_back(queue: Queue, job: Job) -> None:
    """A job that was taken and could not be done is tried again as often as it may be, in its time."""
    if not job.retries_left:
        job.delete()
        return
    with queue.connection.pipeline() as pipeline:
        job.retry(queue, pipeline)
        pipeline.execute()


def give_up(job: Job) -> None:
    """A job that was taken and broke the process that took it stays failed as long as others do."""
    job.set_status(JobStatus.FAILED)
    job.connection.expire(job.key, FAILED_FOR)


def is_under_way(queue: Queue, job_id: str) -> bool:
    """Whether a worker has a job of that id; one that only waits, or has ended, gives way to the new one.

    Only who takes a waiting job out of its list may forget it: a worker may have taken it a moment before,
    and would do it beside the new one.
    """
    try:
        job = Job.fetch(job_id, connection=queue.connection)
        status = job.get_status()
    except (NoSuchJobError, InvalidJobOperation):
        return False
    taken_out = queue.remove(job) or queue.scheduled_job_registry.remove(job)
    if status in ENDED or taken_out:
        job.delete()
        return False
    return True


def standing(queue: Queue, job_id: str) -> tuple[str, dict[str, Any]] | None:
    """How a job stands (waiting, running, failed) and what it left to read; None: it is done."""
    try:
        job = Job.fetch(job_id, connection=queue.connection)
        status = job.get_status()
    except (NoSuchJobError, InvalidJobOperation):
        return None
    if status is JobStatus.FAILED:
        return "failed", job.meta
    if status in ENDED:
        return None
    return "running" if status is JobStatus.STARTED else "waiting", job.meta
