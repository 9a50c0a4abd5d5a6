"""Marks data that may have changed; the mark stands until they were measured, whatever becomes of the job.

The DataStore has no hook after a write, so the actions that write are chained.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from redis.exceptions import RedisError
from rq.exceptions import NoSuchJobError
from rq.job import Job, JobStatus

import ckan.plugins.toolkit as tk
from ckan import model, types

from ckanext.roadmap import config, jobs
from ckanext.roadmap.model import ContentMark
from ckanext.roadmap.services import clock, content_portions

log = logging.getLogger(__name__)
KINDS = ("changed", "unchanged", "withdrawn", "unread")
MOST_WRITING = timedelta(hours=1)
"""A writer that has not ended by then has died; what it left is measured."""
MOST_SECONDS = 6 * 3600
MEASURE = "ckanext.roadmap.logic.content_checks.measure"


def changed(dataset_id: str) -> None:
    """A dataset was edited: mark it in the transaction of the edit."""
    if not content_portions.is_linked(model.Session(), dataset_id):
        return
    at = datetime.now(UTC)
    due_at = at + config.content_pause()
    model.Session.execute(ContentMark.touch(dataset_id, "", clock.now(), at, due_at))
    schedule(dataset_id)


def schedule(dataset_id: str) -> None:
    """Have a dataset measured after the pause; without Redis the sweep does it."""
    job_id = f"content_{dataset_id}"
    queue = tk.get_job_queue(jobs.FAST)
    try:
        try:
            job = Job.fetch(job_id, connection=queue.connection)
            if job.get_status() is not JobStatus.STARTED:
                job.delete()
        except NoSuchJobError:
            pass
        options = {"job_id": job_id, "job_timeout": MOST_SECONDS, "result_ttl": 0}
        queue.enqueue_in(config.content_pause(), MEASURE, dataset_id, **options)
    except RedisError as error:
        log.warning("Dataset %s is measured by the next sweep: %s", dataset_id, type(error).__name__)


@contextmanager
def writing(data_dict: dict[str, Any]) -> Iterator[None]:
    """Mark a table before it is written, apart from the caller's transaction, and again after it.

    Whoever dies in between leaves the mark. A write that is refused takes its own mark back.
    """
    resource_id = str(data_dict.get("resource_id") or "")
    is_real = bool(resource_id) and not data_dict.get("dry_run")
    dataset_id = content_portions.is_own_table(model.Session(), resource_id) if is_real else None
    if dataset_id is None:
        yield
        return
    stood = _find(dataset_id, resource_id) is not None
    mark = _touch(dataset_id, resource_id, MOST_WRITING)
    try:
        yield
    except (tk.ValidationError, tk.NotAuthorized, tk.ObjectNotFound):
        if not stood:
            _execute(ContentMark.clear(mark))
        raise
    _touch(dataset_id, resource_id, config.content_pause())
    schedule(dataset_id)


def _touch(dataset_id: str, resource_id: str, pause: timedelta) -> ContentMark:
    at = datetime.now(UTC)
    mark = ContentMark(
        dataset_id=dataset_id, resource_id=resource_id, touched_at=clock.now(), first_at=at, due_at=at + pause
    )
    _execute(ContentMark.touch(dataset_id, resource_id, mark.touched_at, at, mark.due_at))
    return mark


def _find(dataset_id: str, resource_id: str) -> Any:
    query = ContentMark.of_dataset(dataset_id).where(ContentMark.resource_id == resource_id)
    with model.Session.connection().engine.connect() as connection:
        return connection.execute(query).first()


def _execute(statement: Any) -> None:
    with model.Session.connection().engine.begin() as connection:
        connection.execute(statement)


def _marking(name: str) -> types.ChainedAction:
    def mark(original: types.Action, context: types.Context, data_dict: dict[str, Any]) -> Any:
        with writing(data_dict):
            return original(context, data_dict)

    mark.__name__ = name
    mark.__doc__ = (
        "Mark the table as written.\n\n:param resource_id: id of the table\n:type resource_id: string"
    )
    return tk.chained_action(mark)


WRITERS = ("datastore_create", "datastore_upsert", "datastore_delete", "datastore_run_triggers")
"""CKAN's actions that write to a table; `datastore_records_delete` comes by `datastore_delete`."""
ACTIONS: dict[str, types.ChainedAction] = {name: _marking(name) for name in WRITERS}
