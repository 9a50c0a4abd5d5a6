"""Folders of loads go with their loads, killed ones too; and what tells of a file without reading it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import tempfile
from pathlib import Path
from typing import Any

import pytest

from ckanext.roadmap.sources.standing import ELSEWHERE, TICK, Standing, is_settled, standing
from ckanext.roadmap.sources.work import sweep_work, work_folder


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def work(ready: Any) -> None:
    with work_folder("test") as folder:
        (folder / "rows").write_text("x" * 1000)
        ready.put(folder.name)
        signal.pause()


def test_only_what_a_dead_one_left_is_swept(temporary: Path):
    fork = multiprocessing.get_context("fork")
    ready = fork.Queue()
    process = fork.Process(target=work, args=(ready,))
    process.start()
    name = ready.get(timeout=30)
    (temporary / "another").mkdir()
    (temporary / "roadmap-work-link").symlink_to(temporary / "another")
    with work_folder("test") as own:
        assert sweep_work(0) == []
        process.kill()
        process.join()
        assert sweep_work() == [], "a folder that is just made may not be locked yet"
        assert sweep_work(0) == [name]
        assert own.exists()
    assert sorted(path.name for path in temporary.iterdir()) == ["another", "roadmap-work-link"]


def test_a_file_just_changed_is_not_believed():
    found = Standing(5, 1_000_000_000_000, 2_000_000_000, 7)
    assert found.signs(1000 + TICK) == {"size": 5, "changed": 10**12, "noted": 2 * 10**9, "number": 7}
    assert found.signs(1000 + TICK - 0.001) is None
    assert found.signs(999) is None, "a time to come tells of a clock that is wrong"
    assert is_settled(1000, 1000 + TICK)
    assert not is_settled(1000, 1000 + TICK, ELSEWHERE)


def test_what_is_put_in_its_place_stands_otherwise(tmp_path: Path):
    """With its size and its time kept, as copying programs do."""
    path, other = tmp_path / "a", tmp_path / "b"
    path.write_bytes(b"1")
    os.utime(path, (1e9, 1e9))
    first = standing(path)
    path.write_bytes(b"2")
    os.utime(path, (1e9, 1e9))
    second = standing(path)
    other.write_bytes(b"3")
    os.utime(other, (1e9, 1e9))
    other.replace(path)
    assert first[:2] == second[:2] == standing(path)[:2]
    assert len({first, second, standing(path)}) == 3
