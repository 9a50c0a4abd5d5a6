"""Faults of the DataStore itself: told under the phase in which they happen."""

from __future__ import annotations

import dataclasses

import psycopg2
import pytest

from ckanext.roadmap.loading import engine
from ckanext.roadmap.loading.apply import applying
from ckanext.roadmap.loading.datastore import DatastoreError
from ckanext.roadmap.presentation import problems
from ckanext.roadmap.tests.loading.conftest import World


def refuse(*_args, **_more):
    raise psycopg2.OperationalError("terminating connection: password=hunter2")


def fault_of(world: World) -> DatastoreError:
    with pytest.raises(DatastoreError) as raised:
        world.load()
    assert "hunter2" not in f"{raised.value} {raised.value.params}"
    assert problems.tell(raised.value.code, raised.value.params) is not None
    return raised.value


def test_a_datastore_that_is_not_there_fails_at_the_start(world: World):
    world.target = dataclasses.replace(world.target, url="postgresql://u:hunter2@127.0.0.1:1/none")
    fault = fault_of(world)
    assert (fault.code, fault.phase) == ("datastore_unreachable", "start")


@pytest.mark.parametrize(
    ("step", "phase"),
    [
        ("locked", "start"),
        ("sweep", "start"),
        ("create_raw", "extract"),
        ("check", "gate"),
        ("swap", "apply"),
    ],
)
def test_a_refused_step_is_told_under_its_phase(world: World, monkeypatch, step, phase):
    monkeypatch.setattr(applying if step == "swap" else engine, step, refuse)
    fault = fault_of(world)
    assert (fault.code, fault.phase) == ("datastore_refused", phase)
