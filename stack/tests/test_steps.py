from __future__ import annotations

import os

import pytest

from stack import commands, demo, machine, stamps, venv
from stack.__main__ import main, parser
from stack.errors import StackError
from stack.worker import redis_number


def test_a_stamp_is_fresh_only_for_its_value(tmp_path):
    file = tmp_path / "requirements.txt"
    file.write_text("a==1\n")
    stamp = tmp_path / "deep" / "stamp"
    stamps.write(stamp, stamps.digest([file]))
    assert stamps.is_fresh(stamp, stamps.digest([file]))
    file.write_text("a==2\n")
    assert not stamps.is_fresh(stamp, stamps.digest([file]))


def test_an_installed_environment_is_not_installed_again(monkeypatch):
    calls: list[object] = []
    monkeypatch.setattr("stack.venv.run", lambda command, **_: calls.append(command))
    monkeypatch.setattr("stack.stamps.is_fresh", lambda *_: True)
    venv.install(tests=True)
    assert calls == []


def test_ckan_version_comes_from_the_constraints():
    assert venv.ckan_version() == "2.12.0"


def test_a_failing_command_shows_its_last_lines():
    with pytest.raises(StackError, match="gone wrong") as caught:
        commands.run(["sh", "-c", "echo gone wrong; exit 3"], remedy="Do this.")
    assert caught.value.remedy == "Do this."


def test_a_full_disk_has_its_own_remedy():
    error = commands.failure(["tar"], "write: No space left on device", "other")
    assert "disk is full" in error.remedy


def test_no_root_and_no_sudo_names_the_packages(monkeypatch):
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(
        "stack.machine.shutil.which", lambda name: None if name == "sudo" else f"/usr/bin/{name}"
    )
    with pytest.raises(StackError) as caught:
        machine.install(["redis-server"])
    assert "apt-get install redis-server" in caught.value.remedy


def test_no_java_says_what_to_install(monkeypatch):
    monkeypatch.setattr("stack.java.shutil.which", lambda _: None)
    with pytest.raises(StackError) as caught:
        machine.prepare()
    assert "`java` is missing" in caught.value.message
    assert "default-jre-headless" in caught.value.remedy


def test_reset_without_a_yes_wipes_nothing(monkeypatch, capsys):
    monkeypatch.delenv("FORCE", raising=False)
    monkeypatch.setattr("sys.stdin", open(os.devnull))  # noqa: SIM115
    monkeypatch.setattr(demo.shutil, "rmtree", lambda *_a, **_k: pytest.fail("wiped"))
    demo.reset()
    assert "Nothing was wiped" in capsys.readouterr().err


def test_an_error_ends_with_two_lines_and_code_1(monkeypatch, capsys):
    def fail() -> None:
        raise StackError("Port 5000 is taken.", "Stop it.")

    monkeypatch.setattr("stack.demo.run", fail)
    assert main(["demo"]) == 1
    assert "ERROR: Port 5000 is taken.\nStop it." in capsys.readouterr().err


def test_every_command_has_a_help():
    text = parser().format_help()
    assert all(word in text for word in ("demo", "stop", "reset", "up", "down", "test", "check", "worker"))


def test_a_worker_keeps_its_redis_number(tmp_path, monkeypatch):
    monkeypatch.setattr("stack.worker.NUMBERS", tmp_path / "workers")
    assert [redis_number(name) for name in ("a", "b", "a")] == [2, 3, 2]
