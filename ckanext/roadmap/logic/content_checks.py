"""Measures what the portal's own files and tables hold; each dataset is a transaction of its own."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg2
from psycopg2.extensions import ISOLATION_LEVEL_REPEATABLE_READ
from psycopg2.extensions import connection as Connection  # noqa: N812

from ckan import model
from ckan.lib import uploader

from ckanext.roadmap import config
from ckanext.roadmap.domain.content import Content
from ckanext.roadmap.domain.event import EventKind
from ckanext.roadmap.logic import content_marks
from ckanext.roadmap.model import ContentMark
from ckanext.roadmap.services import clock, content_looks, content_portions, withdrawals
from ckanext.roadmap.services.content_looks import Sighting
from ckanext.roadmap.services.content_portions import Held, Subject
from ckanext.roadmap.sources.content import measure_file, measure_table

log = logging.getLogger(__name__)
LONGEST_WAIT = timedelta(minutes=15)
RETRY = timedelta(hours=1)
UNREAD = "unread"


def sweep() -> dict[str, int]:
    """Measure every dataset whose time has come, and those that no mark tells of: the job of the queue.

    :returns: how many datasets were measured, how many could not be read, and the events by kind
    """
    session, at = model.Session(), datetime.now(UTC)
    for dataset_id in content_portions.hidden(session):
        withdrawals.record(session, clock.now(), dataset_id)
    ids = list(session.scalars(ContentMark.due(at, at - LONGEST_WAIT)))
    ids += [id_ for id_ in content_portions.untold(session) if id_ not in set(ids)]
    session.commit()
    counts = Counter[str]()
    for dataset_id in ids:
        counts.update(measure(dataset_id))
    return {"datasets": len(ids), **{name: counts[name] for name in content_marks.KINDS}}


def measure(dataset_id: str) -> list[str]:
    """Measure one dataset's files and tables, as far as they may have changed.

    :returns: the kinds of the events that came of it; `unread`: something could not be read, and is tried
        again later
    """
    session = model.Session()
    subject = content_portions.load(session, dataset_id)
    marks = list(session.scalars(ContentMark.of_dataset(dataset_id)))
    session.expunge_all()
    session.commit()
    if not subject.is_public or not subject.is_linked:
        return _drop(marks)
    try:
        sightings = _look(subject, {mark.resource_id for mark in marks})
    except (OSError, psycopg2.Error) as error:
        log.warning("Data of dataset %s can't be read: %s", dataset_id, type(error).__name__)
        return _postpone(marks)
    told = content_looks.record(session, clock.now(), subject, sightings, marks)
    if withdrawals.record_links(session, clock.now(), dataset_id) and told is not None:
        told.append(EventKind.withdrawn)
    session.commit()
    if told is None or session.scalars(ContentMark.of_dataset(dataset_id)).first():
        content_marks.schedule(dataset_id)
    session.commit()
    return told or []


def _drop(marks: list[ContentMark]) -> list[str]:
    """Nobody may see the data, or nobody owes them: they are measured when that changes."""
    for mark in marks:
        model.Session.execute(ContentMark.clear(mark))
    model.Session.commit()
    return []


def _postpone(marks: list[ContentMark]) -> list[str]:
    at = datetime.now(UTC)
    for mark in marks:
        key = (mark.dataset_id, mark.resource_id)
        model.Session.execute(ContentMark.touch(*key, mark.touched_at, at, at + RETRY))
    model.Session.commit()
    return [UNREAD]


def _look(subject: Subject, marked: set[str]) -> dict[str, Sighting]:
    """Read those files and tables that may be other than at the last look."""
    found: dict[str, Sighting] = {}
    for held in subject.held:
        if held.origin == "file":
            sighting = _look_at_file(held, subject.asked)
        else:
            sighting = _look_at_table(held, subject.asked, held.resource_id in marked)
        if sighting is not None:
            found[held.resource_id] = sighting
    return found


def _look_at_file(held: Held, asked: frozenset[str]) -> Sighting | None:
    """A file is read when the storage shows that it was written; one that only moved was not."""
    path = Path(uploader.get_resource_uploader({"url": held.url}).get_path(held.resource_id))
    status = path.stat()
    stamp = f"{status.st_mtime_ns}:{status.st_size}"
    last, was = held.last, (held.last.stamp or "").partition("@") if held.last else ("", "", "")
    if last is not None and was[0] == stamp and not _lacks(last.content, asked):
        return None
    raw_hash, content = measure_file(path, held.kind, asked)
    is_written = last is not None and was[0] != stamp and was[2] != held.modified
    return Sighting(_filled(content), f"{stamp}@{held.modified}", raw_hash, is_written)


def _look_at_table(held: Held, asked: frozenset[str], is_marked: bool) -> Sighting | None:
    """A table is read when it was written through the API."""
    if held.last is not None and not is_marked and not _lacks(held.last.content, asked):
        return None
    with _reading() as connection:
        content = measure_table(connection, held.resource_id, asked)
    return Sighting(_filled(content), is_written=is_marked and held.last is not None)


def _lacks(content: Content | None, asked: frozenset[str]) -> bool:
    """Whether a column's values are wanted that the last look did not ask for."""
    return content is not None and not asked & (content.columns or frozenset()) <= set(content.codes)


def _filled(content: Content | None) -> Content | None:
    """A head without rows is no data."""
    return None if content is None or content.rows == 0 else content


@contextmanager
def _reading() -> Iterator[Connection]:
    with closing(psycopg2.connect(config.datastore_write_url())) as connection:
        connection.set_session(isolation_level=ISOLATION_LEVEL_REPEATABLE_READ, readonly=True)
        yield connection
