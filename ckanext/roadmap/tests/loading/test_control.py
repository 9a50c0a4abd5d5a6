"""A load that is cancelled ends at once, in the middle of a statement too; and slots hold across processes."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from contextlib import closing

import psycopg2
import pytest

from ckanext.roadmap.loading.control import CancelledError, Control
from ckanext.roadmap.loading.datastore import open_datastore
from ckanext.roadmap.loading.slots import slot

from .conftest import World


class EnoughError(Exception):
    """Waited long enough."""


def give_up() -> None:
    raise EnoughError


def test_a_long_statement_is_cut_short_and_the_next_check_says_so(world: World):
    control = Control(lambda: True, pause=0.05)
    with closing(open_datastore(world.target.url)) as store, control.looking(), control.watch(store):
        with pytest.raises(psycopg2.errors.QueryCanceled), store.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(60)")
        store.rollback()
    with pytest.raises(CancelledError):
        control.check()


def test_after_the_point_of_no_return_nothing_is_cut_short(world: World):
    wanted = threading.Event()
    control = Control(wanted.is_set, pause=0.02)
    with closing(open_datastore(world.target.url)) as store, control.looking(), control.watch(store):
        control.no_return()
        wanted.set()
        with store.cursor() as cursor:
            cursor.execute("SELECT pg_sleep(0.3)")
        control.check()


def hold(url: str, slots: int, bulk: bool, ready) -> None:
    with slot(url, slots, bulk, give_up) as number:
        ready.put(number)
        signal.pause()


def test_a_host_that_vanishes_is_missed_by_the_server(world: World):
    """Its lock goes with the session; the server's own defaults would keep that for two hours."""
    names = ("idle", "interval", "count")
    with closing(open_datastore(world.target.url)) as store, store.cursor() as cursor:
        query = "SELECT current_setting('tcp_keepalives_' || name)::int FROM unnest(%s) name"
        cursor.execute(query, (list(names),))
        idle, interval, count = (value for (value,) in cursor.fetchall())
    assert 0 < idle + interval * count <= 60


def test_slots_bound_all_processes_and_a_killed_one_gives_its_slot_back(world: World):
    fork = multiprocessing.get_context("fork")
    ready = fork.Queue()
    url = world.target.url
    workers = [fork.Process(target=hold, args=(url, 3, True, ready)) for _ in range(2)]
    for worker in workers:
        worker.start()
    assert sorted(ready.get(timeout=30) for _ in workers) == [1, 2]
    with pytest.raises(EnoughError), slot(url, 3, True, give_up):
        pass
    with slot(url, 3, False, give_up) as kept_for_small_loads:
        assert kept_for_small_loads == 0
        with pytest.raises(EnoughError), slot(url, 3, False, give_up):
            pass
    os.kill(workers[0].pid or 0, signal.SIGKILL)
    workers[0].join()
    waited = iter(range(100))
    with slot(url, 3, True, lambda: next(waited) and None) as number:
        assert number in (1, 2)
    workers[1].kill()
    workers[1].join()


def test_a_single_slot_serves_both_lanes_in_turn(world: World):
    for first, second in ((True, False), (False, True)):
        with slot(world.target.url, 1, first, give_up) as number:
            assert number == 0
            with pytest.raises(EnoughError), slot(world.target.url, 1, second, give_up):
                pass
