"""Our own consumer of the harvest queues.

ckanext-harvest's consumers die after five idle seconds on redis-py 8 (its default socket timeout), stop at
the first exception, and their messages are sent again after three minutes though still in work. This one
opens Redis without a socket timeout, lives through a bad message, renews the mark of what it works on, and
leaves alone what another consumer holds or what is done already.
"""

from __future__ import annotations

import json
import logging
import signal
import threading
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import redis

import ckan.plugins.toolkit as tk
from ckan import model

from ckanext.harvest import queue
from ckanext.harvest.model import HarvestJob, HarvestObject
from ckanext.roadmap import config, jobs, look_jobs, moving_jobs
from ckanext.roadmap.services.showing import SHOWING

from . import rescuing, serving

log = logging.getLogger(__name__)

POLL = 2.0
HEARTBEAT = 30
LEASE = 120
RECONNECT = 5
RESCUE_EVERY = 60


class Consumer:
    """Serves the gather and the fetch queue of this site.

    :param schedule_every: seconds between runs of the harvest schedule; 0 leaves it to cron
    """

    def __init__(self, schedule_every: int) -> None:
        self.redis = open_redis()
        self.schedule_every = schedule_every
        self.stopping = threading.Event()
        self._next_schedule = 0.0 if schedule_every else time.monotonic() + RESCUE_EVERY
        self._routes = {
            queue.get_gather_routing_key(): (queue.gather_callback, queue.RedisConsumer),
            queue.get_fetch_routing_key(): (serving.fetch_callback, queue.RedisConsumer),
        }

    def run(self) -> None:
        """Works until told to stop (SIGTERM or SIGINT); the message in hand is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda _number, _frame: self.stopping.set())
        log.info("Harvest worker started")
        while not self.stopping.is_set():
            try:
                self.step()
            except redis.RedisError as error:
                log.warning("Redis is not there (%s); trying again", type(error).__name__)
                self.stopping.wait(RECONNECT)
        log.info("Harvest worker stopped")

    def step(self) -> bool:
        """Waits for one message and serves it.

        :returns: whether there was one
        """
        self._schedule()
        popped: Any = self.redis.blpop(list(self._routes), timeout=POLL)
        if popped is not None:
            self._serve(*popped)
        SHOWING.show(idle=popped is None)
        return popped is not None

    def _serve(self, route: str, body: str) -> None:
        callback, consumer_class = self._routes[route]
        consumer = consumer_class(self.redis, route)
        mark = consumer.persistance_key(body)
        with self._lease(mark) as mine:
            if not mine or self._is_done(route, body):
                return
            try:
                callback(consumer, queue.FakeMethod(body), None, body)
            except Exception:
                log.exception("Harvest message %s failed", body)
                self._give_up(route, body)
                self.redis.delete(mark)
            finally:
                model.Session.remove()

    @contextmanager
    def _lease(self, mark: str) -> Generator[bool]:
        """Holds a message; the mark is what ckanext-harvest looks at to send it again."""
        lock = rescuing.lease_of(mark)
        if not self.redis.set(lock, "1", nx=True, ex=LEASE):
            yield False
            return
        done = threading.Event()
        self.redis.set(mark, str(datetime.now()))  # noqa: DTZ005  # the form ckanext-harvest parses
        beat = threading.Thread(target=self._beat, args=(mark, lock, done), daemon=True)
        beat.start()
        try:
            yield True
        finally:
            done.set()
            beat.join()
            self.redis.delete(lock, mark)

    def _beat(self, mark: str, lock: str, done: threading.Event) -> None:
        while not done.wait(HEARTBEAT):
            self.redis.set(mark, str(datetime.now()), xx=True)  # noqa: DTZ005
            self.redis.expire(lock, LEASE)

    def _is_done(self, route: str, body: str) -> bool:
        """A message may come twice, and what it asks for is done once."""
        if route == queue.get_gather_routing_key():
            job: Any = model.Session.get(HarvestJob, json.loads(body).get("harvest_job_id"))
            done = job is not None and job.gather_finished is not None
        else:
            found = self._object(route, body)
            done = found is not None and found.state in rescuing.ENDED
        model.Session.remove()
        return done

    def _give_up(self, route: str, body: str) -> None:
        """An object that broke its harvester must not stay open for ever."""
        model.Session.rollback()
        found = self._object(route, body)
        if found is not None:
            found.state, found.report_status = "ERROR", "errored"
            model.Session.commit()

    def _object(self, route: str, body: str) -> Any:
        if route != queue.get_fetch_routing_key():
            return None
        return model.Session.get(HarvestObject, json.loads(body).get("harvest_object_id"))

    def _schedule(self) -> None:
        """What crashes left is taken up also where cron keeps the schedule: nobody else does it."""
        if time.monotonic() < self._next_schedule:
            return
        self._next_schedule = time.monotonic() + (self.schedule_every or RESCUE_EVERY)
        try:
            if self.schedule_every:
                tk.get_action("harvest_jobs_run")(jobs.site_context(), {})
            jobs.rescue()
            moving_jobs.rescue()
            look_jobs.rescue()
            rescuing.rescue(self.redis)
            if self.schedule_every:
                tk.get_action("roadmap_harvest_due")(jobs.site_context(), {})
        except Exception:
            log.exception("The harvest schedule could not be run")
        finally:
            model.Session.remove()


def open_redis() -> redis.Redis:
    """Redis without a socket timeout, whatever its library's default is."""
    pool = redis.ConnectionPool.from_url(config.redis_url(), decode_responses=True, encoding="utf-8")
    pool.connection_kwargs["socket_timeout"] = None
    return redis.Redis(connection_pool=pool)
