"""Jobs that one process takes from a queue after its own: once, in their order, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from rq import Queue
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus

from ckan.lib.redis import connect_to_redis

from ckanext.roadmap.services import queue_jobs

pytestmark = pytest.mark.usefixtures("with_plugins")
LONG, NONE = timedelta(minutes=1), timedelta(0)


@pytest.fixture
def queue() -> Iterator[Queue]:
    """With three jobs that wait."""
    connection = connect_to_redis()
    connection.flushdb()
    queue = Queue("taken", connection=connection)
    for name in ("moved_1", "load_2", "moved_3"):
        queue.enqueue_call(print, args=[name], **queue_jobs.of_a_load(name, 1, [60]))
    yield queue
    connection.flushdb()


def fetched(queue: Queue, job_id: str) -> Job:
    return Job.fetch(job_id, connection=queue.connection)


def test_the_next_one_is_taken_once_and_others_keep_their_turn(queue: Queue):
    taken = queue_jobs.take_next(queue, "moved_")
    assert taken is not None
    assert (taken.id, list(taken.args)) == ("moved_1", ["moved_1"])
    assert queue_jobs.take_next(queue, "moved_") is None, "what comes first is another's"
    assert queue.get_job_ids() == ["load_2", "moved_3"]
    assert fetched(queue, "moved_1").get_status() is JobStatus.STARTED
    assert not queue_jobs.is_dead(queue, "moved_1", LONG)
    assert queue_jobs.is_dead(queue, "moved_1", NONE), "who took it was killed"
    with pytest.raises(NoSuchJobError):
        fetched(queue, "moved_1")
    queue.remove("load_2")
    fetched(queue, "moved_3").delete(remove_from_queue=False)
    assert queue_jobs.take_next(queue, "moved_") is None, "a name in the list, and no job"
    assert not queue.connection.exists(Job.key_for("moved_3"))


def test_what_could_not_be_done_is_tried_again_as_often_as_it_may(queue: Queue):
    taken = queue_jobs.take_next(queue, "moved_")
    assert taken is not None
    queue_jobs.give_back(queue, taken)
    again = fetched(queue, "moved_1")
    assert (again.get_status(), again.retries_left) == (JobStatus.SCHEDULED, 0)
    assert queue.scheduled_job_registry.get_job_ids() == ["moved_1"]
    queue_jobs.give_back(queue, again)
    with pytest.raises(NoSuchJobError):
        fetched(queue, "moved_1")


def test_what_broke_its_process_stays_failed_for_a_day(queue: Queue):
    taken = queue_jobs.take_next(queue, "moved_")
    assert taken is not None
    queue_jobs.give_up(taken)
    assert fetched(queue, "moved_1").get_status() is JobStatus.FAILED
    assert 0 < queue.connection.ttl(taken.key) <= queue_jobs.FAILED_FOR
    assert not queue_jobs.is_dead(queue, "moved_1", NONE), "nobody asks for it again and again"
