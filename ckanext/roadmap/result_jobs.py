"""Background jobs on stored results: what a great write marked, past days, and the repairs of a past day."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import sqlalchemy as sa
from redis.exceptions import RedisError
from sqlalchemy import event
from sqlalchemy.orm import Session

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.roadmap import config
from ckanext.roadmap.model import Body, Obligation, ObligationTerm, StaleMark
from ckanext.roadmap.services import clock, country, queue_jobs, rebuild, results, sheets

log = logging.getLogger(__name__)
RESULTS, DAYS, SHEETS = "roadmap_results", "roadmap_past_days", "roadmap_sheets"
REPAIRS = "roadmap_past_repairs"
MANY = 1_000  # obligations; a reader waits a moment for fewer
_TIMEOUT = 6 * 3600
_PORTION = 60  # seconds that the counting of repairs keeps a worker from other jobs


def ask_after_commit() -> None:
    """Have what the transaction marks made again before somebody reads it, if it marks many obligations."""
    session = model.Session()
    session.info[RESULTS] = True
    if not event.contains(session, "after_commit", _ask):
        event.listen(session, "after_commit", _ask)


def _ask(session: Session) -> None:
    if not session.info.pop(RESULTS, False):
        return
    with Session(session.get_bind()) as own:
        many = sa.select(StaleMark.id).limit(MANY).subquery()
        marked = own.scalar(sa.select(sa.func.count()).select_from(many)) or 0
    if marked >= MANY:
        _enqueue(RESULTS, make_results, "Results of the status rule")


def make_results() -> None:
    """Makes again what is marked; where that is most of the country, all of it by several processes."""
    session, now, tz = model.Session(), clock.now(), config.timezone()
    marked = session.scalar(sa.select(sa.func.count(sa.distinct(StaleMark.obligation_id)))) or 0
    owed = session.scalar(sa.select(sa.func.count()).select_from(Obligation)) or 0
    if marked > owed / 2:
        rebuild.rebuild(session, now, tz)
        session.commit()
    country.refresh(session, now, tz)


def ask_for_days() -> None:
    """Have the past days kept that lack, a month by one job, so that others are not kept waiting."""
    _enqueue(DAYS, keep_days, "What was told at the end of past days")


def keep_days() -> int:
    """Keeps the newest month of which days lack, and has the next one kept after it; how many were kept."""
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    context: Any = {"user": user["name"], "ignore_auth": True}
    asked = {"days_to": clock.today().isoformat(), "months": 1}
    days = tk.get_action("roadmap_ledger_rebuild")(context, asked)["days"]
    if days:
        ask_for_days()
    return days


def ask_for_sheets() -> None:
    """Have the pages of all bodies made ready; without them the country's repairs can't be ranked."""
    _enqueue(SHEETS, make_sheets, "Pages of bodies")


def make_sheets() -> int:
    """Opens the page of each body of which something is missing, as a reader would; how many were opened."""
    _, missing = sheets.outlooks(model.Session(), clock.now())
    term = ObligationTerm
    query = sa.select(Body.name).join(term, term.body_id == Body.id).distinct().order_by(Body.name)
    names = {
        name: None
        for some in results.batches(sorted(missing), 10_000)
        for name in model.Session.scalars(query.where(term.obligation_id.in_(some)))
    }
    for name in names:
        asked = {"body": name, "cells": 12, "repairs": 6, "limit": 20}
        tk.get_action("roadmap_compliance_show")({"user": ""}, asked)
        model.Session.rollback()
    return len(names)


def ask_for_repairs(at: datetime) -> None:
    """Have the repairs of a past instant counted, one instant after the other.

    While one is counted and another waits, whoever asks for a third asks again later. What is counted lies in
    the database: a job that is lost is asked for again by the next reader, or by the daily job.
    """
    _enqueue(REPAIRS, keep_repairs, "What to fix first on a past day", [at.isoformat()])


def keep_repairs(at: str) -> int:
    """Asks the rule of what was owed at a past instant, for a minute; how many obligations.

    What lacks then is asked for again, behind what else waits in the queue.
    """
    user = tk.get_action("get_site_user")({"ignore_auth": True}, {})
    context: Any = {"user": user["name"], "ignore_auth": True}
    asked = {"repairs_at": at, "seconds": _PORTION}
    found = tk.get_action("roadmap_ledger_rebuild")(context, asked)
    if found["left"]:
        ask_for_repairs(datetime.fromisoformat(at))
    return found["repairs"]


def _enqueue(name: str, function: Callable[..., object], title: str, given: Sequence[str] = ()) -> None:
    try:
        queue_jobs.ask_once(name, partial(_put, function, title, given))
    except RedisError as error:
        log.warning("%s: no job could be asked for: %s", title, type(error).__name__)


def _put(function: Callable[..., object], title: str, given: Sequence[str], job_id: str) -> None:
    options = {"job_id": job_id, "unique": True, "result_ttl": 0, "failure_ttl": 60, "timeout": _TIMEOUT}
    tk.enqueue_job(function, list(given), title=title, rq_kwargs=options)
