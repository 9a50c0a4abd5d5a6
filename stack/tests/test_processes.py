from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from stack.errors import StackError
from stack.processes import living_pid, start_time, stop


def test_starts_is_known_and_stops(sleeper):
    piece = sleeper()
    piece.start(lambda: True)
    pid = piece.pid()
    assert pid is not None
    assert piece.stop()
    assert start_time(pid) is None
    assert not piece.pid_file.exists()


def test_never_touches_a_recycled_pid(tmp_path):
    """A pid file left from before a reboot or a crash names a pid that is now somebody else's."""
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    pid_file = tmp_path / "web.pid"
    pid_file.write_text(f"{stranger.pid} another-boot:12345\n")
    try:
        assert living_pid(pid_file) is None
        assert not stop(pid_file)
        assert stranger.poll() is None
        assert not pid_file.exists()
    finally:
        stranger.kill()
        stranger.wait()


@pytest.mark.parametrize("text", ["", "x", "99999999 a:1", "\n"])
def test_a_damaged_pid_file_names_nobody(tmp_path, text):
    pid_file = tmp_path / "web.pid"
    pid_file.write_text(text)
    assert living_pid(pid_file) is None
    assert not stop(pid_file)


def test_a_zombie_is_dead():
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    time.sleep(0.5)
    assert start_time(child.pid) is None
    child.wait()


def test_one_that_ignores_the_signal_is_killed(sleeper):
    code = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); open('up', 'w'); time.sleep(60)"
    )
    piece = sleeper(code, patience=0.5)
    piece.start((piece.folder / "up").exists)
    pid = piece.pid()
    assert piece.stop()
    assert start_time(pid) is None


def test_one_that_ends_at_once_shows_its_last_words(sleeper):
    piece = sleeper("raise SystemExit('no such option')")
    with pytest.raises(StackError, match="no such option"):
        piece.start(lambda: False, wait=10)
    assert not piece.pid_file.exists()


def test_one_that_is_never_ready_is_stopped(sleeper):
    piece = sleeper()
    with pytest.raises(StackError, match="not ready after"):
        piece.start(lambda: False, wait=0.5)
    assert piece.pid() is None


def test_runs_in_a_session_of_its_own(sleeper):
    piece = sleeper()
    piece.start(lambda: True)
    assert os.getsid(piece.pid()) == piece.pid()
    os.kill(piece.pid(), signal.SIGKILL)
