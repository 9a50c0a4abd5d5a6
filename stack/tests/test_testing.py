from __future__ import annotations

import pytest

from stack.errors import StackError
from stack.testing import options
from stack.worker import configuration, environment, redis_number

OPEN = ["--durations=20"]


@pytest.mark.parametrize("arguments", [[], ["-k", "quarter"], ["-x", "-k", "stack"], ["stack/tests"]])
def test_there_is_a_process_for_each_core(arguments: list[str]):
    assert options(arguments, 2) == ["--numprocesses=2", *OPEN, *arguments]
    assert options(arguments, 1) == [*OPEN, *arguments]
    assert options(arguments, 64)[0] == "--numprocesses=8"


@pytest.mark.parametrize(
    "arguments",
    [
        ["-n", "4"],
        ["-n0"],
        ["--numprocesses=3"],
        ["stack/tests/test_ini.py"],
        ["stack/tests/test_ini.py::test_x"],
    ],
)
def test_who_tells_the_number_or_names_a_file_is_obeyed(arguments: list[str]):
    assert options(arguments, 2) == [*OPEN, *arguments]


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
