from __future__ import annotations

import pytest

from stack.errors import StackError
from stack.worker import configuration, environment, redis_number


def test_a_process_has_folders_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr("stack.worker.FOLDERS", tmp_path)
    base = tmp_path / "base.ini"
    files = [configuration(name, base) for name in ("a", "b")]
    texts = [file.read_text() for file in files]
    assert all(f"use = config:{base}\n" in text for text in texts)
    stores = {line for text in texts for line in text.splitlines() if "_path" in line or ".path" in line}
    assert len(stores) == 4


def test_a_process_has_databases_of_its_own(tmp_path, monkeypatch):
    monkeypatch.setattr("stack.worker.NUMBERS", tmp_path / "workers")
    monkeypatch.setattr("stack.worker.LOCK", tmp_path / "lock")
    monkeypatch.setattr("stack.worker.create", lambda *_: None)
    first, second = environment("a"), environment("b")
    assert first.keys() == second.keys()
    assert not set(first.values()) & set(second.values())


def test_redis_has_so_many_databases_and_no_more(tmp_path, monkeypatch):
    monkeypatch.setattr("stack.worker.NUMBERS", tmp_path / "workers")
    assert [redis_number(f"w{number}") for number in range(62)] == list(range(2, 64))
    with pytest.raises(StackError, match="no database left"):
        redis_number("one_more")
